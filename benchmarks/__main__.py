"""Takes all figures of the README anew, each benchmark in a process of its own, one after the other.

python -m benchmarks              writes them into the README, the last ones beside them
python -m benchmarks --quick      shows that every benchmark works; its figures say nothing
python -m benchmarks --declare    only brings the README's rows in line with what the benchmarks declare
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from benchmarks import table
from benchmarks.figures import Figure
from benchmarks.machine import machine

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
# In the README's order. A test holds that each file here is one of them, or is imported by one.
BENCHMARKS = ("live_training", "time_to_quality", "trace", "page", "inside", "compare", "experiments", "thirty_people")


def main() -> int:
    options = _parser().parse_args()
    old = table.read(README.read_text(encoding="utf-8"))  # or else all would be measured in vain
    if options.declare:
        _write(table.declared(old, declared()))
        return 0
    began, taken = time.perf_counter(), f"Taken on {datetime.now(UTC):%Y-%m-%d}: {machine()}."
    figures, failed = collect(BENCHMARKS, options.quick)
    new = table.renewed(old, figures, taken)
    print(f"{table.markdown(new)}\n\nAll in all {time.perf_counter() - began:.0f} s.", flush=True)
    if failed:
        print(f"The README stays as it is, for these could not produce their figures: {', '.join(failed)}.")
        return 1
    if not options.quick:
        _write(new)
    return 0


def declared() -> list[Figure]:
    """What all benchmarks say that they measure."""
    return [figure for name in BENCHMARKS for figure in import_module(f"benchmarks.{name}").FIGURES]


def collect(names: tuple[str, ...], quick: bool) -> tuple[list[Figure], list[str]]:
    """The figures, and the names of the benchmarks that ended with an error."""
    figures: list[Figure] = []
    failed: list[str] = []
    for name in names:
        print(f"== {name}", flush=True)
        began = time.perf_counter()
        took = _figures_of(name, quick)
        print(f"== {name}: {'failed after ' if took is None else ''}{time.perf_counter() - began:.0f} s\n", flush=True)
        figures += took or []
        failed += [name] if took is None else []
    return figures, failed


def _figures_of(name: str, quick: bool) -> list[Figure] | None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "figures.json"
        command = [sys.executable, "-m", f"benchmarks.{name}", "--json", str(file), *(["--quick"] if quick else [])]
        if subprocess.run(command, cwd=ROOT).returncode:
            return None
        return [Figure(**fields) for fields in json.loads(file.read_text(encoding="utf-8"))]


def _write(new: table.Table) -> None:
    README.write_text(table.written(README.read_text(encoding="utf-8"), new), encoding="utf-8")
    print(f"Written into {README.name}.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--quick", action="store_true", help="smallest sizes, printed only; no figure to quote")
    way.add_argument("--declare", action="store_true", help="measure nothing: new rows say so, the others stay")
    return parser


if __name__ == "__main__":
    sys.exit(main())
