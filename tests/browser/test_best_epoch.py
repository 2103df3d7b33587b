"""When training has ended the page is about the epoch of the lowest validation loss, whatever came after it."""

import re

import pytest
from playwright.sync_api import Page, expect

from lstm_core.data.catalogue import load
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.runs.run import Run
from lstm_core.runs.train import train_whole
from tests.helpers.browser.server import PATIENCE, Server, wait_until
from tests.helpers.browser.stage_page import (
    button,
    expect_verdict,
    judged_epoch,
    open_app,
    open_row,
    part,
    press,
    stage,
    where,
)

SETTINGS = {"epochs": 30, "hidden_size": 8, "window_length": 20, "burn_in": 5, "learning_rate": 0.03, "seed": 2}
QUERY = "?sample=FB&" + "&".join(f"{name}={value}" for name, value in SETTINGS.items())
BY_HAND = "This epoch was chosen by hand, after seeing the test part"


@pytest.fixture(scope="module")
def elsewhere() -> Run:
    """The same training in this process."""
    run = train_whole(Hyperparameters(**SETTINGS), load("FB"))
    assert 0 < run.epoch < 30
    return run


def test_the_stage_opens_on_the_best_epoch_and_names_it(page: Page, server: Server, elsewhere: Run):
    open_app(page, server, QUERY)
    button(page, "Train").click()
    assert judged_epoch(page) == str(elsewhere.epoch)
    wait_until(lambda: where(page)["epoch"] == str(elsewhere.epoch), "the stage shows the epoch that is judged")
    assert part(page, "epoch").input_value() == str(elsewhere.epoch)
    open_row(page, "verdict")
    open_row(page, "losses")
    expect(part(page, "best-label")).to_have_text(f"best: epoch {elsewhere.epoch}")
    expect(page.get_by_text(BY_HAND)).to_have_count(0)
    assert "epoch=" not in page.url

    press(page, "Shift+ArrowRight", 40)
    wait_until(lambda: where(page)["epoch"] == "30", "to any other epoch one can scrub")
    expect(page.get_by_text(BY_HAND)).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text(re.compile("(better|worse) than naive: epoch chosen by hand"))).to_be_visible()
    expect_verdict(page, r"this LSTM \(epoch 30, one seed\)")

    back = page.get_by_role("button", name=f"Back to epoch {elsewhere.epoch}")
    back.click()
    wait_until(lambda: where(page)["epoch"] == str(elsewhere.epoch), "back at the epoch that is judged")
    expect(page.get_by_text(BY_HAND)).to_have_count(0, timeout=PATIENCE)
    expect(back).to_be_hidden()
    expect(stage(page)).to_be_visible()
