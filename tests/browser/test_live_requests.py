"""A live part that runs again at a bad moment, as its page is turned or begins anew: what is shown stays whole."""

import re

from playwright.sync_api import Page, WebSocketRoute, expect
from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.helpers.browser.server import PATIENCE, Server, wait_until
from tests.helpers.browser.stage_page import LONG, button, epoch_trained, open_app, part, stage


class Repeated:
    """Whenever the browser asks for a page, its last request of a live part comes once more behind it: each time, or
    only when the page ``is_turned``."""

    def __init__(self, page: Page, *, is_turned: bool) -> None:
        self.count = 0
        self.last: BackMsg | None = None
        self.is_choice = False
        self.is_turned = is_turned
        self.page_shown = ""
        page.route_web_socket(lambda url: "/_stcore/stream" in url, self._connect)

    def _connect(self, browser: WebSocketRoute) -> None:
        server = browser.connect_to_server()

        def pass_on(data: str | bytes) -> None:
            assert isinstance(data, bytes)
            server.send(data)
            request = BackMsg.FromString(data)
            if request.WhichOneof("type") != "rerun_script":
                return
            if request.rerun_script.fragment_id:
                self.last = request
            elif self.last is not None and self.is_turned == (request.rerun_script.page_script_hash != self.page_shown):
                self.last.rerun_script.is_auto_rerun = not self.is_choice
                server.send(self.last.SerializeToString())
                self.count += 1
            self.page_shown = request.rerun_script.page_script_hash or self.page_shown

        browser.on_message(pass_on)
        server.on_message(browser.send)


def test_a_page_that_is_turned_to_stays_whole_whatever_comes_late(page: Page, server: Server):
    late = Repeated(page, is_turned=True)
    open_app(page, server, LONG)
    button(page, "Train").click()
    wait_until(lambda: epoch_trained(page) > 1, "it trains")
    part(page, "unit").select_option(index=4)
    page.wait_for_url(re.compile("unit=5"))
    for is_choice in (False, True):
        late.is_choice = is_choice
        page.get_by_role("link", name="Compare").click()
        expect(page.get_by_test_id("compare")).to_be_visible(timeout=PATIENCE)
        page.wait_for_timeout(1000)
        expect(page.get_by_test_id("compare")).to_be_visible()
        expect(page).to_have_url(re.compile("unit=5"))
        page.get_by_role("link", name="Inside the cell").click()
        expect(stage(page)).to_have_attribute("data-page", "inside", timeout=PATIENCE)
        page.wait_for_timeout(1000)
        expect(stage(page)).to_have_attribute("data-page", "inside")
        expect(page).to_have_url(re.compile("unit=5"))
        page.get_by_role("link", name="Watch").click()
        expect(stage(page)).to_have_attribute("data-page", "forecast", timeout=PATIENCE)
        expect(page).to_have_url(re.compile("unit=5"), timeout=PATIENCE)
    assert late.count >= 6
    button(page, "Stop").click()


# Counts how often the stage that stands there now is taken away.
WATCH = """() => {
  const now = document.querySelector("[data-testid=stage]");
  window.timesGone = 0;
  new MutationObserver((changes) => {
    window.timesGone += changes.some((change) => [...change.removedNodes].some((node) => node.contains(now)));
  }).observe(document.body, { childList: true, subtree: true });
}"""


def test_the_picture_stays_while_the_page_begins_anew_whatever_comes_early(page: Page, server: Server):
    early = Repeated(page, is_turned=False)
    open_app(page, server, LONG)
    button(page, "Train").click()
    wait_until(lambda: epoch_trained(page) > 1, "it trains")
    page.evaluate(WATCH)
    field, before = page.get_by_role("slider", name="Hidden units"), early.count
    for pressed in range(1, 9):
        field.press("ArrowRight")
        wait_until(lambda least=before + pressed: page.title() and early.count >= least, "the page is asked for")
    assert page.evaluate("() => window.timesGone") == 0
    button(page, "Stop").click()
