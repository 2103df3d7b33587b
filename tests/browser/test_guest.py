"""Two people and one link: the owner commands the training, the guest looks, and goes on in a copy of their own."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.helpers.browser.server import PATIENCE, Server, wait_until
from tests.helpers.browser.stage_page import LONG, button, epoch_trained, open_app, part, progress, stage

GUEST = "You are looking at somebody's training; it changes as they train it."
COMMANDS = ("Pause training", "Resume training", "One epoch", "Stop", "Reset")


def train(page: Page, server: Server, query: str = LONG) -> None:
    open_app(page, server, query)
    button(page, "Train").click()
    wait_until(lambda: epoch_trained(page) > 3, "it trains")


def opened_elsewhere(browser: Browser, url: str) -> Page:
    """In another browser: it shares no cookie with the first one."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce").new_page()
    page.goto(url)
    expect(stage(page)).to_be_visible(timeout=PATIENCE)
    return page


def test_a_guest_looks_and_goes_on_in_a_copy_while_the_owner_commands(page: Page, browser: Browser, server: Server):
    train(page, server)
    button(page, "Pause training").click()
    expect(page.get_by_text(re.compile(r"Paused.*: epoch \d+ of")).first).to_be_visible(timeout=PATIENCE)
    paused_at = epoch_trained(page)
    guest = opened_elsewhere(browser, page.url)
    expect(guest.get_by_text(GUEST)).to_be_visible()
    for name in COMMANDS:
        expect(button(guest, name)).to_have_count(0)
    expect(button(guest, "Train")).to_be_enabled()
    wait_until(lambda: epoch_trained(guest) == paused_at, "the guest sees the same epoch")
    expect(part(guest, "h_now")).to_be_visible(timeout=PATIENCE)

    part(guest, "window-end").fill("2012-08-15")
    guest.wait_for_url(re.compile("window="))
    assert "window=" not in page.url
    before = part(page, "place").text_content()

    button(guest, "Go on from here").click()
    expect(guest.get_by_text(GUEST)).to_have_count(0)
    wait_until(lambda: epoch_trained(guest) > paused_at + 3, "the guest's copy goes on")
    assert "window=" in guest.url
    assert job_of(guest) != job_of(page)
    assert epoch_trained(page) == paused_at
    assert part(page, "place").text_content() == before
    button(guest, "Stop").click()
    expect(button(page, "Resume training")).to_be_visible()
    guest.context.close()


def job_of(page: Page) -> str:
    found = re.search(r"job=([\w-]+)", page.url)
    assert found, page.url
    return found.group(1)


def test_the_owner_keeps_the_right_after_a_reload_and_in_a_second_tab(page: Page, server: Server):
    train(page, server)
    wait_until(lambda: "gatescope_visitor" in page.evaluate("document.cookie"), "the browser has its token")
    token = page.evaluate("document.cookie.match(/gatescope_visitor=([\\w-]+)/)[1]")
    assert token not in page.url
    page.reload()
    expect(button(page, "Pause training")).to_be_enabled()
    tab = page.context.new_page()
    tab.goto(page.url)
    expect(button(tab, "Pause training")).to_be_enabled()
    button(tab, "Pause training").click()
    expect(button(page, "Resume training").or_(progress(page).filter(has_text="Paused"))).to_be_visible()
    expect(tab.get_by_text(GUEST)).to_have_count(0)
    tab.close()
    button(page, "Stop").click()


def test_without_cookies_the_right_lasts_as_long_as_the_tab(browser: Browser, server: Server):
    page = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce").new_page()
    page.add_init_script("Object.defineProperty(Document.prototype, 'cookie', {get: () => '', set: () => {}})")
    train(page, server)
    button(page, "Pause training").click()
    expect(button(page, "Resume training")).to_be_enabled()
    page.reload()
    expect(page.get_by_text(GUEST)).to_be_visible()
    expect(button(page, "Resume training")).to_have_count(0)
    page.context.close()


def test_a_guest_of_a_race_sees_no_button_for_it(page: Page, browser: Browser, server: Server):
    page.goto(f"{server.url}/compare?compare=cells&epochs=5000&hidden_size=4&window_length=20&burn_in=5")
    button(page, "Train all").click()
    expect(button(page, "Pause all")).to_be_enabled()
    page.wait_for_url(re.compile("race="))
    guest = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce").new_page()
    guest.goto(page.url)
    expect(guest.get_by_text(GUEST)).to_be_visible()
    expect(button(guest, "Pause all")).to_have_count(0)
    expect(button(guest, "Stop all")).to_have_count(0)
    expect(button(guest, "Train all")).to_be_enabled()
    guest.context.close()
    button(page, "Stop all").click()
