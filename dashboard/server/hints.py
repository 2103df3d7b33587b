"""The page itself, with a skeleton and with hints of what its picture will need, to be fetched after Streamlit's own.

Streamlit's browser half learns from the server's messages which elements a page has, and loads the scripts of each kind
then; the stage's come after those. On a slow line most of the waiting would be for what could have come meanwhile.
"""

import gzip
import re
from functools import cache
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.components.publish import Published
from dashboard.server import welcome
from dashboard.server.compressed import STREAMLIT, address_of, is_simple

ENTRIES = {"/": "stage", "/forecast": "stage", "/inside": "stage", "/compare": "compare_page"}
ENTRIES |= {"/smallest": "one_unit_page", "/experiments": "sequences_page"}
# Streamlit's scripts of the elements that our pages open with: their names up to the version.
ELEMENTS = ("Html", "BidiComponent", "Button", "ButtonGroup", "Selectbox", "Slider", "NumberInput", "Multiselect")
_IMPORTED = re.compile(r'(?:from|import)"\./([\w.-]+\.js)"')
_HEADERS = [
    (b"content-type", b"text/html; charset=utf-8"),
    (b"content-encoding", b"gzip"),
    (b"cache-control", b"no-cache"),
    (b"vary", b"accept-encoding"),
]
_published: list[Published] = []


def hint_at(published: Published) -> None:
    """From now on: what is hinted at is there."""
    _published[:] = [published]


class Hinted:
    """Answers for the app's pages once there is something to hint at."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        entry = ENTRIES.get(address_of(scope)) if is_simple(scope) and _published else None
        if entry is None:
            await self.app(scope, receive, send)
            return
        content = _page(entry, _published[0])
        length = (b"content-length", str(len(content)).encode())
        await send({"type": "http.response.start", "status": 200, "headers": [length, *_HEADERS]})
        await send({"type": "http.response.body", "body": content})


@cache
def _page(entry: str, published: Published) -> bytes:
    html = (STREAMLIT / "index.html").read_text(encoding="utf-8")
    return gzip.compress(hinted(html, entry, published).encode(), mtime=0)


def hinted(html: str, entry: str, published: Published) -> str:
    """Relative to the page, as Streamlit's own are: they work below a base path."""
    scripts = [f"static/js/{name}" for name in scripts_of(STREAMLIT / "static" / "js", ELEMENTS)]
    scripts = [script for script in scripts if script not in html] + [f"{published.stage}{entry}.js"]
    links = [f'<link rel="modulepreload" crossorigin href="./{script}">' for script in scripts]
    links.append(f'<link rel="preload" as="style" href="./{published.stage}{entry}.css">')
    html = html.replace("</head>", "\n".join(["", *links, "</head>"]), 1)
    return html.replace("<body>", f"<body>{welcome.markup(entry)}", 1)


def scripts_of(folder: Path, elements: tuple[str, ...]) -> list[str]:
    """The elements' scripts and all that these import; none of a name that this Streamlit does not know."""
    found: dict[str, None] = {}
    queue = [path.name for element in elements for path in sorted(folder.glob(f"{element}.*.js"))]
    for name in queue:
        if name not in found:
            found[name] = None
            queue += _IMPORTED.findall((folder / name).read_text(encoding="utf-8"))
    return list(found)
