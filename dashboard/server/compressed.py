"""Scripts and style sheets go out compressed, each compressed once.

Streamlit sends its own as they are, two megabytes on an empty page, and compresses the app's anew for everybody.
"""

import gzip
import re
from pathlib import Path

import anyio.to_thread
import streamlit as st
from starlette.responses import FileResponse
from starlette.types import ASGIApp, Receive, Scope, Send

STREAMLIT = Path(st.__file__).resolve().parent / "static"
APP = Path(__file__).resolve().parents[1]
_NAME = r"\w[\w.-]*"  # begins with no dot: no way leads up and out
_FOLDERS = {
    re.compile(rf"/(static/(?:js|css)/{_NAME}\.(?:js|css))"): STREAMLIT,
    re.compile(rf"/app/(static/vendor/(?:{_NAME}/)?{_NAME}\.(?:js|css))"): APP,
}
_TYPES = {".js": b"text/javascript; charset=utf-8", ".css": b"text/css; charset=utf-8"}
_ALWAYS = [
    (b"content-encoding", b"gzip"),
    (b"cache-control", b"public, immutable, max-age=31536000"),  # a version is part of each of these addresses
    (b"vary", b"accept-encoding"),
]
_kept: dict[Path, bytes] = {}


class Compressed:
    """Answers for what `file_at` knows, where the browser takes gzip; all else it leaves to Streamlit.

    But for what is published: Streamlit would look for it beside the script that runs for each visitor.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = file_at(address_of(scope)) if is_read(scope) else None
        if path is not None and is_simple(scope):
            await _send_compressed(path, send)
        elif path is not None and path.is_relative_to(APP):
            await FileResponse(path)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


async def _send_compressed(path: Path, send: Send) -> None:
    if path not in _kept:
        _kept[path] = await anyio.to_thread.run_sync(compressed, path)
    content = _kept[path]
    own = [(b"content-type", _TYPES[path.suffix]), (b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": [*own, *_ALWAYS]})
    await send({"type": "http.response.body", "body": content})


def address_of(scope: Scope) -> str:
    """What is asked for, as it would be said to an app without a base path."""
    path: str = scope["path"]
    for base in (scope.get("root_path", ""), st.get_option("server.baseUrlPath") or ""):
        prefix = f"/{base.strip('/')}"
        if prefix != "/" and (path == prefix or path.startswith(f"{prefix}/")):
            path = path[len(prefix) :] or "/"
    return path


def file_at(address: str) -> Path | None:
    """The file of an address below the app's base; None for what is not ours to answer."""
    for form, folder in _FOLDERS.items():
        found = form.fullmatch(address)
        if found and (folder / found[1]).is_file():
            return folder / found[1]
    return None


def compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)


def is_read(scope: Scope) -> bool:
    return scope["type"] == "http" and scope["method"] in ("GET", "HEAD")


def is_simple(scope: Scope) -> bool:
    """A browser's plain request that may be answered compressed."""
    if not is_read(scope) or scope["method"] == "HEAD":
        return False
    headers = dict(scope["headers"])
    return b"gzip" in headers.get(b"accept-encoding", b"") and b"range" not in headers
