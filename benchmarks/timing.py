"""What the benchmarks share: one torch thread, contenders that take turns, tables, and which machine it was."""

import os
import platform
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import TypeVar

import torch

torch.set_num_threads(1)

Took = TypeVar("Took")


def in_turn(ours: Callable[[], Took], other: Callable[[], Took], repeats: int) -> tuple[list[Took], list[Took]]:
    """What both took, the n-th of each right after one another; who begins alternates. One round goes unmeasured."""
    ours()
    other()
    both: tuple[list[Took], list[Took]] = [], []
    for turn in range(repeats):
        contenders = list(zip((ours, other), both, strict=True))
        for run, took in contenders if turn % 2 == 0 else reversed(contenders):
            took.append(run())
    return both


def ratios(numerators: Sequence[float], denominators: Sequence[float]) -> list[float]:
    """Pair by pair, so that what disturbs both alike cancels out."""
    return [above / below for above, below in zip(numerators, denominators, strict=True)]


def spread(values: Sequence[float]) -> str:
    """The median and, in brackets, the range."""
    return f"{median(values):.3g} ({min(values):.3g}-{max(values):.3g})"


def print_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """The first column to the left, the others to the right, each as wide as it must be."""
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(len(header))]
    for row in (header, *rows):
        first, *others = (f"{cell:>{width}}" for cell, width in zip(row, widths, strict=True))
        print("  ".join([f"{first.strip():<{widths[0]}}", *others]), flush=True)


def print_machine() -> None:
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f" (load {os.getloadavg()[0]:.1f})" if hasattr(os, "getloadavg") else ""
    print(
        f"{_processor()}, {usable} cores{load}; Python {platform.python_version()}, torch {torch.__version__}, "
        f"threads: {torch.get_num_threads()}\n",
        flush=True,
    )


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text().splitlines() if facts.exists() else []
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor()
