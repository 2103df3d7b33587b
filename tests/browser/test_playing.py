"""A picture that plays: it must not stumble, neither over its own numbers nor over what comes meanwhile."""

from math import ceil

from playwright.sync_api import Page

from tests.helpers.browser.server import Server, wait_until
from tests.helpers.browser.stage_page import LONG, button, epoch_trained, open_app, part, progress, where

# Of the nodes in the stage that came or went since it was called last, what they hold.
CHANGES = """() => {
  const all = (window.changes ?? []).map((node) => node.outerHTML ?? node.data);
  window.changes = [];
  window.watch ??= new MutationObserver((records) => {
    for (const { addedNodes, removedNodes } of records) window.changes.push(...addedNodes, ...removedNodes);
  });
  window.watch.observe(document.querySelector("[data-testid=stage]"), { childList: true, subtree: true });
  return all;
}"""


def play_on(page: Page, timesteps: int) -> None:
    wanted = int(where(page)["timestep"]) + timesteps
    wait_until(lambda: int(where(page)["timestep"]) >= wanted, "it plays on")


def age(page: Page) -> int:
    """The epoch shown, or the one in the midst of which it was."""
    return ceil(float(where(page)["epoch"]))


def test_while_it_plays_numbers_change_and_no_node_comes_or_goes(page: Page, server: Server):
    """Each one that does has the browser look again at whatever lies around it, up to the page itself."""
    open_app(page, server, "?timestep=5")
    part(page, "play").click()
    play_on(page, 2)  # the button has its other sign, and the sentence its usual form
    page.evaluate(CHANGES)
    before = part(page, "readout").text_content()
    play_on(page, 4)
    assert page.evaluate(CHANGES) == []
    assert part(page, "readout").text_content() != before


def test_what_a_training_brings_is_shown_while_it_plays(page: Page, server: Server):
    """Picture, counter, loss and progress, all of about the same epoch, without a pause of the play."""
    open_app(page, server, LONG)
    button(page, "Train").click()
    wait_until(lambda: epoch_trained(page) > 1, "it trains")
    if where(page)["playing"] != "true":
        part(page, "play").click()
    before = float(where(page)["epoch"])
    wait_until(lambda: float(where(page)["epoch"]) > before + 5, "later epochs are shown")
    wait_until(lambda: epoch_trained(page) > before + 5, "and told")
    assert where(page)["playing"] == "true"
    button(page, "Pause training").click()
    wait_until(lambda: "Paused" in (progress(page).text_content() or ""), "it pauses")
    shown = part(page, "epoch-label")
    wait_until(lambda: f"epoch {age(page)} of" in (shown.text_content() or ""), "one epoch everywhere")
    button(page, "Stop").click()
