"""Training that outlives a killed worker, waits for who closed the tab, and runs for two at once."""

import os
import re
import signal
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.helpers.browser.server import PATIENCE, Server, wait_until
from tests.helpers.browser.stage_page import LONG, button, epoch_trained, open_app


def test_a_killed_worker_costs_a_short_pause(page: Page, server: Server):
    open_app(page, server, LONG)
    button(page, "Train").click()
    wait_until(lambda: epoch_trained(page) > 3, "it trains")
    for worker in server.workers():
        os.kill(worker, signal.SIGKILL)
    seen = epoch_trained(page)
    wait_until(lambda: epoch_trained(page) > seen + 3, "it goes on from the last slice")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    button(page, "Stop").click()


def test_a_closed_tab_frees_the_workers(browser: Browser, server: Server):
    """After the grace time nobody's training takes a worker's time; the link still finds it."""
    context = browser.new_context()
    page = context.new_page()
    open_app(page, server, LONG)
    button(page, "Train").click()
    wait_until(lambda: epoch_trained(page) > 3, "it trains")
    expect(page).to_have_url(re.compile("job="))
    address = page.url
    page.close()
    wait_until(lambda: not _works(server), "the workers rest", seconds=90)
    page = context.new_page()  # the same browser: it may command what it began
    page.goto(address)
    expect(page.get_by_text(re.compile(r"Paused: epoch \d+ of 5000"))).to_be_visible(timeout=PATIENCE)
    button(page, "Resume training").click()
    wait_until(lambda: _works(server), "it goes on")
    button(page, "Stop").click()
    context.close()


def test_two_tabs_train_side_by_side_and_keep_apart(browser: Browser, server: Server):
    context = browser.new_context()
    pages = [context.new_page() for _ in range(2)]
    for page, seed in zip(pages, (1, 2), strict=True):
        open_app(page, server, f"{LONG}&seed={seed}")
        button(page, "Train").click()
    for page in pages:
        wait_until(lambda page=page: epoch_trained(page) > 3, "both train")
    assert pages[0].url != pages[1].url
    button(pages[0], "Stop").click()
    expect(button(pages[0], "Stop")).to_be_disabled()
    seen = epoch_trained(pages[1])
    wait_until(lambda: epoch_trained(pages[1]) > seen, "the other trains on")
    button(pages[1], "Stop").click()
    expect(button(pages[1], "Stop")).to_be_disabled()
    context.close()


def _works(server: Server) -> bool:
    """Whether the workers used any processor time to speak of within two seconds."""

    def ticks() -> int:
        times = [Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split() for pid in server.workers()]
        return sum(int(fields[11]) + int(fields[12]) for fields in times)

    before = ticks()
    time.sleep(2)
    return ticks() - before > 3
