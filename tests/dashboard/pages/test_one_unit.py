"""The page of the smallest LSTM without a browser: what travels, and what its fields and buttons train."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components import Delivered
from dashboard.components.one_unit import ONE_UNIT
from dashboard.components.payload import pack
from dashboard.session.browser_tab import SMALLEST, BrowserTab
from dashboard.session.experiment_run import ExperimentRun
from lstm_core.experiments.gap import Gap
from lstm_core.experiments.one_unit import OneUnitRun, OneUnitSettings
from tests.helpers.places import ROOT
from tests.helpers.slices import train_one_unit

FOLDER = ROOT / "dashboard"


def unpacked(data: bytes) -> tuple[dict[str, Any], bytes]:
    """What a message says of its content, and its arrays' bytes, by the format's description."""
    assert data[:4] == b"GATE"
    length = int.from_bytes(data[4:8], "little")
    return json.loads(data[8 : 8 + length])["content"], data[8 + length :]


def read(data: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """The content and its arrays."""
    told, buffer = unpacked(data)
    body, arrays = told["body"], {}
    for name in ("scalars", "losses", "predictions"):
        reference = body[name]
        count = int(np.prod(reference["shape"]))
        values = np.frombuffer(buffer, reference["dtype"], count, reference["offset"])
        arrays[name] = values.reshape(reference["shape"])
    return body, arrays


def test_the_message_carries_every_age_and_the_naive_answer():
    run = train_one_unit(3, 12, 0.1)
    body, arrays = read(pack(ONE_UNIT.encode(run)))
    for name, values in arrays.items():
        assert np.array_equal(values, getattr(run, name))
    assert arrays["scalars"].shape == (13, 4, 3)
    companies = [(each["name"], each["target"], each["naive"]) for each in body["companies"]]
    assert companies == [("A", 0, 1), ("B", 1, 1)]


def test_a_run_travels_once_unless_the_browser_lacks_it():
    runs, delivered = [train_one_unit(seed, 12, 0.1) for seed in (3, 4)], Delivered()

    def brings(run: OneUnitRun) -> bool:
        return "body" in unpacked(ONE_UNIT.message(run, "k", delivered, is_still=True).data)[0]

    assert [brings(run) for run in (runs[0], runs[0], runs[1], runs[0])] == [True, False, True, True]
    delivered.hear({"number": delivered.number, "lacks": ["all"]})
    assert [brings(runs[0]), brings(runs[0])] == [True, False]


def page():
    from dashboard.pages import one_unit as one_unit

    one_unit.page()


def settle(app: AppTest) -> AppTest:
    """Run until the training stands still; no browser asks again by itself here."""
    wait_for(app, lambda: not now(app).runs)
    return app.run()


def wait_for(app: AppTest, condition: Callable[[], bool]) -> None:
    tab: BrowserTab = app.session_state["tab"]
    tab.book._dispatch.wait_for(condition, 60)


def now(app: AppTest) -> ExperimentRun:
    """The training that the page shows."""
    run = app.session_state["tab"].runs.group(SMALLEST)
    assert run is not None
    return run


@pytest.fixture(scope="module")
def opened() -> AppTest:
    return settle(AppTest.from_function(page, default_timeout=60).run())


def told(app: AppTest) -> bytes:
    assert not app.exception
    return app.get("bidi_component")[0].proto.bytes


def shown(app: AppTest) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    return read(told(app))


def field(app: AppTest, label: str):
    return next(each for each in (*app.slider, *app.number_input) if each.label == label)


def button(app: AppTest, label: str):
    return next(each for each in app.button if each.label == label)


def test_it_trains_by_itself_once_and_shows_what_came(opened):
    expected = train_one_unit(16, 500, 0.1)
    assert np.array_equal(shown(opened)[1]["scalars"], expected.scalars)


def test_another_training_is_the_next_seed_and_the_fields_say_so():
    app = settle(AppTest.from_function(page, default_timeout=60).run())
    before = unpacked(told(app))[0]["revision"]
    field(app, "Epochs").set_value(40)
    app.run()
    assert unpacked(told(app))[0] == {"revision": before}  # nothing trains before a button is pressed
    app = settle(button(app, "Train from new random scalars").click().run())
    assert field(app, "Seed").value == 17
    assert np.array_equal(shown(app)[1]["predictions"], train_one_unit(17, 40, 0.1).predictions)


def test_its_training_is_a_job_that_pauses_goes_on_and_stops():
    app = AppTest.from_function(page, default_timeout=60).run()
    wait_for(app, lambda: now(app).jobs["LSTM"].epoch > 0)
    app = settle(button(app, "Pause training").click().run())
    job, paused = now(app).jobs["LSTM"], len(shown(app)[1]["losses"]) - 1
    assert (job.state, job.epoch) == ("paused", paused)
    assert f"Paused at epoch {paused} of 500." in [each.value for each in app.caption]
    app = button(app, "Resume training").click().run()
    assert now(app).runs
    app = settle(app)
    assert np.array_equal(shown(app)[1]["scalars"], train_one_unit(16, 500, 0.1).scalars)  # as if it had not paused
    assert all(button(app, label).disabled for label in ("Pause training", "Stop"))


def test_a_link_shows_the_same_training_to_somebody_else(opened):
    link = {"smallest": now(opened).id}
    assert dict(opened.query_params) == link
    app = AppTest.from_function(page, default_timeout=60)
    app.query_params["smallest"] = now(opened).id
    guest = app.run()
    assert now(guest).id == now(opened).id
    assert np.array_equal(shown(guest)[1]["scalars"], shown(opened)[1]["scalars"])
    assert dict(guest.query_params) == link


@pytest.mark.parametrize("is_gone", [True, False])
def test_a_link_to_what_is_no_training_of_it_trains_the_usual_one_and_says_so(opened, is_gone):
    """Gone, or the training of another experiment."""
    app = AppTest.from_function(page, default_timeout=60)
    book = opened.session_state["tab"].book
    app.query_params["smallest"] = "gone" if is_gone else book.train_together({"gap": Gap(gap=5, steps=1)})
    app.run()
    assert "no longer kept" in app.warning[0].value
    assert now(app).settings == {"LSTM": OneUnitSettings()}


def test_every_field_has_help(opened):
    helps = {each.label: each.help for kind in (opened.slider, opened.number_input) for each in kind}
    assert set(helps) == {"Epochs", "Seed", "Learning rate"}
    assert all(helps.values())
