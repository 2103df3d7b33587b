"""The app as it runs: a server process of its own."""

import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.serving import APP, start

NOWHERE = "http://127.0.0.1:9"  # nobody listens there: no test depends on what Yahoo says today
PATIENCE = 60_000  # milliseconds; a machine may be busy


@dataclass(frozen=True)
class Server:
    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def workers(self) -> list[int]:
        """Process ids of the workers: children of the server that run loky."""
        children = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True).stdout.split()
        return [int(pid) for pid in children if b"loky" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def start_server(folder: Path) -> Server:
    log = folder / "server.log"
    with log.open("wb") as output:
        url, process = start(APP, folder, output, {"https_proxy": NOWHERE})
    return Server(url, process, log)


def wait_until(condition, what: str, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited {seconds} s in vain: {what}"
        time.sleep(0.05)
