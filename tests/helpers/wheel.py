"""The wheel of this checkout, built as `pip install .` builds it, without the network."""

import subprocess
import sys
from pathlib import Path

from tests.helpers.places import ROOT


def build_wheel(folder: Path) -> Path:
    """Into an empty folder; with the build backend that requirements-dev.txt installs."""
    pip("wheel", ROOT, "--no-build-isolation", "--wheel-dir", folder)
    (wheel,) = folder.iterdir()
    return wheel


def pip(*arguments: object) -> None:
    command = [sys.executable, "-m", "pip", *map(str, arguments), "--no-deps", "--no-index", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
