"""The words: each is used, none is missing, each gets what it asks for, and every language has all of them."""

import ast
import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace

import pytest

from dashboard import texts
from dashboard.texts import FOLDER, LANGUAGE, MissingText, counted, load, placeholders, say, words
from tests.helpers.uses_of_texts import (
    DASHBOARD,
    ROOT,
    Found,
    Use,
    all_files_sent,
    files_read_whole,
    files_sent,
    in_javascript,
    in_python,
    javascript,
    python,
)

LANGUAGES = sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir() and folder.name != "__pycache__")
ALL = {f"{file}.{name}": text for file, held in load(LANGUAGE).items() for name, text in held.items()}
WHOLE = r"fields\.\w*"  # says nothing of single ones
OF_STEPS = {"step", "Step", "steps", "Steps"}  # step_words.js puts them in, whatever is asked for
EMPTY = {"stage.state_idle", "inside.base_level"}  # nothing is to be said


@pytest.fixture(scope="module")
def of_python() -> Found:
    return in_python()


@pytest.fixture(scope="module")
def of_javascript() -> Found:
    return in_javascript()


def seen_by(use: Use) -> set[str]:
    """Keys of the texts that it finds in its message."""
    return {f"{file}.{name}" for file in files_sent(use) for name in load(LANGUAGE)[file] if use.matches(name)}


def test_the_sources_are_seen(of_python: Found, of_javascript: Found):
    """Or else all that follows would pass on nothing."""
    assert any(use.keys == (r"page\.tagline",) for use in of_python.uses)
    assert any(use.matches("training.go_first_one") for use in of_python.uses)
    assert {"window_outside", "chart_next_step"} <= {key for use in of_javascript.uses for key in use.keys}
    assert any(use.values == {"first", "last"} for use in of_javascript.uses if use.matches("window_outside"))
    assert {"stage", "sequences", "one_unit", "compare"} <= all_files_sent()


def test_every_key_can_be_read_off_the_sources(of_python: Found, of_javascript: Found):
    unknown = [*of_python.undeclared, *of_javascript.undeclared]
    assert not unknown, "a comment names the keys of a text that a variable chooses: " + ", ".join(unknown)


def test_every_text_that_is_asked_for_is_there(of_python: Found, of_javascript: Found):
    missing = [f"{use.where} {use.keys}" for use in one_by_one(of_python) if not any(map(use.matches, ALL))]
    missing += [f"{use.where} {use.keys}" for use in one_by_one(of_javascript) if not seen_by(use)]
    assert not missing, "there is no such text: " + "; ".join(missing)


def one_by_one(found: Found) -> list[Use]:
    """A use for each of the keys that it may take."""
    return [replace(use, keys=(key,)) for use in found.uses for key in use.keys]


def test_every_text_is_used(of_python: Found, of_javascript: Found):
    used = {key for key in ALL if any(use.matches(key) for use in of_python.uses if WHOLE not in use.keys)}
    used = used.union(*map(seen_by, of_javascript.uses))
    used |= {f"steps.{name}" for name in load(LANGUAGE)["steps"] if name.startswith("step_")}  # step_words.js
    known = code_names()
    used |= {f"{file}.{name}" for file in files_read_whole() for name in load(LANGUAGE)[file] if name in known}
    assert not ALL.keys() - used, f"nobody uses {', '.join(sorted(ALL.keys() - used))}"


def code_names() -> set[str]:
    """Whatever the code has a name for: strings, arguments, and fields of its classes."""
    trees = [
        ast.parse(path.read_text(encoding="utf-8"))
        for path in (*DASHBOARD.rglob("*.py"), *(ROOT / "lstm_core").rglob("*.py"))
    ]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    strings = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return strings | {
        node.target.id for node in nodes if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }


def test_every_text_gets_what_it_asks_for(of_python: Found, of_javascript: Found):
    wrong = []
    for use in of_python.uses:
        asked = [placeholders(text) for key, text in ALL.items() if use.matches(key)]
        wrong += misfits(use, asked)
    for use in of_javascript.uses:
        if use.values is not None:
            wrong += misfits(use, [placeholders(ALL[key]) - OF_STEPS for key in seen_by(use)])
    assert not wrong, "; ".join(wrong)


def misfits(use: Use, asked: list[set[str]]) -> list[str]:
    """What one of its texts asks for and does not get, what none of them asks for."""
    if not asked or use.values is None:
        return []
    every = set().union(*asked)
    lacking = every - use.values if use.is_all else set()
    wrong = [f"{use.where} {use.keys} does not get {name}" for name in sorted(lacking)]
    return wrong + [f"{use.where} {use.keys} has no place for {name}" for name in sorted(use.values - every)]


def test_texts_are_written_in_one_way():
    for key, text in ALL.items():
        assert bool(text.strip()) != (key in EMPTY), key
        assert re.fullmatch(r"(?:[^{}]|\{[A-Za-z]\w*\})*", text), f"{key}: placeholders have names"
    forms = re.compile(r"(.*)(?<!by)_(one|other)")
    counts = [found for key in ALL if (found := forms.fullmatch(key))]
    assert {found[1] for found in counts if found[2] == "one"} == {found[1] for found in counts if found[2] == "other"}


