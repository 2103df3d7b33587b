"""Files that are no run, no longer a run, or another run: one sentence each, and no changed byte goes unnoticed."""

import os
import pickle
import shutil
from collections.abc import Callable
from math import nan
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.numpy import load_file, save_file

from lstm_core.errors import InvalidFile
from lstm_core.runs.run import load
from tests.helpers.small_runs import FILES, assert_same, edit


def nothing(said: dict) -> None:
    pass


def swap_weights(place: Path, change: Callable[[dict], dict], file: str = "weights.safetensors") -> None:
    save_file(change(load_file(place / file)), place / file)
    edit(place, nothing)


def replace_series(place: Path, seal: bool) -> None:
    data = load_file(place / "series.safetensors")
    data["values"][3] += 1e-9
    save_file(data, place / "series.safetensors")
    edit(place, nothing, seal)


SHORT = {"hidden_size": 4}
BROKEN = {
    "no directory": (shutil.rmtree, "holds no readable run.json"),
    "empty": (lambda p: [(p / name).unlink() for name in FILES], "holds no readable run.json"),
    "empty run.json": (lambda p: (p / "run.json").write_bytes(b""), "holds no readable run.json"),
    "no text": (lambda p: (p / "run.json").write_bytes(b"\xff\xfe\x00"), "holds no readable run.json"),
    "nested without end": (lambda p: (p / "run.json").write_text("[" * 100_000), "holds no readable run.json"),
    "a folder as run.json": (lambda p: ((p / "run.json").unlink(), (p / "run.json").mkdir()), "no readable run.json"),
    "foreign JSON": (lambda p: (p / "run.json").write_text('{"name": "package"}'), "format is unknown"),
    "a list": (lambda p: (p / "run.json").write_text("[1, 2]"), "format is unknown"),
    "nonsense as version": (lambda p: edit(p, lambda s: s.update(format_version="9" * 999)), "format is unknown"),
    "a later version": (
        lambda p: edit(p, lambda s: s.update(format_version=2)),
        "format is 2, and this .* reads format 1",
    ),
    "edited": (
        lambda p: edit(p, lambda s: s["hyperparameters"].update(window_length=7), seal=False),
        "run.json has changed",
    ),
    "edited history": (lambda p: edit(p, lambda s: s["history"][0].update(train_loss=0), seal=False), "has changed"),
    "no checksum": (lambda p: edit(p, lambda s: s.pop("checksum"), seal=False), "run.json has changed"),
    "other sizes": (
        lambda p: edit(p, lambda s: s["hyperparameters"].update(SHORT)),
        "weights are not those of a network",
    ),
    "another cell": (lambda p: edit(p, lambda s: s["hyperparameters"].update(cell="GRU")), "weights are not those"),
    "impossible sizes": (
        lambda p: edit(p, lambda s: s["hyperparameters"].update(hidden_size=0)),
        "from 1 to 512; got 0",
    ),
    "unknown hyperparameter": (lambda p: edit(p, lambda s: s["hyperparameters"].update(x=1)), "known names; got 'x'"),
    "other split": (
        lambda p: edit(p, lambda s: s["hyperparameters"].update(train_fraction=0.5)),
        "scaler is not the one",
    ),
    "other scaler": (lambda p: edit(p, lambda s: s["scaler"]["log_return"].update(mean=0.1)), "scaler is not the one"),
    "no scaler": (lambda p: edit(p, lambda s: s["scaler"].clear()), "do not fit together"),
    "scaler of NaN": (lambda p: edit(p, lambda s: s["scaler"]["log_return"].update(mean=nan)), "scaler is not the one"),
    "no series": (lambda p: edit(p, lambda s: s.pop("series")), "do not fit together"),
    "odd series": (lambda p: edit(p, lambda s: s.update(series=[1])), "do not fit together"),
    "odd history": (lambda p: edit(p, lambda s: s.update(history=[{"a": 1}])), "do not fit together"),
    "another file of weights": (lambda p: (p / FILES[1]).write_bytes((p / FILES[2]).read_bytes()), "not the file that"),
    "changed series": (lambda p: replace_series(p, seal=False), "series.safetensors is not the file that"),
    "changed series, sealed": (lambda p: replace_series(p, seal=True), "not those that it was trained on"),
    "a weight less": (
        lambda p: swap_weights(p, lambda w: {k: w[k] for k in w if k != "head.bias"}),
        "not those of a network",
    ),
    "a weight too many": (lambda p: swap_weights(p, lambda w: w | {"x": w["head.bias"]}), "not those of a network"),
    "double precision": (
        lambda p: swap_weights(p, lambda w: {k: w[k].astype(float) for k in w}),
        "not those of a network",
    ),
    "kept epoch too short": (
        lambda p: swap_weights(p, lambda w: {"0/head.bias": w["0/head.bias"]}, FILES[2]),
        "not those of",
    ),
    "kept without epoch": (
        lambda p: swap_weights(p, lambda w: {"head.bias": w["0/head.bias"]}, FILES[2]),
        "fit together",
    ),
    "no arrays": (lambda p: ((p / FILES[1]).write_bytes(b"x" * 99), edit(p, nothing)), "do not fit together"),
    "no dates": (lambda p: swap_weights(p, lambda w: {"values": w["values"]}, FILES[3]), "do not fit together"),
} | {
    f"no {name}": (
        lambda p, name=name: (p / name).unlink(),
        f"{name} is missing" if name != "run.json" else "no readable",
    )
    for name in FILES
}


@pytest.mark.parametrize(("harm", "said"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_run_is_refused_in_one_sentence(place, harm, said):
    harm(place)
    with pytest.raises(InvalidFile, match=said) as caught:
        load(place)
    sentence = str(caught.value)
    assert sentence.startswith("run cannot be read as a run: ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 250


def test_a_scaler_added_up_in_another_order_is_the_same(place, run):
    edit(place, lambda said: said["scaler"]["log_return"].update(mean=run.windows().scales["log_return"].mean + 1e-15))
    assert_same(load(place), run)


def test_a_file_is_no_run(tmp_path):
    (tmp_path / "run").write_text("{}")
    with pytest.raises(InvalidFile, match="it holds no readable run"):
        load(tmp_path / "run")


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(FILES),
    st.floats(0, 1, exclude_max=True),
    st.sampled_from(["flip", "cut", "insert", "overwrite"]),
    st.binary(min_size=1, max_size=8),
)
def test_no_changed_byte_goes_unnoticed(saved, run, tmp_path, file, share, kind, noise):
    """Whatever happens to the bytes: the same run comes back, or `InvalidFile` does."""
    content = (saved / file).read_bytes()
    at = int(share * len(content))
    changed = {
        "flip": content[:at] + bytes([content[at] ^ (noise[0] or 1)]) + content[at + 1 :],
        "cut": content[:at],
        "insert": content[:at] + noise + content[at:],
        "overwrite": content[:at] + noise + content[at + len(noise) :],
    }[kind]
    place = tmp_path / "run"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(saved, place)
    (place / file).write_bytes(changed)
    try:
        loaded = load(place)
    except InvalidFile:
        return
    assert_same(loaded, run)


class Bomb:
    def __init__(self, path: Path) -> None:
        self.path = str(path)

    def __reduce__(self):
        return os.mkdir, (self.path,)


@pytest.mark.parametrize("file", FILES)
def test_no_pickle_is_ever_read(place, file, tmp_path):
    (place / file).write_bytes(pickle.dumps(Bomb(tmp_path / "exploded")))
    if file != "run.json":
        edit(place, nothing)
    with pytest.raises(InvalidFile):
        load(place)
    assert not (tmp_path / "exploded").exists()
