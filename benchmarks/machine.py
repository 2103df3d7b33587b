"""Which machine and which versions figures were taken with. Imports nothing of what it names."""

import os
import platform
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path


def machine() -> str:
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f" (load {os.getloadavg()[0]:.1f})" if hasattr(os, "getloadavg") else ""
    return f"{_processor()}, {usable} cores{load}; {versions()}"


def versions() -> str:
    libraries = (f"{name} {version(name)}" for name in ("torch", "streamlit", "numpy"))
    return ", ".join([f"Python {platform.python_version()}", *libraries, *_chromium()])


def _chromium() -> list[str]:
    executable = shutil.which("chromium")
    if executable is None:
        return []
    said = subprocess.run([executable, "--version"], capture_output=True, text=True, check=True).stdout
    return [" ".join(said.split()[:2])]


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text().splitlines() if facts.exists() else []
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor()
