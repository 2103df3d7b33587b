"""The archive of a run's code: its files to the last bit, whatever a series is called."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import numpy as np
from safetensors.numpy import load as arrays_of

from lstm_core.data.series import Series
from lstm_core.export import bundle
from lstm_core.hyperparameters import Resolved
from lstm_core.phrases import verbatim
from lstm_core.runs.run import load, save
from tests.helpers.command import call
from tests.helpers.exported import NETWORKS, SERIES, WEIGHTS, T
from tests.helpers.small_runs import assert_same_bits, trained


def contents(hyperparameters: Resolved, series: Series, weights) -> dict[str, bytes]:
    file = ZipFile(BytesIO(bundle(hyperparameters, series, weights)))
    return {name: file.read(name) for name in file.namelist()}


def test_a_bundle_holds_weights_and_values_to_the_last_bit(place):
    files = contents(NETWORKS["gru_2"], SERIES, WEIGHTS["gru_2"])
    assert sorted(files) == [
        *("README.txt", "model_keras.py", "model_pytorch.py", "values.csv", "weights.safetensors"),
    ]
    assert_same_bits(arrays_of(files["weights.safetensors"]), WEIGHTS["gru_2"])
    rows = [line.split(",") for line in files["values.csv"].decode().splitlines()]
    assert rows[0] == ["date", "value"]
    assert [row[0] for row in rows[1:]] == [str(date)[:10] for date in SERIES.dates[-T - 1 :]]
    assert [float(row[1]) for row in rows[1:]] == SERIES.values[-T - 1 :].tolist()


def test_a_bundle_for_a_cell_that_keras_has_not_holds_the_other_script_alone():
    files = contents(NETWORKS["peephole_3"], SERIES, WEIGHTS["peephole_3"])
    assert sorted(files) == ["README.txt", "model_pytorch.py", "values.csv", "weights.safetensors"]
    _, how, end = files["README.txt"].decode().split("\n")
    assert how == (
        "Run python model_pytorch.py (pip install torch numpy safetensors): it forecasts the next value. "
        "Keras has no PeepholeLSTM."
    )
    assert end == ""


def test_hours_are_kept_where_there_are_any():
    hourly = replace(SERIES, dates=np.datetime64("2024-03-01T09:30", "s") + np.arange(300) * np.timedelta64(3600, "s"))
    rows = contents(NETWORKS["lstm_1"], hourly, WEIGHTS["lstm_1"])["values.csv"].decode().splitlines()
    assert rows[-1].split(",")[0] == "2024-03-13T20:30:00"


def test_the_same_bundle_has_the_same_bytes_and_files_that_can_be_read():
    """Not the hour at which it was made, and not mode 000, which unzip would obey."""
    once, again = (bundle(NETWORKS["rnn_1"], SERIES, dict(WEIGHTS["rnn_1"])) for _ in range(2))
    assert once == again
    for entry in ZipFile(BytesIO(once)).infolist():
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
        assert entry.external_attr >> 16 == 0o100644


HOSTILE = (
    '"""\nimport os; os.system("true")\r\n$cell ${inputs} {values} \'\'\' \\N{DEL} \u202e\u2028\x1b[31m\x00 \ud800 # '
    + "x" * 200
)


def test_a_hostile_name_gets_nowhere():
    said = verbatim(HOSTILE)
    hostile = Series(HOSTILE, HOSTILE, SERIES.dates, {HOSTILE: SERIES.values}, HOSTILE, said, HOSTILE, (said,))
    plain, dressed = (contents(NETWORKS["gru_2"], each, WEIGHTS["gru_2"]) for each in (SERIES, hostile))
    for name in {*plain} - {"README.txt"}:
        assert dressed[name] == plain[name], name
    lines = dressed["README.txt"].decode().split("\n")
    assert [len(line) < 400 for line in lines] == [True] * 3
    assert lines[2] == ""
    assert all(line.isprintable() for line in lines)
    assert lines[0].startswith('A trained GRU for """ import os;')
    assert lines[1:] == plain["README.txt"].decode().split("\n")[1:]


def test_the_readme_says_what_it_is_in_two_lines():
    what, how, end = contents(NETWORKS["lstm_1"], SERIES, WEIGHTS["lstm_1"])["README.txt"].decode().split("\n")
    assert what.startswith("A trained LSTM for test (USD), which ends on 2020-10-26")
    assert "python model_pytorch.py" in how
    assert "python model_keras.py" in how
    assert end == ""


def test_the_command_writes_a_runs_bundle(tmp_path):
    save(trained(), tmp_path / "run")
    run = load(tmp_path / "run")
    assert call("code", tmp_path / "run", "--out", tmp_path / "code") == (0, "", "")
    assert (tmp_path / "code").read_bytes() == bundle(run.hyperparameters, run.series, run.weights)
    assert call("code", tmp_path / "missing", "--out", tmp_path / "b").err.startswith("missing cannot be read as a run")
    assert call("code", tmp_path / "run", "--out", tmp_path / "no" / "b") == (
        2,
        "",
        f"out must be a file that can be written (No such file or directory); got '{tmp_path / 'no' / 'b'}'.\n",
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["code", "run"]
