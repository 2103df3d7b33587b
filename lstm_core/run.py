"""Run: everything that one training left behind; save and load.

A run directory holds

  run.json             format version, hyperparameters, series identity, scales, history, library versions
  weights.safetensors  the run's weights under torch.nn's names
  epochs.safetensors   the weights of the kept epochs, '<epoch>/<name>'
  series.safetensors   dates and observations, so that the run can be traced and judged anywhere

Saving writes a new directory beside the old one and swaps them by renaming. A crash between the two renames leaves
the old run under the name with `.previous` at its end, where `load` finds it.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from lstm_core.checkpoint import EpochReport, Weights
from lstm_core.errors import InvalidArgument, InvalidFile
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.series import Series
from lstm_core.windows import Scale, Windows

FORMAT_VERSION = 1
_LIBRARIES = ("torch", "numpy", "safetensors")
_FILES = ("run.json", "weights.safetensors", "epochs.safetensors", "series.safetensors")


@dataclass(frozen=True, eq=False)
class Run:
    """hyperparameters are resolved; ``epoch`` is the one whose weights the run stands for."""

    hyperparameters: Hyperparameters
    series: Series
    weights: Weights
    epoch: int
    history: tuple[EpochReport, ...]
    kept: Mapping[int, Weights]
    outcome: str = "finished"
    explanation: str = ""
    naive_loss: float = float("nan")

    def windows(self) -> Windows:
        return Windows(self.series.values, self.hyperparameters)


def save(run: Run, directory: Path) -> None:
    """Write the run, or leave whatever was there as it was. Raises `InvalidFile` where a folder of others stands."""
    directory = Path(directory).absolute()
    previous = directory.with_name(directory.name + ".previous")
    _refuse_foreign(directory)
    directory.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{directory.name}.", dir=directory.parent))
    try:
        _write(run, scratch)
        scratch.chmod(0o755)
        if directory.exists():
            shutil.rmtree(previous, ignore_errors=True)
            os.replace(directory, previous)
        os.replace(scratch, directory)
        shutil.rmtree(previous, ignore_errors=True)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def load(directory: Path) -> Run:
    """Raises `InvalidFile` where the directory holds no run, a broken one, or one of another version."""
    directory = Path(directory).absolute()
    if not directory.exists():
        directory = directory.with_name(directory.name + ".previous")
    description = _read_description(directory)
    try:
        return _restore(description, *(load_file(directory / name) for name in _FILES[1:]))
    except (KeyError, TypeError, ValueError, AttributeError, OSError, SafetensorError) as error:
        if isinstance(error, InvalidFile):
            raise
        raise InvalidFile(f"{directory.name} is broken: its files do not form a run ({error}).") from error


def _write(run: Run, directory: Path) -> None:
    dates = run.series.dates.astype("int64")
    save_file(_contiguous(run.weights), directory / "weights.safetensors")
    epochs = {f"{epoch}/{name}": value for epoch, weights in run.kept.items() for name, value in weights.items()}
    save_file(_contiguous(epochs), directory / "epochs.safetensors")
    save_file({"dates": dates, "values": np.array(run.series.values)}, directory / "series.safetensors")
    description = json.dumps(_describe(run), indent=1, allow_nan=False)
    with open(directory / "run.json", "w", encoding="utf-8") as file:
        file.write(description + "\n")
        file.flush()
        os.fsync(file.fileno())


def _describe(run: Run) -> dict[str, Any]:
    series = run.series
    return {
        "format_version": FORMAT_VERSION,
        "hyperparameters": run.hyperparameters.to_dict(),
        "series": {
            "name": series.name,
            "title": series.title,
            "column": series.column,
            "unit": series.unit,
            "source": series.source,
            "notes": list(series.notes),
            "first_date": str(series.dates[0]),
            "last_date": str(series.dates[-1]),
            "observations": len(series),
            "fingerprint": series.fingerprint,
        },
        "scaler": {name: scale._asdict() for name, scale in run.windows().scales.items()},
        "epoch": run.epoch,
        "outcome": run.outcome,
        "explanation": run.explanation,
        "naive_loss": run.naive_loss,
        "history": [report.row() for report in run.history],
        "libraries": {name: _version(name) for name in _LIBRARIES},
    }


def _read_description(directory: Path) -> dict[str, Any]:
    try:
        description = json.loads((directory / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidFile(f"{directory.name} holds no readable run.json, so it is not a run directory.") from error
    found = description.get("format_version") if isinstance(description, dict) else None
    if found != FORMAT_VERSION:
        raise InvalidFile(f"{directory.name} is a run of format {found!r}; this version reads format {FORMAT_VERSION}.")
    return description


def _restore(description: dict[str, Any], weights: Weights, epochs: Weights, data: Weights) -> Run:
    identity = description["series"]
    series = Series(
        identity["name"],
        identity["title"],
        data["dates"].astype("datetime64[s]"),
        {identity["column"]: data["values"]},
        identity["unit"],
        identity["source"],
        identity["column"],
        tuple(identity["notes"]),
    )
    if series.fingerprint != identity["fingerprint"]:
        raise InvalidFile(f"The observations of {series.name} are not those that the run was trained on.")
    kept: dict[int, dict[str, np.ndarray]] = {}
    for key, value in epochs.items():
        epoch, name = key.split("/", 1)
        kept.setdefault(int(epoch), {})[name] = value
    run = Run(
        Hyperparameters.from_dict(description["hyperparameters"]),
        series,
        weights,
        description["epoch"],
        tuple(EpochReport(**row) for row in description["history"]),
        dict(sorted(kept.items())),
        description["outcome"],
        description["explanation"],
        description["naive_loss"],
    )
    _check_scaler(description["scaler"], run.windows().scales)
    return run


def _check_scaler(stored: Mapping[str, Mapping[str, float]], fitted: Mapping[str, Scale]) -> None:
    """Up to rounding: another machine may add up the same numbers in another order."""
    for name, scale in fitted.items():
        if not np.allclose(Scale(**stored[name]), scale, rtol=1e-9, atol=0):
            raise InvalidFile("The scaler in run.json is not the one that its training part gives.")


def _refuse_foreign(directory: Path) -> None:
    """Only an empty folder or an earlier run may be replaced: nobody loses a folder to a mistyped --out."""
    if directory.exists() and not directory.is_dir():
        raise InvalidArgument("out", "a directory", str(directory.name))
    if directory.is_dir() and any(entry.name not in _FILES for entry in directory.iterdir()):
        raise InvalidArgument("out", "a new or empty directory, or an earlier run", directory.name)


def _contiguous(arrays: Weights) -> dict[str, np.ndarray]:
    return {name: np.ascontiguousarray(value) for name, value in arrays.items()}


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None
