"""The page without a browser: fields, presets, bad input, and the buttons' effect on the book."""

import re
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.texts import say
from lstm_core.data.yahoo import download as yahoo
from lstm_core.errors import DataUnavailable
from lstm_core.phrases import verbatim
from lstm_core.runs.run import load
from tests.helpers.app_page import APP, on_stage, open_page, texts
from tests.helpers.places import ROOT
from tests.helpers.series import wave

FIRST = load(ROOT / "assets" / "first_run" / "run")
BAD_CSV = b"name,colour\nanna,red\nbob,blue\n"
GOOD_CSV = b"date,price\n" + b"".join(
    b"2024-%02d-%02d,%d\n" % (1 + d // 28, 1 + d % 28, 100 + d * d % 37) for d in range(330)
)


@pytest.fixture(scope="module")
def page() -> AppTest:
    return open_page()


def widget(kind, label: str):
    return next(each for each in kind if each.label == label)


def test_it_opens_on_the_trained_run_with_its_verdict_against_naive(page):
    assert "than repeating yesterday's price" in on_stage(page)
    assert "always saying the commoner one" in on_stage(page)
    assert len(page.get("bidi_component")) == 2  # the stage, and the place that knows the browser
    assert not page.error


def test_every_field_has_help(page):
    kinds = (page.selectbox, page.slider, page.number_input, page.multiselect)
    fields = [each for kind in kinds for each in kind]
    assert len(fields) > 20
    assert [each.label for each in fields if not each.help] == ["Series"]


def on_show(page: AppTest) -> list[str]:
    return re.findall("◆ on show: ([^<]+)<", "".join(each.proto.body for each in page.get("html")))


def test_a_preset_fills_the_fields_and_says_what_is_on_show():
    page = open_page()
    widget(page.button, "Tiny").click().run()
    assert widget(page.slider, "Hidden units").value == 8
    assert widget(page.slider, "Window, days").value == 30
    shown = FIRST.hyperparameters
    assert {str(shown.hidden_size), str(shown.window_length)} <= set(on_show(page))
    assert page.query_params["hidden_size"] == "8"
    widget(page.button, say("settings.use")).click().run()
    assert widget(page.slider, "Hidden units").value == shown.hidden_size
    assert widget(page.slider, "Window, days").value == shown.window_length
    assert on_show(page) == []
    assert say("settings.use") not in {each.label for each in page.button}


def test_settings_that_are_closed_away_count_and_tell_that_they_differ():
    page = open_page(False, learning_rate="0.02")
    assert "Learning rate" not in {each.label for each in page.number_input}
    assert "◆ 1 differs" in "".join(each.proto.body for each in page.get("html"))
    assert page.query_params["learning_rate"] == "0.02"
    widget(page.button, say("settings.use")).click().run()
    assert "differs" not in "".join(each.proto.body for each in page.get("html"))
    assert "learning_rate" not in page.query_params


def test_a_preset_keeps_what_was_typed_and_drops_a_burn_in_that_does_not_fit():
    page = open_page(burn_in="40")
    widget(page.number_input, "Seed").set_value(11)
    widget(page.button, "Tiny").click().run()
    assert not page.exception
    assert not page.warning
    assert widget(page.number_input, "Seed").value == 11
    assert (page.query_params["hidden_size"], page.query_params["window_length"]) == ("8", "30")
    assert "burn_in" not in page.query_params
    widget(page.button, "Large").click().run()
    assert page.query_params["window_length"] == "120"


def test_a_value_that_is_typed_just_before_the_click_is_trained_with():
    """The field's change and the click then come to the server as one."""
    page = open_page(hidden_size="4", epochs="2", window_length="20", burn_in="5")
    widget(page.slider, "Hidden units").set_value(6)
    widget(page.button, "Train").click().run()
    assert page.session_state["tab"].runs.kept(page.query_params["job"]).hyperparameters.hidden_size == 6
    assert on_show(page) == []
    widget(page.button, "Stop").click().run()


def test_settings_that_cannot_stand_together_are_one_sentence_and_no_training():
    page = open_page(burn_in="10")
    widget(page.slider, "Window, days").set_value(5).run()
    assert "Burn-in must be less than Window (5); got 10." in texts(page.warning)
    assert widget(page.button, "Train").disabled
    widget(page.slider, "Window, days").set_value(60).run()
    assert not page.warning
    assert not widget(page.button, "Train").disabled


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"hidden_size": "100000"}, "Passed over in the link: Hidden units must be a whole number from 1 to 512"),
        ({"job": "../../etc/passwd"}, "The run in the link is no longer kept."),
        ({"job": "<b>x</b>"}, "The run in the link is no longer kept."),
        ({"source": "synthetic", "synthetic": "sine", "length": "30"}, "Window must be shorter for this series"),
    ],
)
def test_a_hostile_or_old_link_opens_the_page_with_one_sentence(query, sentence):
    page = open_page(**query)
    assert sentence in texts(page.warning)
    assert "than repeating yesterday's price" in on_stage(page)


