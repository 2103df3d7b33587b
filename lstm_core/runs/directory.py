"""A directory of files that is written whole or not at all.

Writing makes a new directory beside the old one and swaps them by renaming. A crash between the two renames leaves
the old files of DIR under `.DIR.previous`, where `newest` finds them.
"""

import os
import shutil
from collections.abc import Mapping, Set
from pathlib import Path
from secrets import token_hex

from lstm_core.errors import InvalidArgument
from lstm_core.phrases import Phrase


def real(directory: Path) -> Path:
    """The absolute path behind links and dots."""
    return Path(os.path.realpath(directory))


def require_free(directory: Path, names: Set[str]) -> None:
    """Raises `InvalidArgument` where files of these names cannot be written: nobody loses a folder to a mistyped --out.

    Only an empty folder may be replaced, or one with exactly these names; what lies above must be a folder to write to.
    """
    directory = real(directory)
    if directory.exists() and not directory.is_dir():
        raise InvalidArgument("out", Phrase("directory"), str(directory.name))
    if directory.is_dir() and {entry.name for entry in directory.iterdir()} not in (set(), names):
        raise InvalidArgument("out", Phrase("new_directory"), directory.name or str(directory))
    above = next(parent for parent in (*directory.parents, directory) if parent.exists())
    if not above.is_dir() or not os.access(above, os.W_OK | os.X_OK):
        raise InvalidArgument("out", Phrase("in_writable_directory"), str(directory))


def write(directory: Path, contents: Mapping[str, bytes]) -> None:
    """Put a directory of these files in place of what is there, or leave that as it is."""
    directory = real(directory)
    require_free(directory, contents.keys())
    directory.parent.mkdir(parents=True, exist_ok=True)
    scratch = directory.with_name(f".{directory.name}.{token_hex(4)}")
    try:
        scratch.mkdir()
        for name, content in contents.items():
            _write(scratch / name, content)
        _swap(scratch, directory)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def newest(directory: Path) -> Path:
    """Where the files of the directory are: under its name, unless a crash came between the two renames."""
    directory = real(directory)
    previous = _previous(directory)
    return previous if previous.exists() and not directory.exists() else directory


def _swap(scratch: Path, directory: Path) -> None:
    """Where the second step fails, undo the first."""
    previous = _previous(directory)
    if directory.exists():
        shutil.rmtree(previous, ignore_errors=True)
        os.replace(directory, previous)
    try:
        os.replace(scratch, directory)
    except BaseException:
        if previous.exists() and not directory.exists():
            os.replace(previous, directory)
        raise
    shutil.rmtree(previous, ignore_errors=True)


def _previous(directory: Path) -> Path:
    return directory.with_name(f".{directory.name}.previous")


def _write(path: Path, content: bytes) -> None:
    """On the disk before the directory gets its name: after a power cut, too, all files are whole."""
    with open(path, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
