"""Puts what the browser loads where Streamlit serves it: a script and a style sheet an entry, and plotly's plotly.js.

All go under ``static/vendor`` (ignored by git) with a version in their address, so that no browser cache can mix two
versions. The server's door answers for it as ``app/static/vendor``.
"""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import plotly

from dashboard.components.bundle import PUBLISHED, bundle, entries, style_sheet

STATIC = Path(__file__).parent.parent / "static"
STALE_AFTER = 7 * 86_400  # seconds
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


@dataclass(frozen=True)
class Published:
    """Addresses relative to the page's base: the stage's folder (ending in /) and plotly.js."""

    stage: str
    plotly: str


def publish(static: Path = STATIC, sources: Path = STATIC, plotly_js: Path = PLOTLY) -> Published:
    """Writes what is not there yet, removes stale versions, and says where things are. Two processes may race."""
    vendor = static / PUBLISHED
    vendor.mkdir(parents=True, exist_ok=True)
    files = bundled(sources)
    folder = f"stage-{content_hash(files)}"
    script = f"plotly-{plotly.__version__}.min.js"
    if not (vendor / folder).is_dir():
        _place(vendor / folder, lambda target: _write(target, files))
    if not (vendor / script).is_file() or (vendor / script).stat().st_size != plotly_js.stat().st_size:
        _place(vendor / script, lambda target: shutil.copyfile(plotly_js, target))
    for name in (folder, script):
        os.utime(vendor / name)
    _remove_stale(vendor, keep={folder, script})
    return Published(f"app/static/vendor/{folder}/", f"app/static/vendor/{script}")


def bundled(sources: Path) -> dict[str, bytes]:
    """All that browsers load of the stage: name -> content."""
    names = entries(sources)
    scripts = {f"{Path(name).name}.js": bundle(sources, name) for name in names}
    sheets = {f"{Path(name).name}.css": style_sheet(sources, name) for name in names}
    return {name: text.encode() for name, text in (scripts | sheets).items()}


def content_hash(files: Mapping[str, bytes]) -> str:
    """Twelve hexadecimal digits from names and contents."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:12]


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)


def _place(target: Path, copy) -> None:
    """Copy to a name of our own, then rename: others see all of it or nothing."""
    scratch = Path(tempfile.mkdtemp(prefix=".new-", dir=target.parent))
    try:
        copy(scratch / target.name)
        os.replace(scratch / target.name, target)
    except OSError:
        if not target.exists():  # another process may have put it there first; then all is well
            raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _remove_stale(vendor: Path, keep: set[str]) -> None:
    """Earlier versions go once no server has started with them for a week: until then one may still be running."""
    for path in vendor.iterdir():
        if path.name in keep or not path.name.startswith(("stage-", "plotly-")):
            continue
        if path.stat().st_mtime < time.time() - STALE_AFTER:
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
