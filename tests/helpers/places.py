"""Where the repository lies."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIRST_RUN = ROOT / "assets" / "first_run"  # what the page opens on
