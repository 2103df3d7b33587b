"""What a run directory says of its series and its end comes back as the same phrases, from earlier versions too."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lstm_core.data import catalogue
from lstm_core.errors import InvalidFile
from lstm_core.phrases import Argument, Phrase, verbatim
from lstm_core.runs import earlier
from lstm_core.runs.run import load, save
from tests.helpers.series import told
from tests.helpers.small_runs import edit, trained

# Written by the first version: the source and the notes of its series are sentences.
EARLIER = Path(__file__).resolve().parent / "earlier_runs" / "first"
ENDED = Phrase("diverged", epoch=3, remedy=Phrase("smaller_rate", learning_rate=Argument("learning_rate")), rate=0.005)


def test_source_notes_and_end_of_a_run_are_restored_as_they_were(tmp_path):
    source = Phrase("yahoo", fetched=np.datetime64("2024-02-29"))
    notes = (Phrase("rows_sorted"), Phrase("column_left_out", column="open", missing=2))
    run = trained()
    save(replace(run, series=replace(run.series, source=source, notes=notes), explanation=ENDED), tmp_path / "run")
    back = load(tmp_path / "run")
    assert (back.series.source, back.series.notes, back.explanation) == (source, notes, ENDED)
    save(replace(run, explanation=None), tmp_path / "run")
    assert load(tmp_path / "run").explanation is None


def test_of_an_earlier_version_the_source_is_known_and_the_notes_are_its_words():
    said = json.loads((EARLIER / "run.json").read_text(encoding="utf-8"))
    series = load(EARLIER).series
    assert series.source == catalogue.load("MSFT").source
    assert str(series.source) == said["series"]["source"]
    assert [note.kind for note in series.notes] == ["verbatim"]
    assert told(series.notes) == tuple(said["series"]["notes"])
    assert load(EARLIER).explanation is None


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Yahoo Finance, fetched 2024-02-29", Phrase("yahoo", fetched=np.datetime64("2024-02-29"))),
        ("river: sp500, rebuilt from returns", Phrase("river")),
        ("CSV file tides\n.csv", Phrase("csv", file="tides\n.csv")),
        ("synthetic: sine(length=9)", verbatim("synthetic: sine(length=9)")),
        ("Yahoo Finance", verbatim("Yahoo Finance")),
    ],
)
def test_sources_of_earlier_versions(sentence, source):
    assert earlier.source(sentence) == source
    assert str(source) == sentence


@pytest.mark.parametrize(
    "source", [{"kind": "later", "values": {}}, {"kind": "csv", "values": {}}, {"kind": "csv"}, 5, None]
)
def test_a_source_that_no_version_wrote_is_refused(tmp_path, source):
    save(trained(), tmp_path / "run")
    edit(tmp_path / "run", lambda said: said["series"].update(source=source))
    with pytest.raises(InvalidFile, match="run cannot be read as a run: its files do not fit together"):
        load(tmp_path / "run")
