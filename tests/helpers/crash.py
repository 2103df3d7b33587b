"""Save a run over another one, and die at each thing that saving does to the disk; started by test_run.py.

usage: crash.py OLD NEW TARGET. Prints one JSON object a death: how often the disk had been touched, and what `load`
finds afterwards: ``epoch`` of the run, or ``error``.
"""

import json
import os
import shutil
import sys
from pathlib import Path

from lstm_core.errors import InvalidFile
from lstm_core.runs.run import load, save

# Audit events; shutil.rmtree names its files relative to a folder that it holds open.
TOUCHES = ("open", "os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.scandir", "os.listdir", "shutil.rmtree")
_DIED = 77


def die_at(touch: int, place: Path) -> None:
    """Like a power cut: nothing is tidied up. What is opened elsewhere does not count."""
    count = 0

    def hook(event: str, arguments: tuple) -> None:
        nonlocal count
        elsewhere = isinstance(arguments[0], str) and arguments[0].startswith("/") and str(place) not in arguments[0]
        if event in TOUCHES and not elsewhere:
            count += 1
            if count == touch:
                os._exit(_DIED)

    sys.addaudithook(hook)


def save_in_a_child(run, target: Path, touch: int) -> bool:
    """Whether it died."""
    child = os.fork()
    if child == 0:
        die_at(touch, target.parent)
        save(run, target)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == _DIED


def found(target: Path) -> dict:
    try:
        return {"epoch": load(target).epoch}
    except InvalidFile as error:
        return {"error": str(error)}


def main(old: Path, new: Path, target: Path) -> None:
    run, touch, died = load(new), 0, True
    while died:
        touch += 1
        shutil.rmtree(target.parent, ignore_errors=True)
        target.parent.mkdir()
        if old.exists():
            shutil.copytree(old, target)
        died = save_in_a_child(run, target, touch)
        after = found(target)
        save(run, target)  # whatever was left behind must not be in the way of the next one
        report = {"touch": touch, "died": died} | after | {"next": found(target)["epoch"]}
        print(json.dumps(report | {"torch": "torch" in sys.modules}))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
