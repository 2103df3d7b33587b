"""The command `gatescope` out of an installed wheel, given in a folder of somebody's, as after `pip install .`."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from benchmarks.serving import start_command
from tests.helpers.browser.server import NOWHERE, Server
from tests.helpers.browser.stage_page import open_app
from tests.helpers.wheel import build_wheel, pip

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """A folder like site-packages, with the wheel and its command; libraries are those of this environment."""
    site = tmp_path_factory.mktemp("site")
    pip("install", build_wheel(tmp_path_factory.mktemp("wheel")), "--target", site)
    return site


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("elsewhere")


@pytest.fixture(scope="module")
def server(site, elsewhere, tmp_path_factory) -> Iterator[Server]:
    """In place of the checkout's."""
    home = tmp_path_factory.mktemp("home")
    variables = {"PYTHONPATH": str(site), "https_proxy": NOWHERE}
    with (home / "log").open("wb") as output:
        url, process = start_command(command(site), elsewhere, home, output, variables)
    yield Server(url, process, home / "log")
    process.send_signal(signal.SIGTERM)
    process.wait(30)


def command(site: Path) -> list[str]:
    return [sys.executable, str(site / "bin" / "gatescope")]


def text_of(url: str) -> str:
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read().decode()


def test_it_answers_and_serves_its_own_files(server, site, elsewhere):
    assert text_of(f"{server.url}/_stcore/health") == "ok"
    (script,) = (site / "dashboard" / "static" / "vendor").glob("stage-*/stage.js")
    served = text_of(f"{server.url}/app/static/vendor/{script.parent.name}/{script.name}")
    assert served == script.read_text(encoding="utf-8")
    assert list(elsewhere.iterdir()) == []
    assert "WARNING" not in server.log.read_text()


def test_its_page_opens_on_the_run_that_the_wheel_carries(page: Page, server: Server):
    open_app(page, server)
    expect(page).to_have_title("Gatescope")
    expect(page.get_by_test_id("stApp")).to_have_css("color", "rgb(27, 37, 48)")  # of the configuration's light theme
    expect(page.get_by_role("heading", name=re.compile("reading Microsoft's share price"))).to_be_visible()
    assert "Traceback" not in server.log.read_text()


def test_its_help_is_its_own(site, elsewhere):
    said = help_of(site, elsewhere)
    assert said.startswith("Usage: gatescope [OPTIONS]\n")
    assert "--server.port" in said
    assert "TARGET" not in said


def help_of(site: Path, folder: Path) -> str:
    variables = os.environ | {"PYTHONPATH": str(site)}
    return subprocess.run(
        [*command(site), "--help"], cwd=folder, env=variables, capture_output=True, text=True, check=True
    ).stdout
