"""Show code: what a person takes home runs, and says what the command line says of the same run."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.browser.server import PATIENCE, Server, wait_until
from tests.helpers.browser.stage_page import button, epoch_trained, open_app, wait_for_calm
from tests.helpers.places import ROOT


def test_the_downloaded_script_forecasts_what_the_run_forecasts(page: Page, server: Server, tmp_path: Path):
    open_app(page, server)
    page.get_by_text("Show code").click()
    expect(page.get_by_text("forecasts the next value of a series, in PyTorch")).to_be_visible(timeout=PATIENCE)
    wait_for_calm(page)
    with page.expect_download() as coming:
        page.get_by_role("button", name=re.compile("Code, weights")).click()
    with zipfile.ZipFile(coming.value.path()) as archive:
        archive.extractall(tmp_path)
    theirs = said([sys.executable, "model_pytorch.py"], tmp_path)
    run = str(ROOT / "assets" / "first_run" / "run")
    ours = json.loads(said([sys.executable, "-m", "lstm_core", "forecast", run, "--horizon", "1", "--json"], ROOT))
    forecast, naive = (float(each) for each in re.findall(r": ([\d.]+)", theirs))
    assert forecast == pytest.approx(ours["forecast"][0], abs=0.00006)
    assert naive == pytest.approx(ours["naive"][0], abs=0.00006)


def said(command: list[str], folder: Path) -> str:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


def test_while_it_trains_there_is_nothing_to_take_home(page: Page, server: Server):
    open_app(page, server, "?epochs=5000&hidden_size=8&window_length=30&burn_in=5")
    expect(page.get_by_text("Show code")).to_be_visible(timeout=PATIENCE)
    button(page, "Train").click()
    wait_until(lambda: epoch_trained(page) > 1, "it trains")
    expect(page.get_by_text("Show code")).to_have_count(0)
    button(page, "Stop").click()
    expect(page.get_by_text("Show code")).to_be_visible(timeout=PATIENCE)
