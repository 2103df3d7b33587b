"""Exported scripts, run in a process of their own, as their readers run them."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

# Arguments: a script's file name, then folders that each hold that script and asked.json, a list of lists of values.
# Importing keras takes seconds: so many networks, one process.
_ASK_ALL = """
import contextlib, importlib.util, io, json, pathlib, runpy, sys

answers = {}
for number, folder in enumerate(sys.argv[2:]):
    path = pathlib.Path(folder, sys.argv[1])
    spec = importlib.util.spec_from_file_location(f"script_{number}", path)
    module = importlib.util.module_from_spec(spec)
    imported, run = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(imported):
        spec.loader.exec_module(module)
    asked = json.loads(path.with_name("asked.json").read_text())
    scaled = [module.predict_scaled(values) for values in asked]
    with contextlib.redirect_stdout(run):
        runpy.run_path(str(path), run_name="__main__")
    answers[path.parent.name] = {
        "at_import": imported.getvalue(),
        "type": str(scaled[0].dtype),
        "scaled": [each.tolist() for each in scaled],
        "predicted": [module.predict(values) for values in asked],
        "printed": run.getvalue(),
    }
foreign = sorted({"lstm_core", "dashboard"} & sys.modules.keys())
print(json.dumps({"answers": answers, "foreign": foreign}))
"""


def need_keras() -> None:
    if find_spec("keras") is None:
        assert os.environ.get("CI") != "true", "Keras is missing, and the tests of exported Keras scripts with it"
        pytest.skip("needs keras")


def ask_all(script: str, folders: Sequence[Path], home: Path) -> dict[str, Any]:
    """For each folder's name what its script said; ``foreign``: modules of ours that came along."""
    return json.loads(_python(["-c", _ASK_ALL, script, *map(str, folders)], home))


def run_script(path: Path, home: Path) -> str:
    """What `python path` prints."""
    return _python([str(path)], home)


def _python(arguments: Sequence[str], home: Path) -> str:
    """On the CPU, away from this repository, and with nothing written to the user's own folders."""
    settings: Mapping[str, str] = {"KERAS_HOME": str(home), "CUDA_VISIBLE_DEVICES": "", "PYTHONPATH": ""}
    kept = {name: value for name, value in os.environ.items() if name != "KERAS_BACKEND"}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=home, env={**kept, **settings}, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout
