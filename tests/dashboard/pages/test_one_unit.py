"""The page of the smallest LSTM without a browser: what travels, and what its fields and buttons train."""

import json
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components import Delivered
from dashboard.components.one_unit import ONE_UNIT
from dashboard.components.payload import pack
from lstm_core.experiments.one_unit import OneUnitRun, train_one_unit
from tests.helpers.places import ROOT

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
    """Run until the worker has answered; no browser asks again by itself here."""
    tab = app.session_state["tab"]
    next(reversed(tab.answers.futures.values())).exception(60)
    return app.run()


@pytest.fixture(scope="module")
def opened() -> AppTest:
    return settle(AppTest.from_function(page, default_timeout=60).run())


def told(app: AppTest) -> bytes:
    assert not app.exception
    return app.get("bidi_component")[0].proto.bytes


def shown(app: AppTest) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    return read(told(app))


def button(app: AppTest, label: str):
    return next(each for each in app.button if each.label == label)


def test_it_trains_by_itself_once_and_shows_what_came(opened):
    expected = train_one_unit(16, 500, 0.1)
    assert np.array_equal(shown(opened)[1]["scalars"], expected.scalars)


def test_another_training_is_the_next_seed_and_the_fields_say_so():
    app = settle(AppTest.from_function(page, default_timeout=60).run())
    before = unpacked(told(app))[0]["revision"]
    next(each for each in app.slider if each.label == "Epochs").set_value(40)
    app.run()
    assert unpacked(told(app))[0] == {"revision": before}  # nothing trains before a button is pressed
    app = settle(button(app, "Train from new random scalars").click().run())
    assert next(each for each in app.number_input if each.label == "Seed").value == 17
    assert np.array_equal(shown(app)[1]["predictions"], train_one_unit(17, 40, 0.1).predictions)


def test_every_field_has_help(opened):
    assert all(each.help for kind in (opened.slider, opened.number_input) for each in kind)