def test_yahoo_out_of_reach_keeps_what_was_there():
    page = open_page(source="yahoo", ticker="!!")
    assert len(page.error) == 1
    assert "Ticker must be letters" in page.error[0].value
    assert "than repeating yesterday's price" in on_stage(page)


def test_a_csv_that_is_none_is_one_sentence_and_a_good_one_becomes_the_series():
    page = open_page(source="csv")
    assert widget(page.button, "Train").disabled
    page.file_uploader[0].upload("people.csv", BAD_CSV, "text/csv").run()
    assert not page.exception
    assert len(page.error) == 1
    page.file_uploader[0].upload("prices.csv", GOOD_CSV, "text/csv").run()
    assert not page.error
    assert "330 days, 1 Jan 2024 to 22 Dec 2024." in texts(page.caption)
    assert not widget(page.button, "Train").disabled


def test_buttons_in_any_order_never_break_the_page():
    page = open_page(epochs="5000")  # none ends by itself meanwhile
    assert not {"Pause training", "One epoch", "Stop", "Reset"} & {each.label for each in page.button}
    widget(page.button, "Train").click().run()
    assert "job" in page.query_params
    pressed = ["Pause training", "One epoch", "Reset", "One epoch", "Reset", "Stop", "Train", "Train", "Stop", "Reset"]
    for label in pressed:
        assert not widget(page.button, label).disabled, label
        widget(page.button, label).click().run()
        assert not page.exception
        assert not page.error


def test_a_horizon_too_long_for_the_series_is_said_beside_its_field():
    short = open_page(source="synthetic", synthetic="sine", length="130")
    assert "At most " not in texts(open_page().caption)
    said = re.search(r"At most (\d+) for this series; the forecast ends there", texts(short.caption))
    assert said
    assert int(said[1]) < 20


def test_what_yahoo_refused_can_be_asked_for_again(monkeypatch):
    asked = []

    def refuse(*choice):
        asked.append(choice)
        raise DataUnavailable(verbatim("Yahoo Finance is out of reach."))

    monkeypatch.setattr(yahoo, "fetch", refuse)
    page = open_page(source="yahoo", ticker="MSFT")
    assert "out of reach" in texts(page.error)
    page.run()
    assert len(asked) == 1
    widget(page.button, say("page.retry")).click().run()
    assert len(asked) == 2
    monkeypatch.setattr(yahoo, "fetch", lambda *choice: replace(wave(400), title="Found at last"))
    widget(page.button, say("page.retry")).click().run()
    assert not page.error
    assert say("page.retry") not in [each.label for each in page.button]


def test_fields_that_know_more_than_the_link_are_what_the_page_shows():
    """Of a browser that comes back to a server begun anew: its fields come after the first picture."""
    page = AppTest.from_file(str(APP), default_timeout=60)
    page.session_state["sample-0"] = "FB"
    page.run()
    assert "Not trained yet" in on_stage(page)
    assert page.query_params["sample"] == "FB"
