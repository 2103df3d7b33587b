"""Small trained runs, and when two of them are the same."""

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from math import isnan
from pathlib import Path

from lstm_core.hyperparameters import Hyperparameters
from lstm_core.phrases import verbatim
from lstm_core.runs.run import Run
from lstm_core.runs.train import train_whole
from lstm_core.training.checkpoint import Outcome
from tests.helpers.series import wave

FILES = ("run.json", "weights.safetensors", "epochs.safetensors", "series.safetensors")
SMALL = Hyperparameters(hidden_size=3, window_length=6, burn_in=1, epochs=2)


def trained(hyperparameters: Hyperparameters = SMALL) -> Run:
    """On 70 days: 49 to train on, 10 or 11 for each other part. Its words are no defaults, so that none gets lost."""
    run = train_whole(hyperparameters, replace(wave(70, noise=0.2), notes=(verbatim("One."), verbatim("Two."))))
    return replace(run, outcome=Outcome.STOPPED_EARLY, explanation=verbatim("Ümlaut and “quotes”."))


def assert_same(one: Run, other: Run) -> None:
    assert one.hyperparameters == other.hyperparameters
    for name in ("epoch", "outcome", "explanation"):
        assert getattr(one, name) == getattr(other, name)
    assert [report.row() for report in one.history] == [report.row() for report in other.history]
    assert (one.naive_loss == other.naive_loss) or (isnan(one.naive_loss) and isnan(other.naive_loss))
    assert_same_bits(one.weights, other.weights)
    assert list(one.kept) == list(other.kept)
    for epoch in one.kept:
        assert_same_bits(one.kept[epoch], other.kept[epoch])
    for name in ("name", "title", "unit", "source", "column", "notes", "fingerprint"):
        assert getattr(one.series, name) == getattr(other.series, name)
    assert_same_bits(
        {"": one.series.dates, "values": one.series.values}, {"": other.series.dates, "values": other.series.values}
    )


def assert_same_bits(one, other) -> None:
    assert one.keys() == other.keys()
    for name, value in one.items():
        assert value.dtype == other[name].dtype
        assert value.shape == other[name].shape
        assert value.tobytes() == other[name].tobytes()


def snapshot(directory: Path) -> dict[str, bytes | None]:
    """Everything below a directory: relative path -> content, None for a directory."""
    return {str(p.relative_to(directory)): p.read_bytes() if p.is_file() else None for p in directory.rglob("*")}


def edit(place: Path, change: Callable[[dict], object], seal: bool = True) -> None:
    """Change run.json; with ``seal`` the checksums are put right, as only someone who means it would."""
    said = json.loads((place / "run.json").read_text())
    change(said)
    if seal:
        said.pop("checksum")
        said["files"] = {name: sha256((place / name).read_bytes()).hexdigest() for name in FILES[1:]}
        said["checksum"] = sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    (place / "run.json").write_text(json.dumps(said))
