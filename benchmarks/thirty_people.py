"""Thirty people train at once on two workers: how evenly, at what cost, and how long a click waits meanwhile.

What they do is in classroom.py, which runs in a process of its own.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from statistics import median

from benchmarks.figures import Figure, Size, print_table, take

WHAT = "thirty people at once on two workers, ten of them on experiments"
EVEN = Figure(f"{WHAT}: fastest / slowest half-way through", "at most 1.2")
COST = Figure(f"{WHAT}: all trainings against the same work without slices, pictures and clicks", "at most 1.05")
ANSWERS = Figure(f"{WHAT}: 95 % of clicks answered within", "at most 0.2 s", ".2f", "s")
MEMORY = Figure(f"{WHAT}: memory in all, server and workers", "at most 1 GB", ".2f", "GB")
FIGURES = (EVEN, COST, ANSWERS, MEMORY)

# Name of what the class measures, what it says, and how it is shown.
ROWS = (
    ("even", "fastest / slowest half-way through", ".2f"),
    ("took", "all trainings, s", ".1f"),
    ("ideal", "the same without slices, pictures and clicks, s", ".1f"),
    ("ratio", "ratio", ".3f"),
    ("ratio of CPU time", "ratio of the workers' CPU time", ".3f"),
    ("server", "share of a core that the server took", ".3f"),
    ("clicks", "clicks answered", ".0f"),
    ("median answer", "half of them within, s", ".3f"),
    ("most answers", "95 % of them within, s", ".3f"),
    ("most snapshots", "95 % of snapshots within, s", ".4f"),
    ("first pictures", "everybody sees a picture after, s", ".2f"),
    ("memory before", "memory before, MB", ".0f"),
    ("memory half-way", "memory half-way, MB", ".0f"),
    ("memory after", "memory after, MB", ".0f"),
)


def measure(people: int, epochs: int, rounds: int) -> Iterator[Figure]:
    command = [sys.executable, "-m", "benchmarks.classroom", *map(str, (people, epochs, rounds))]
    took = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    header = (f"{people} people, two workers", "median", *(f"round {number + 1}" for number in range(rounds)))
    print_table(header, [[words, *_cells([each[name] for each in took], form)] for name, words, form in ROWS])
    yield EVEN.measured([each["even"] for each in took])
    yield COST.measured([each["ratio"] for each in took])
    yield ANSWERS.measured([each["most answers"] for each in took])
    yield MEMORY.measured([max(each["memory half-way"], each["memory after"]) / 1000 for each in took])


def _cells(values: list[float], form: str) -> list[str]:
    return [f"{value:{form}}" for value in (median(values), *values)]


if __name__ == "__main__":
    take(
        __doc__,
        FIGURES,
        measure,
        people=Size(30, 6, "who train at once"),
        epochs=Size(100, 4, "of each training"),
        rounds=Size(2, 1, "of thirty trainings"),
    )
