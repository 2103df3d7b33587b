"""Style sheets of the page around the pictures; a picture's own stand beside its JavaScript in `dashboard/static`."""

import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent


@cache
def style_sheets(*names: str) -> str:
    """A style element of these sheets in this order, without comments and line ends."""
    return f"<style>{' '.join(map(_rules, names))}</style>"


def _rules(name: str) -> str:
    text = (_FOLDER / f"{name}.css").read_text(encoding="utf-8")
    return re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", text, flags=re.S))
