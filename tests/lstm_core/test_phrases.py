"""Phrases: templates and the records that fill them fit each other; on disk, on the way to a worker, for any reader."""

import ast
import json
import pickle
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import numpy as np
import pytest

from lstm_core import phrases
from lstm_core.data import steps
from lstm_core.phrases import AS_IN_CODE, Argument, Choice, Noun, Phrase, Writing, templates, verbatim, written
from tests.test_arrows import PACKAGES, modules, tree_of

TEXTS = Path(phrases.__file__).parent / "texts"
ENGLISH = templates("en")
REFUSALS = {"InvalidArgument": 1, "InvalidFile": 0, "DataUnavailable": 0, "WorkLost": 0}  # where the phrase stands
# Who may say what no template has: an earlier version's words, the page's own, a check that only programmers meet.
VERBATIM = ("lstm_core.phrases", "lstm_core.runs.earlier", "dashboard.run_view.viewed_run", "dashboard.components")

STEPS = {"step", *steps._NAMES}

EVERYTHING = Phrase(
    "shorter_window",
    observations=1234,
    length=0.5,
    needed=Phrase("quoted", what=(Choice("log_return"), Argument("seed"), Noun("day"), np.datetime64("2020-01-31"))),
)


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """(module, call) of everything in the packages that calls what has this name."""
    for module in modules():
        for node in ast.walk(tree_of(module)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield module, node


def kinds() -> dict[str, set[str]]:
    """Kind -> the values that some call in the packages gives; each call says its kind in so many letters."""
    found: dict[str, set[str]] = {}
    for module, call in calls("Phrase"):
        if module == "lstm_core.phrases" and not isinstance(call.args[0], ast.Constant):
            continue  # with_values
        kind, values = ast.literal_eval(call.args[0]), {str(keyword.arg) for keyword in call.keywords}
        assert found.setdefault(kind, values) == values, f"{module}:{call.lineno}"
    return found


def test_every_phrase_has_a_template_that_names_its_values_and_every_template_is_used():
    assert kinds() == {kind: phrases.placeholders(kind) for kind in ENGLISH}


def test_no_kind_has_two_templates():
    names = [name for file in (TEXTS / "en").glob("*.json") for name in json.loads(file.read_text(encoding="utf-8"))]
    counted = set(phrases.nouns("en"))
    assert sorted(names) == sorted([*ENGLISH, *counted])


def test_what_is_counted_is_a_noun_and_every_noun_is_counted_somewhere():
    specs = {spec for text in ENGLISH.values() for _, _, spec, _ in Formatter().parse(text) if spec}
    plain = {spec for spec in specs if not spec.isdecimal() and not spec.startswith("{")}
    assert plain - {"exact", "or", "sentences"} | STEPS == phrases.nouns("en").keys()


def test_refusals_are_phrases_and_nobody_else_says_what_no_template_has():
    for name, place in REFUSALS.items():
        for module, call in calls(name):
            said = call.args[place]
            assert not isinstance(said, ast.JoinedStr | ast.BinOp | ast.Constant), (
                f"{module}:{call.lineno} says a sentence"
            )
    assert {module for module, _ in calls("verbatim") if not module.startswith(VERBATIM)} == set()
    assert set(PACKAGES) == {module.split(".")[0] for module in modules()}


@pytest.mark.parametrize("values", [{}, {"rows": 1}, {"rows": 1, "column": "a", "more": 1}])
def test_a_phrase_that_could_not_be_said_is_none(values):
    with pytest.raises(TypeError, match="rows_without_value"):
        Phrase("rows_without_value", **values)
    with pytest.raises(TypeError, match="nosuch"):
        Phrase("nosuch")


WRITTEN = {
    "1 row without a value of close left out.": Phrase("rows_without_value", rows=1, column="close"),
    "1,234 rows without a value of {x} left out.": Phrase("rows_without_value", rows=1234, column="{x}"),
    "The file has 10.3 MB; at most 10 MB are read.": Phrase("file_too_large", megabytes=10.25, most=10),
    "The file has 1,234 columns; at most 5 are read.": Phrase("file_too_many_columns", columns=1234, most=5),
    "a number from 1e-06 to 1000": Phrase("number", low=1e-06, high=1000.0),
    "a whole number from 0 to 2147483647": Phrase("whole_number", low=0, high=2**31 - 1),
    f"synthetic: w(length=9, noise={1 / 3}, seed=7)": Phrase("synthetic_walk", name="w", length=9, noise=1 / 3, seed=7),
    "a or b": Phrase("either", choices=(Choice("a"), Choice("b"))),
    "One. Two.": Phrase("several", reasons=(verbatim("One."), verbatim("Two."))),
    "Yahoo Finance, fetched 2024-02-29": Phrase("yahoo", fetched=np.datetime64("2024-02-29")),
    "9 months are too few to tell whether chance did that: at least 30 are needed.": Phrase(
        "too_few_to_tell", steps=9, step=Noun("month"), fewest=30
    ),
}


@pytest.mark.parametrize("said", WRITTEN)
def test_how_values_are_written(said):
    assert str(WRITTEN[said]) == f"{WRITTEN[said]}" == said


def test_other_readers_have_their_own_names_and_dates_however_deep_they_stand():
    theirs = Writing(argument=str.upper, choice=lambda name: f"<{name}>", date=lambda day: f"day {day}")
    assert "0.5 need at least 'log_return, seed, day, 2020-01-31')" in str(EVERYTHING)
    assert "0.5 need at least '<log_return>, SEED, day, day 2020-01-31')" in written(EVERYTHING, theirs)
    assert list(EVERYTHING.arguments()) == ["seed"]


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_it_crosses_processes_and_disks_unchanged(protocol):
    there = pickle.loads(pickle.dumps(EVERYTHING, protocol))
    back = Phrase.from_dict(json.loads(json.dumps(EVERYTHING.to_dict(), allow_nan=False)))
    assert there == back == EVERYTHING
    assert str(there) == str(back) == str(EVERYTHING)
    assert hash(there) == hash(EVERYTHING)
    assert there != EVERYTHING.with_values(length=0.6)


@pytest.mark.parametrize(
    "told",
    [{}, {"kind": "csv"}, {"kind": "nosuch", "values": {}}, {"kind": "csv", "values": {"file": {"nosuch": "x"}}}],
)
def test_what_no_phrase_made_is_refused(told):
    with pytest.raises((KeyError, TypeError, ValueError)):
        Phrase.from_dict(told)


def test_another_language_is_a_folder_beside_it():
    """Its templates name the same values, so that every phrase can be said in it."""
    languages = sorted(folder.name for folder in TEXTS.iterdir())
    assert "en" in languages
    for language in languages:
        assert templates(language).keys() == ENGLISH.keys()
        for kind, text in templates(language).items():
            named = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
            assert named == {name for _, name, _, _ in Formatter().parse(ENGLISH[kind]) if name is not None}, kind
        assert phrases.nouns(language).keys() == phrases.nouns("en").keys()
    assert AS_IN_CODE.language == "en"
