"""Any value of any parameter in a link: the page opens, takes what it can, and names the field of what it cannot."""

from datetime import date, timedelta

import pytest

from dashboard.pages.experiments.table import EXPERIMENTS
from dashboard.session.bounds import Bounds, Day, Names, Number, OneOf, SomeOf, Text, age
from dashboard.session.link import EXPERIMENTS as EXPERIMENT_NAMES
from dashboard.session.link import PARAMETERS, from_query
from dashboard.texts import sentences
from tests.helpers.app_page import on_stage, open_page, texts

PAGE_TOO = ("window", "epoch", "unit", "layer", "timestep", "job", "race")  # held against what is there, later
JUNK = {
    "empty": "",
    "blank": " ",
    "wrong type": "many",
    "nan": "nan",
    "infinite": "-inf",
    "beyond counting": "9" * 6000,
    "long": "x" * 5000,
    "unicode": "日本\u202e\u0000",
    "percent-encoded": "%00%ff%2e%2e%2f",
    "markup": "<b>[x](http://y)</b>",
    "code": "__import__('os')",
}


def inside(bounds: Bounds) -> list[str]:
    """At both bounds, and between them."""
    if isinstance(bounds, Day):
        return [str(bounds.first()), str(bounds.last()), "2010-02-28"]
    if isinstance(bounds, Number):
        middle = (bounds.low + bounds.high) // 2 if bounds.convert is int else (bounds.low + bounds.high) / 2
        return [f"{each:.17g}" for each in (bounds.low, bounds.high, middle)]
    if isinstance(bounds, OneOf):
        return [*filter(None, bounds.choices())]
    if isinstance(bounds, SomeOf):
        return [bounds.choices[0], " ".join(bounds.choices[1:])]
    return ["A", "A" * (bounds.longest if isinstance(bounds, Text) else 64)]


def beyond(bounds: Bounds) -> list[str]:
    """Just beyond both bounds, and far beyond."""
    if isinstance(bounds, Day):
        day = timedelta(days=1)
        return [str(bounds.first() - day), str(bounds.last() + day), "1950-01-03", "9999-12-31", "2021-02-29", "20-1-1"]
    if isinstance(bounds, Number):
        step = 1 if bounds.convert is int else 1e-9 + bounds.high * 1e-12
        just = [f"{bounds.low - step:.17g}", f"{bounds.high + step:.17g}"]
        return [*just, "-1e300", str(10**30), str(-(10**30)), *(["1.5"] if bounds.convert is int else [])]
    if isinstance(bounds, (OneOf, SomeOf)):
        return ["NOSUCH", "LSTM lstm", "None"]
    return ["A" * 65, "\n"] if isinstance(bounds, Text) else [" ".join("ABCDE"), "A" * 65]


def test_the_names_that_a_link_may_give_to_experiments_are_those_there_are():
    assert tuple(EXPERIMENTS) == EXPERIMENT_NAMES


# What else must stand in a link so that a parameter can take its bounds.
COMPANIONS = {
    "burn_in": {"window_length": "500"},
    "end": {"start": "1960-01-01"},
    "train_fraction": {"validation_fraction": "0.05"},
    "validation_fraction": {"train_fraction": "0.3"},
}


def meant(bounds: Bounds, text: str):
    """What a reader of the link would take it for."""
    if isinstance(bounds, Day):
        return date.fromisoformat(text)
    if isinstance(bounds, Number):
        return float(text)
    return tuple(text.split(" ")) if isinstance(bounds, (SomeOf, Names)) else text


@pytest.mark.parametrize("name", PARAMETERS)
def test_what_is_within_the_bounds_is_taken(name):
    bounds = PARAMETERS[name].bounds
    assert inside(bounds)
    for text in inside(bounds):
        state, problems = from_query({name: text} | COMPANIONS.get(name, {}))
        assert problems == (), text
        owner = getattr(state, PARAMETERS[name].owner) if PARAMETERS[name].owner else state
        assert getattr(owner, name) == meant(bounds, text)


