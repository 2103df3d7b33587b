"""The component as Streamlit sees it: bytes out, choices back, only what changed."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components import STAGE, Delivered, StageContent
from dashboard.components.compare import COMPARE, Comparison
from dashboard.components.component import Component, loader
from dashboard.components.payload import films_of
from dashboard.components.publish import Published
from dashboard.components.stage import StageEvents
from dashboard.components.stage_content import Chosen
from tests.helpers.messages import read
from tests.helpers.stage_content import a_chart, a_column, a_content, a_film


def page():
    import streamlit as st

    from dashboard.components import STAGE, Delivered, StageEvents
    from tests.helpers.stage_content import a_content

    delivered = st.session_state.setdefault("delivered", Delivered())
    events = StageEvents.of(STAGE.show(a_content(1, 2), "stage", delivered))
    st.text(repr(events))


def test_the_second_run_sends_references_alone():
    app = AppTest.from_function(page, default_timeout=20).run()
    first = app.get("bidi_component")[0].proto
    app.run()
    second = app.get("bidi_component")[0].proto
    assert not app.exception
    assert first.id == second.id
    assert first.bytes.startswith(b"GATE")
    assert len(second.bytes) < len(first.bytes) / 4
    assert app.text[0].value == repr(StageEvents())
    assert len(first.js_content) < 500  # it travels in every message


def test_the_first_message_of_any_component_is_small_and_the_next_brings_the_rest():
    comparison = Comparison(chart=a_chart(), columns=[a_column(0, a_film(0, 1, 2))])
    shown: list[tuple[Component[Any], Any]] = [(STAGE, a_content(0, 1, 2)), (COMPARE, comparison)]
    for component, content in shown:
        delivered, epochs = Delivered(), []
        for _ in range(2):
            header = read(component.message(content, "key", delivered, is_still=True, is_large=True).data)
            (film,) = films_of(header)
            epochs.append([snapshot["epoch"] for snapshot in film["snapshots"]])
            assert (header["key"], header["large"], header["version"]) == ("key", True, 1)
        assert epochs == [[2], [0, 1]]


def _events(told: dict, content: StageContent) -> StageEvents:
    return StageEvents.of(STAGE.read(told, content))


def test_choices_count_for_the_chart_and_the_run_they_were_made_on():
    content = a_content(1)
    here = {
        "window": {"chart": "AAPL", "end": 31, "at": 7},
        "epoch": {"run": "run", "epoch": 2.5, "at": 9},
    }
    assert _events(here, content) == StageEvents(window_end=31, picked_at=7, epoch=2.5, scrubbed=9)
    elsewhere = {"window": {"chart": "MSFT", "end": 31, "at": 7}, "epoch": {"run": "other", "epoch": 2, "at": 9}}
    assert _events(elsewhere, content) == StageEvents()
    assert _events({"window": None}, content) == StageEvents()


def test_unit_layer_and_timestep_count_from_one_as_on_the_screen():
    content = a_content(1)
    place = {"run": "run", "unit": 7, "layer": 0, "timestep": None}
    assert _events({"place": place}, content).place == Chosen(unit=8, layer=1)
    for strange in ({"unit": -1}, {"unit": "7"}, {"unit": True}, {"unit": 10**9}, {"unit": 1.5}):
        assert _events({"place": place | strange}, content).place == Chosen(layer=1)
    assert _events({"place": place | {"run": "other"}}, content).place is None
    assert _events({"place": [1, 2]}, content).place is None


@pytest.mark.parametrize("strange", [None, 7, "31", [31], {"end": 31}, {"chart": "AAPL", "end": "31", "at": 7}])
def test_whatever_a_browser_sends_for_a_window_is_a_day_or_nothing(strange):
    assert _events({"window": strange}, a_content(1)) == StageEvents()


@pytest.mark.parametrize("strange", [{"epoch": "2"}, {"epoch": True}, {"epoch": float("nan")}, {"at": None}])
def test_nor_for_an_epoch(strange):
    scrubbed = {"run": "run", "epoch": 2, "at": 9}
    assert _events({"epoch": scrubbed}, a_content(1)).epoch == 2
    assert _events({"epoch": scrubbed | strange}, a_content(1)) == StageEvents()


def test_the_loader_imports_relative_to_the_page():
    """So that the app also works below a base path."""
    text = loader(Published("app/static/vendor/stage-1/", "app/static/vendor/plotly-2.js"), "stage")
    assert 'new URL("app/static/vendor/stage-1/", document.baseURI)' in text
    assert 'new URL("stage.js", base)' in text
    assert '"/app' not in text
