"""The door: scripts and sheets compressed, whole and nothing else's; pages that name what their picture needs."""

import asyncio
import gzip
import re

import pytest

from dashboard.components.publish import STATIC, Published, entries
from dashboard.server import Compressed, Hinted, compressed, hints
from dashboard.server.hints import ELEMENTS, ENTRIES, hint_at, hinted, scripts_of
from dashboard.session import current
from tests.helpers.stepping_engine import SteppingEngine

STREAMLIT = compressed.STREAMLIT
SCRIPT = next((STREAMLIT / "static" / "js").glob("index.*.js"))
GZIP = ((b"accept-encoding", b"gzip, deflate, br"),)
PUBLISHED = Published("app/static/vendor/stage-0123456789ab/", "app/static/vendor/plotly-7.1.0.min.js")


def ask(door: type, path: str, headers=GZIP, **scope: str) -> tuple[dict[str, str], bytes] | None:
    """Headers and content of the door's answer; None where it leaves the answer to Streamlit."""
    said: list[dict] = []

    async def streamlit(scope, receive, send) -> None:
        await send({"type": "streamlit"})

    async def receive() -> None:
        await asyncio.Event().wait()  # the browser says nothing more

    async def send(message) -> None:
        said.append(message)

    request = {"type": "http", "method": "GET", "path": path, "headers": list(headers), **scope}
    asyncio.run(door(streamlit)(request, receive, send))
    if said[0]["type"] == "streamlit":
        return None
    assert said[0]["status"] == 200
    answered = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    return answered, b"".join(part["body"] for part in said[1:])


@pytest.fixture
def hinting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hints, "_published", [])
    hint_at(PUBLISHED)


def test_streamlits_scripts_go_out_compressed_and_whole():
    answer = ask(Compressed, f"/static/js/{SCRIPT.name}")
    assert answer is not None
    headers, content = answer
    assert gzip.decompress(content) == SCRIPT.read_bytes()
    assert len(content) < SCRIPT.stat().st_size / 2
    assert headers["content-encoding"] == "gzip"
    assert int(headers["content-length"]) == len(content)
    assert headers["content-type"].startswith("text/javascript")
    assert "immutable" in headers["cache-control"]
    assert headers["vary"] == "accept-encoding"


def test_what_is_published_goes_out_compressed(tmp_path, monkeypatch):
    """Also what another server published after this one had started."""
    monkeypatch.setattr(compressed, "_FOLDERS", dict.fromkeys(compressed._FOLDERS, tmp_path))
    script = tmp_path / "static" / "vendor" / "stage-1" / "stage.js"
    assert ask(Compressed, "/app/static/vendor/stage-1/stage.js") is None
    script.parent.mkdir(parents=True)
    script.write_text("export const mount = 1;")
    answer = ask(Compressed, "/app/static/vendor/stage-1/stage.js")
    assert answer is not None
    assert gzip.decompress(answer[1]) == script.read_bytes()


def test_what_is_published_goes_out_as_it_is_to_who_takes_nothing_else(tmp_path, monkeypatch):
    """A proxy, or a part of a file. Streamlit could not answer: it looks beside the script of the pages."""
    script = tmp_path / "static" / "vendor" / "stage-1" / "stage.js"
    script.parent.mkdir(parents=True)
    script.write_text("export const mount = 1;")
    monkeypatch.setattr(compressed, "_FOLDERS", dict.fromkeys(compressed._FOLDERS, tmp_path))
    monkeypatch.setattr(compressed, "APP", tmp_path)
    answer = ask(Compressed, "/app/static/vendor/stage-1/stage.js", headers=())
    assert answer is not None
    assert answer[1] == script.read_bytes()
    assert "content-encoding" not in answer[0]
    assert answer[0]["content-type"].startswith("text/javascript")
    assert ask(Compressed, "/app/static/vendor/stage-1/stage.js", method="POST") is None