@pytest.mark.parametrize("name", PARAMETERS)
def test_what_is_beyond_them_is_passed_over_with_the_fields_name(name):
    for text in beyond(PARAMETERS[name].bounds):
        state, problems = from_query({name: text})
        owner = getattr(state, PARAMETERS[name].owner) if PARAMETERS[name].owner else state
        assert getattr(owner, name) == PARAMETERS[name].default, text
        assert len(problems) == 1, text
        assert problems[0].startswith(f"Passed over in the link: {sentences.field_name(name)} must be "), text
        assert "_" not in problems[0].split("; got")[0].replace(
            sentences.sentence_of(PARAMETERS[name].bounds.expected), ""
        )


@pytest.mark.parametrize("kind", JUNK)
def test_a_page_opens_on_a_link_that_is_all_junk_and_names_each_field(kind):
    page = open_page(**dict.fromkeys(PARAMETERS, JUNK[kind]))
    assert not page.error
    said = texts(page.warning)
    refused = [
        name
        for name, parameter in PARAMETERS.items()
        if not isinstance(parameter.bounds, (Text, Names)) and (JUNK[kind], parameter.default) != ("", "")
    ]
    assert len(refused) > 30
    for name in refused:
        assert f"Passed over in the link: {sentences.field_name(name)} must be" in said, name
    assert "than repeating yesterday's price" in on_stage(page)


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("source", ["sample", "synthetic", "yahoo", "csv"])
def test_a_page_opens_with_every_field_at_its_bound(source, which):
    """Whatever cannot be had or trained then is a sentence, and no traceback."""
    edge = {name: inside(parameter.bounds)[which] for name, parameter in PARAMETERS.items() if name not in PAGE_TOO}
    page = open_page(**edge | {"source": source, "ticker": "!!", "experiment": "sine"})
    assert not page.exception


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"window": "999999"}, "The window's last day must be observation 60 to 3269 of this series"),
        ({"window": "0"}, "The window's last day must be observation 60 to 3269 of this series"),
        ({"epoch": "4999"}, "The epoch must be one whose weights are kept, of 0 to 40; got 4999."),
        ({"epoch": "0.5"}, "The epoch must be one whose weights are kept"),
        ({"unit": "33"}, "The unit must be a whole number from 1 to 32 here; got 33."),
        ({"layer": "2"}, "The layer must be a whole number from 1 to 1 here; got 2."),
        ({"timestep": "61"}, "The timestep must be a whole number from 1 to 60 here; got 61."),
    ],
)
def test_what_the_network_on_show_has_not_is_passed_over(query, sentence):
    page = open_page(**query)
    assert sentence in texts(page.warning)
    assert not set(query) & set(page.query_params)


def test_a_parameter_given_twice_is_taken_once_and_said():
    page = open_page(seed=["1", "7"])
    assert "The link says Seed more than once; the last one was taken." in texts(page.warning)
    assert page.query_params["seed"] in ("7", ["7"])


def test_a_series_that_ends_before_it_begins():
    state, problems = from_query({"start": "2020-01-01", "end": "2019-12-31"})
    assert (state.data.start, state.data.end) == (date(2020, 1, 1), None)
    assert problems == (
        "Passed over in the link: The day up to which must be on or after 1 Jan 2020; got '31 Dec 2019'.",
    )


def test_of_settings_that_cannot_stand_together_only_those_go():
    state, problems = from_query({"hidden_size": "8", "train_fraction": "0.9"})
    assert state.hyperparameters.hidden_size == 8
    assert len(problems) == 1
    assert "Training share" in problems[0]


def test_ages_are_numbers_between_their_bounds():
    assert age(0, 10).read("3") == 3
    assert isinstance(age(0, 10).read("3.0"), int)
    assert age(0, 10).read("2.5") == 2.5
