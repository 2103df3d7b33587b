"""The app in a server process of its own, and Debian's chromium: for benchmarks, tests in the browser and pictures."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
APP = "dashboard/app.py"
PATIENCE = 120  # seconds until a server answers; a machine may be busy
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def start(
    script: str | Path, home: Path, log: IO[bytes] | None = None, environment: Mapping[str, str] | None = None
) -> tuple[str, subprocess.Popen[bytes]]:
    """The address and the process of an app that has just begun to answer, with a home folder of its own.

    ``log`` gets all that it says; without one its errors are printed. Raises `RuntimeError` where it does not answer.
    """
    return start_command([sys.executable, "-m", "streamlit", "run", str(script)], ROOT, home, log, environment)


def start_command(
    command: list[str],
    folder: Path,
    home: Path,
    log: IO[bytes] | None = None,
    environment: Mapping[str, str] | None = None,
) -> tuple[str, subprocess.Popen[bytes]]:
    """The same of any command that takes Streamlit's options, given in a folder."""
    port = _free_port()
    options = ["--server.headless", "true", "--server.address", "127.0.0.1", "--server.port", str(port)]
    variables = os.environ | {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")} | dict(environment or {})
    whole = [*command, *options]
    server = subprocess.Popen(whole, cwd=folder, stdout=log or subprocess.DEVNULL, stderr=log, env=variables)
    url = f"http://127.0.0.1:{port}"
    _wait_for(f"{url}/_stcore/health", server)
    return url, server


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not _answers(url):
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with exit code {server.returncode} before it answered")
        if time.monotonic() > deadline:
            server.kill()
            raise RuntimeError(f"the server did not answer within {PATIENCE} s")
        time.sleep(0.02)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1):
            return True
    except OSError:
        return False


def chromium_path() -> str | None:
    """None where it is not installed."""
    return shutil.which("chromium")


@contextmanager
def served(script: str | Path = APP) -> Iterator[str]:
    """The address of an app for as long as it is needed."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        url, server = start(script, Path(home))
        try:
            yield f"{url}/"
        finally:
            server.terminate()
            server.wait(30)


@contextmanager
def chromium() -> Iterator[Browser]:
    executable = chromium_path()
    if executable is None:
        raise RuntimeError("Chromium is missing: on Debian, `apt-get install chromium`")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()
