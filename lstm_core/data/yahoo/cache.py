"""Prices kept on disk for a day, so that a page drawn again asks nobody."""

import os
import time
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from lstm_core.phrases import Phrase

if TYPE_CHECKING:
    import pandas as pd

DAY = 24 * 60 * 60  # seconds


def recall(path: Path) -> "pd.DataFrame | None":
    """What `keep` wrote there; None when there is nothing, when it is older than a day, or when it is broken."""
    import pandas as pd
    import pyarrow as pa

    try:
        if not 0 <= time.time() - path.stat().st_mtime < DAY:
            return None
        return pd.read_parquet(path, page_checksum_verification=True)
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException):
        return None  # a broken copy is worth no more than none: the caller fetches again


def keep(path: Path, frame: "pd.DataFrame") -> tuple[Phrase, ...]:
    """Write `frame` with its ``attrs``, all or nothing, and drop what is older than a day beside it.

    Returns a phrase when the disk does not take it: the prices are good all the same.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _drop_old(path.parent)
        _write(path, frame)
    except OSError as error:
        return (Phrase("not_kept_on_disk", reason=error.strerror or str(error)),)
    return ()


def _write(path: Path, frame: "pd.DataFrame") -> None:
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as unfinished:
        temporary = Path(unfinished.name)
    try:
        frame.to_parquet(temporary, write_page_checksum=True)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _drop_old(folder: Path) -> None:
    for path in (*folder.glob("*.parquet"), *folder.glob("*.part")):
        with suppress(FileNotFoundError):  # somebody else finished or dropped it
            if time.time() - path.stat().st_mtime >= DAY:
                path.unlink()