def differences(reference: Mapping[str, Mapping[str, str]], other: Mapping[str, Mapping[str, str]]) -> list[str]:
    """What another language lacks, has too much of, or fills in otherwise."""
    found = [f"file {file}" for file in reference.keys() ^ other.keys()]
    for file in reference.keys() & other.keys():
        found += [f"{file}.{name}" for name in reference[file].keys() ^ other[file].keys()]
        for name in reference[file].keys() & other[file].keys():
            if placeholders(reference[file][name]) - OF_STEPS != placeholders(other[file][name]) - OF_STEPS:
                found.append(f"{file}.{name}: its placeholders")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_all_texts(language):
    assert LANGUAGE in LANGUAGES
    assert not differences(load(LANGUAGE), load(language))


def test_what_a_language_lacks_is_found(tmp_path, monkeypatch):
    shutil.copytree(FOLDER / LANGUAGE, tmp_path / "xx")
    page = json.loads((tmp_path / "xx" / "page.json").read_text(encoding="utf-8"))
    del page["tagline"]
    page["given_twice"] = "Twice."
    (tmp_path / "xx" / "page.json").write_text(json.dumps(page), encoding="utf-8")
    (tmp_path / "xx" / "code.json").unlink()
    monkeypatch.setattr(texts, "FOLDER", tmp_path)
    load.cache_clear()
    try:
        other = load("xx")
    finally:
        monkeypatch.undo()
        load.cache_clear()
    assert differences(load(LANGUAGE), other) == ["file code", "page.tagline", "page.given_twice: its placeholders"]


def test_the_reader_says_what_is_missing():
    assert say("training.left", time="about 12 s") == "about 12 s left"
    assert [counted("stage.units", quantity) for quantity in (1, 2, 1200)] == ["1 unit", "2 units", "1,200 units"]
    assert words("stage", "one_unit")["play"] == load(LANGUAGE)["one_unit"]["play"] != load(LANGUAGE)["stage"]["play"]
    with pytest.raises(MissingText, match=r"no text taglin in en/page\.json"):
        say("page.taglin")
    with pytest.raises(MissingText, match=r"no file en/pages\.json"):
        say("pages.tagline")
    with pytest.raises(MissingText, match=r"training\.left asks for time"):
        say("training.left")
    with pytest.raises(TypeError):
        load(LANGUAGE)["page"]["tagline"] = "another"  # pyright: ignore


def test_what_the_sources_say_is_understood():
    found = Found()
    python(
        'say("a.b" if x else "a.c", n=1)\ncounted(f"a.d_{k}", 2)\nsay(key)\nsay(f"a.{k}")  # words: e, *_f', "p", found
    )
    assert [use.keys for use in found.uses] == [
        (r"a\.b", r"a\.c"),
        (r"a\.d_\w*_(?:one|other)",),
        (r"a\.e", r"a\.\w*_f"),
    ]
    assert found.undeclared == ["p:3"]
    found = Found()
    lines = (
        "fill(words.a, { b, c: [1, { d: 2 }] });",
        'words[x === "y" ? "e" : `f_${x}`];',
        "words[x];",
        "// words: g",
        "view.words[x];",
    )
    javascript(
        "\n".join(lines),
        "j",
        found,
    )
    assert [(use.keys, use.values) for use in found.uses] == [
        (("a",), {"b", "c"}),
        (("e", r"f_\w*"), None),
        (("g",), None),
    ]
    assert found.undeclared == ["j:3"]


SAID_BY = {"help", "label", "placeholder"}
WIDGETS = {
    *("button", "caption", "checkbox", "date_input", "download_button", "error", "expander", "file_uploader", "header"),
    *("info", "markdown", "multiselect", "number_input", "popover", "radio", "segmented_control", "select_slider"),
    *("selectbox", "slider", "spinner", "subheader", "success", "text_input", "title", "toggle", "warning"),
}


def said_by(widget: str) -> set[str]:
    return SAID_BY | ({"text"} if widget == "progress" else set())


NAMES = {"Gatescope"}  # which no language translates


def test_no_page_has_words_of_its_own():
    wrong = []
    for path in DASHBOARD.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                first = node.args[:1] if node.func.attr in WIDGETS else []
                said = [*first, *(each.value for each in node.keywords if each.arg in said_by(node.func.attr))]
                literals = [part for each in said for part in ast.walk(each) if isinstance(part, ast.Constant)]
                spoken = [str(each.value) for each in literals if is_said(each.value) and not in_call(each, said)]
                wrong += [f"{path.name}:{node.lineno} {each}" for each in spoken]
    assert not wrong, f"words belong into dashboard/texts/{LANGUAGE}: {'; '.join(wrong)}"


def is_said(value: object) -> bool:
    return isinstance(value, str) and value not in NAMES and re.search(r"[A-Za-z]{2}", value) is not None


def in_call(part: ast.Constant, said: list[ast.expr]) -> bool:
    """A key of the reader, or an argument of something else."""
    calls = [node for each in said for node in ast.walk(each) if isinstance(node, ast.Call)]
    return any(part in ast.walk(call) for call in calls)