@pytest.mark.parametrize("where", [{"root_path": "/lstm", "path": "/lstm"}, {"option": "lstm/", "path": "/lstm"}])
def test_it_works_below_a_base_path(where, monkeypatch, hinting):
    monkeypatch.setattr(compressed.st, "get_option", {"server.baseUrlPath": where.get("option", "")}.get)
    scope = {name: where[name] for name in where if name == "root_path"}
    assert ask(Compressed, f"/lstm/static/js/{SCRIPT.name}", **scope) is not None
    assert ask(Hinted, "/lstm/compare", **scope) is not None
    assert ask(Hinted, "/lstm", **scope) is not None
    assert ask(Compressed, f"/lstmstatic/js/{SCRIPT.name}", **scope) is None


@pytest.mark.parametrize(
    "path",
    [
        "/static/js/../../config.py",
        "/static/js/..%2f..%2fconfig.js",
        "/static/js/nowhere.js",
        "/static/media/x.woff2",
        "/app/static/vendor/../../../pyproject.toml",
        "/app/static/vendor/.new-1/stage.js",
        "/_stcore/health",
        "/media/1.js",
    ],
)
def test_all_else_is_left_to_streamlit(path):
    assert ask(Compressed, path) is None


@pytest.mark.parametrize(
    "request_of",
    [
        {"method": "HEAD"},
        {"method": "POST"},
        {"type": "websocket"},
        {"headers": ()},
        {"headers": (*GZIP, (b"range", b"bytes=0-99"))},
        {"headers": ((b"accept-encoding", b"identity"),)},
    ],
)
def test_requests_that_are_not_plain_are_left_to_streamlit(request_of, hinting):
    assert ask(Compressed, f"/static/js/{SCRIPT.name}", **request_of) is None
    assert ask(Hinted, "/", **request_of) is None


def test_before_anything_is_published_pages_are_streamlits_own(monkeypatch):
    monkeypatch.setattr(hints, "_published", [])
    assert ask(Hinted, "/") is None


@pytest.mark.parametrize("path", ENTRIES)
def test_a_page_is_streamlits_with_hints_of_its_entry_and_a_skeleton(path, hinting):
    answer = ask(Hinted, path)
    assert answer is not None
    page = gzip.decompress(answer[1]).decode()
    head, between, body = re.split("</head>|<body>", (STREAMLIT / "index.html").read_text())
    links, said = page.removeprefix(head).removesuffix(body).split(f"</head>{between}<body>")
    assert f'href="./{PUBLISHED.stage}{ENTRIES[path]}.js"' in links
    assert f'as="style" href="./{PUBLISHED.stage}{ENTRIES[path]}.css"' in links
    assert "Fetching a trained network" in said
    assert answer[0]["cache-control"] == "no-cache"  # its hints change with each version


def test_every_entry_is_hinted_at_by_the_page_that_has_it():
    assert set(ENTRIES.values()) == {entry.rpartition("/")[2] for entry in entries(STATIC)}


def test_hints_are_scripts_that_this_streamlit_has_each_once():
    """Where an update renames them this fails, and the list is to be mended: without hints it only opens later."""
    folder = STREAMLIT / "static" / "js"
    scripts = scripts_of(folder, ELEMENTS)
    assert {name.split(".")[0] for name in scripts} >= set(ELEMENTS)
    assert all((folder / name).is_file() for name in scripts)
    page = hinted((STREAMLIT / "index.html").read_text(), "stage", PUBLISHED)
    assert all(page.count(f"js/{name}") == 1 for name in scripts)
    assert not any("SyntaxHighlighter" in name or "Plotly" in name for name in scripts)


def test_workers_do_not_warm_beside_the_first_picture(monkeypatch):
    engine = SteppingEngine()
    monkeypatch.setattr(current, "open_engine", lambda: engine)
    monkeypatch.setattr(current, "WARM_UP_AFTER", 3600)
    timer = current.warm_up_later(engine)
    assert engine.calls == []
    timer.cancel()
    monkeypatch.setattr(current, "WARM_UP_AFTER", 0)
    current.warm_up_later(engine).join()
    assert len(engine.calls) == engine.workers
