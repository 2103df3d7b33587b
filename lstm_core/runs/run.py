"""Run: everything that one training left behind; save and load.

A run directory holds

  run.json             format version, hyperparameters, series identity, scaler, history, library versions, and
                       checksums of itself and of the other files, so that a byte that changed on the way is noticed
  weights.safetensors  the run's weights under torch.nn's names
  epochs.safetensors   the weights of the kept epochs, '<epoch>/<name>'
  series.safetensors   dates and observations, so that the run can be traced and judged anywhere

A crash while saving leaves the run that was there, or the new one (see `directory`).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from math import isfinite, nan
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load as arrays_of
from safetensors.numpy import save as bytes_of

from lstm_core.checks import instance_of
from lstm_core.data.series import Series
from lstm_core.errors import InvalidFile
from lstm_core.hyperparameters import Resolved
from lstm_core.network.size import shapes
from lstm_core.network.weights import Weights
from lstm_core.phrases import Phrase
from lstm_core.runs import directory as run_directory
from lstm_core.runs import earlier
from lstm_core.training.checkpoint import EpochReport, Outcome
from lstm_core.training.windows import Scale, Windows, windows_of

FORMAT_VERSION = 1
_LIBRARIES = ("torch", "numpy", "safetensors")
_ARRAYS = ("weights.safetensors", "epochs.safetensors", "series.safetensors")
_FILES = {"run.json", *_ARRAYS}


@dataclass(frozen=True, eq=False)
class Run:
    """``epoch`` is the one whose weights the run stands for.

    That is the one of the lowest validation loss; a run that an earlier version wrote may stand for its last.
    """

    hyperparameters: Resolved
    series: Series
    weights: Weights = field(repr=False)
    epoch: int
    history: tuple[EpochReport, ...] = field(repr=False)
    kept: Mapping[int, Weights] = field(repr=False)
    outcome: Outcome = Outcome.FINISHED
    explanation: Phrase | None = None
    naive_loss: float = nan

    def windows(self) -> Windows:
        return windows_of(self.series, self.hyperparameters)


def save(run: Run, out: Path | str) -> None:
    """Write the run into the directory ``out``, or leave whatever was there as it was.

    Raises `InvalidArgument` like `require_free`.
    """
    run_directory.write(_path("out", out), _contents(require_run(run)))


def require_free(out: Path | str) -> None:
    """Raises `InvalidArgument` where `save` could not write: better before a training than after it."""
    run_directory.require_free(_path("out", out), _FILES)


def require_run(run: object) -> Run:
    """The run itself. Raises `InvalidArgument` for anything else, such as the name of its directory."""
    return instance_of(Run, "run", Phrase("run"), run)


def load(directory: Path | str) -> Run:
    """The run that `save` wrote into a directory.

    Raises `InvalidFile` where the directory holds no run, a broken or changed one, or one of another version.
    """
    directory = _path("directory", directory)
    name = run_directory.real(directory).name
    try:
        place = run_directory.newest(directory)
        description = _read_description(place)
        arrays = (_read_arrays(place / each, description["files"][each]) for each in _ARRAYS)
        return _restore(description, *arrays)
    except InvalidFile as error:
        raise InvalidFile(Phrase("run_unreadable", name=name, reason=error.phrase)) from error
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, OSError, SafetensorError) as error:
        told = " ".join(f"{type(error).__name__}: {error}".split())
        reason = Phrase("run_files_do_not_fit", reason=told)
        raise InvalidFile(Phrase("run_unreadable", name=name, reason=reason)) from error


def _path(argument: str, given: object) -> Path:
    return Path(instance_of((str, Path), argument, Phrase("path_of_directory"), given))


def _contents(run: Run) -> dict[str, bytes]:
    """File name -> its bytes."""
    epochs = {f"{epoch}/{name}": value for epoch, weights in run.kept.items() for name, value in weights.items()}
    data = {"dates": run.series.dates.astype("int64"), "values": np.array(run.series.values)}
    files = {
        name: bytes_of(_contiguous(arrays)) for name, arrays in zip(_ARRAYS, (run.weights, epochs, data), strict=True)
    }
    description = _describe(run) | {"files": {name: sha256(content).hexdigest() for name, content in files.items()}}
    description["checksum"] = _checksum(description)
    return files | {"run.json": json.dumps(description, indent=1, allow_nan=False).encode() + b"\n"}


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
            "source": series.source.to_dict(),
            "notes": [note.to_dict() for note in series.notes],
            "first_date": str(series.dates[0]),
            "last_date": str(series.dates[-1]),
            "observations": len(series),
            "fingerprint": series.fingerprint,
        },
        "scaler": {name: scale._asdict() for name, scale in run.windows().scales.items()},
        "epoch": run.epoch,
        "outcome": run.outcome,
        "explanation": run.explanation and run.explanation.to_dict(),
        "naive_loss": run.naive_loss if isfinite(run.naive_loss) else None,
        "history": [report.row() for report in run.history],
        "libraries": {name: _version(name) for name in _LIBRARIES},
    }


def _read_description(directory: Path) -> dict[str, Any]:
    try:
        description = json.loads((directory / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InvalidFile(Phrase("run_no_description")) from error
    found = description.get("format_version") if isinstance(description, dict) else None
    if found != FORMAT_VERSION:
        said = found if isinstance(found, int) else "unknown"
        raise InvalidFile(Phrase("run_format", found=said, read=FORMAT_VERSION))
    if description.pop("checksum", None) != _checksum(description):
        raise InvalidFile(Phrase("run_description_changed"))
    return description


def _checksum(description: Mapping[str, Any]) -> str:
    """Of what run.json says, however it is laid out."""
    return sha256(json.dumps(description, sort_keys=True).encode()).hexdigest()


def _read_arrays(path: Path, checksum: str) -> Weights:
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise InvalidFile(Phrase("run_file_missing", file=path.name)) from error
    if sha256(content).hexdigest() != checksum:
        raise InvalidFile(Phrase("run_file_changed", file=path.name))
    return arrays_of(content)


def _restore(description: dict[str, Any], weights: Weights, epochs: Weights, data: Weights) -> Run:
    identity = description["series"]
    series = Series(
        identity["name"],
        identity["title"],
        data["dates"].astype("datetime64[s]"),
        {identity["column"]: data["values"]},
        identity["unit"],
        earlier.source(identity["source"]),
        identity["column"],
        tuple(map(earlier.phrase, identity["notes"])),
    )
    if series.fingerprint != identity["fingerprint"]:
        raise InvalidFile(Phrase("run_other_observations"))
    kept: dict[int, dict[str, np.ndarray]] = {}
    for key, value in epochs.items():
        epoch, name = key.split("/", 1)
        kept.setdefault(int(epoch), {})[name] = value
    run = Run(
        Resolved.from_dict(description["hyperparameters"]),
        series,
        weights,
        description["epoch"],
        tuple(EpochReport.from_row(row) for row in description["history"]),
        dict(sorted(kept.items())),
        Outcome(description["outcome"]),
        earlier.phrase(description["explanation"]) if description["explanation"] else None,
        nan if description["naive_loss"] is None else description["naive_loss"],
    )
    for each in (weights, *kept.values()):
        _check_shapes(each, run.hyperparameters)
    _check_scaler(description["scaler"], run.windows().scales)
    return run


def _check_shapes(weights: Weights, hyperparameters: Resolved) -> None:
    found = {name: (value.shape, value.dtype) for name, value in weights.items()}
    if found != {name: (shape, np.float32) for name, shape in shapes(hyperparameters).items()}:
        raise InvalidFile(Phrase("run_other_weights"))


def _check_scaler(stored: Mapping[str, Mapping[str, float]], fitted: Mapping[str, Scale]) -> None:
    """Up to rounding: another machine may add up the same numbers in another order."""
    for name, scale in fitted.items():
        mean, deviation = Scale(**stored[name])
        difference = max(abs(mean - scale.mean), abs(deviation - scale.deviation))
        if not difference <= 1e-9 * max(abs(scale.mean), scale.deviation):
            raise InvalidFile(Phrase("run_other_scaler"))


def _contiguous(arrays: Weights) -> dict[str, np.ndarray]:
    return {name: np.ascontiguousarray(value) for name, value in arrays.items()}


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None
