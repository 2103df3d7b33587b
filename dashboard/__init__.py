"""The app: pages, the stage, and the book of who trains what. Torch stays in the workers."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent
_INSTALLED = _HERE / "assets"

# The run that the page opens on, and the icon: in the repository beside the app, in a wheel within it (pyproject.toml).
ASSETS = _INSTALLED if _INSTALLED.is_dir() else _HERE.parent / "assets"
