"""What a browser asks for until it has a picture, and what it asks for only later."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, WebSocketRoute, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.helpers.browser.server import PATIENCE, Server
from tests.helpers.browser.stage_page import open_app, part, press, stage, wait_for_calm


def requests_of(page: Page) -> list[Request]:
    """Fills while the page asks."""
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    return requests


def test_the_stage_is_one_script_and_one_style_sheet(page: Page, server: Server):
    requests = requests_of(page)
    open_app(page, server)
    ours = {request.url.rsplit("/", 1)[1] for request in requests if "/app/static/" in request.url}
    assert {"stage.js", "stage.css"} <= ours
    assert all(name.startswith("plotly-") for name in ours - {"stage.js", "stage.css"})
    sheets = page.evaluate("() => [...document.styleSheets].map((sheet) => sheet.href).filter(Boolean)")
    assert len([sheet for sheet in sheets if "/app/static/" in sheet]) == 1


@pytest.mark.parametrize("path", ["", "?sample=FB", "?source=synthetic", "inside"])
def test_a_visits_first_picture_comes_before_the_fields(page: Page, server: Server, path: str):
    """A browser that must draw thirty fields first shows it a third of a second later."""
    elements: list[str] = []
    page.on("websocket", lambda line: line.on("framereceived", lambda frame: elements.extend(kinds_in(frame))))
    page.goto(f"{server.url}/{path}")
    expect(page.get_by_label("Hidden units").first).to_be_visible(timeout=PATIENCE)
    assert elements.index("bidi_component") < min(elements.index("slider"), elements.index("selectbox"))


def test_keys_pressed_on_the_first_picture_hold_though_the_other_ages_are_yet_to_come(page: Page, server: Server):
    let_go = hold_back_all_after_the_first_picture(page)
    open_app(page, server)
    judged = stage(page).get_attribute("data-epoch")
    press(page, "Shift+ArrowLeft", 2)
    expect(stage(page)).to_have_attribute("data-epoch", judged or "")
    let_go()
    expect(stage(page)).not_to_have_attribute("data-epoch", judged or "", timeout=PATIENCE)
    ages = part(page, "epoch").locator("option").evaluate_all("all => all.map((each) => each.value)")
    assert stage(page).get_attribute("data-epoch") == ages[ages.index(judged or "") - 2]


def hold_back_all_after_the_first_picture(page: Page) -> Callable[[], None]:
    """What comes after it waits on the line until the returned function is called."""
    held: list[bytes | str] = []
    line: list[WebSocketRoute] = []
    state = {"pictures": 0, "is_open": False}

    def pass_on(data: bytes | str) -> None:
        if state["pictures"] and not state["is_open"]:
            held.append(data)
        else:
            line[0].send(data)
        state["pictures"] += "bidi_component" in kinds_in(data)

    def connect(browser: WebSocketRoute) -> None:
        line.append(browser)
        browser.connect_to_server().on_message(pass_on)

    def let_go() -> None:
        state["is_open"] = True
        for data in held:
            line[0].send(data)

    page.route_web_socket(lambda url: "/_stcore/stream" in url, connect)
    return let_go


def kinds_in(frame: bytes | str) -> list[str]:
    """Of the elements that a message brings."""
    message = ForwardMsg.FromString(frame) if isinstance(frame, bytes) else ForwardMsg()
    kind = message.delta.new_element.WhichOneof("type")
    return [kind] if kind else []


def test_turning_pages_loads_each_component_once(page: Page, server: Server):
    open_app(page, server)
    requests = requests_of(page)
    for name in ("Inside the cell", "Smallest LSTM", "Inside the cell", "Smallest LSTM"):
        page.get_by_role("link", name=name).first.click()
        expect(page.get_by_test_id("smallest" if name == "Smallest LSTM" else "stage")).to_be_visible(timeout=PATIENCE)
    ours = [request.url.rsplit("/", 1)[1] for request in requests if "/vendor/stage-" in request.url]
    assert sorted(ours) == ["one_unit_page.css", "one_unit_page.js"]


def test_what_is_hinted_at_is_what_is_used(page: Page, server: Server):
    """A hint under another address would be fetched twice, and a browser would say so."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    requests = requests_of(page)
    open_app(page, server)
    wait_for_calm(page)
    scripts = [request.url for request in requests if request.url.endswith((".js", ".css"))]
    assert len(scripts) == len(set(scripts))
    assert [text for text in said if "preload" in text] == []


def test_streamlits_scripts_come_compressed(page: Page, server: Server):
    with page.expect_response(lambda response: "/static/js/index." in response.url) as answer:
        page.goto(server.url)
    assert answer.value.headers["content-encoding"] == "gzip"


def test_the_highlighter_of_code_comes_when_code_is_opened(page: Page, server: Server):
    requests = requests_of(page)
    open_app(page, server)
    expect(page.get_by_text("Show code")).to_be_visible(timeout=PATIENCE)
    wait_for_calm(page)
    assert not [request.url for request in requests if "SyntaxHighlighter" in request.url]
    page.get_by_text("Show code").click()
    expect(page.get_by_text("forecasts the next value of a series, in PyTorch")).to_be_visible(timeout=PATIENCE)
    assert [request.url for request in requests if "SyntaxHighlighter" in request.url]
