"""The page of the smallest LSTM without a browser: what travels, and what its fields and buttons train."""

import json
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.stage.payload import pack
from dashboard.stage.smallest import message
from lstm_core.smallest import train_smallest

FOLDER = Path(__file__).resolve().parents[2] / "dashboard"


def read(data: bytes) -> tuple[dict, dict[str, np.ndarray]]:
    """The header and the arrays of a packed message, by the format's description."""
    assert data[:4] == b"GATE"
    length = int.from_bytes(data[4:8], "little")
    header = json.loads(data[8 : 8 + length])
    arrays = {}
    for name in ("scalars", "losses", "predictions"):
        reference = header[name]
        count = int(np.prod(reference["shape"]))
        values = np.frombuffer(data, reference["dtype"], count, 8 + length + reference["offset"])
        arrays[name] = values.reshape(reference["shape"])
    return header, arrays


def test_the_message_carries_every_age_and_the_naive_answer():
    run = train_smallest(3, 12, 0.1)
    header, arrays = read(pack(message(run, "3", "smallest")))
    for name, values in arrays.items():
        assert np.array_equal(values, getattr(run, name))
    assert arrays["scalars"].shape == (13, 4, 3)
    assert [(each["name"], each["target"], each["naive"]) for each in header["companies"]] == [("A", 0, 1), ("B", 1, 1)]


def page():
    from dashboard.views import smallest

    smallest.page()


def settle(app: AppTest) -> AppTest:
    """Run until the worker has answered; no browser asks again by itself here."""
    visit = app.session_state["visit"]
    next(reversed(visit.answers.values())).exception(60)
    return app.run()


@pytest.fixture(scope="module")
def opened() -> AppTest:
    return settle(AppTest.from_function(page, default_timeout=60).run())


def shown(app: AppTest) -> tuple[dict, dict[str, np.ndarray]]:
    assert not app.exception
    return read(app.get("bidi_component")[0].proto.bytes)


def button(app: AppTest, label: str):
    return next(each for each in app.button if each.label == label)


def test_it_trains_by_itself_once_and_shows_what_came(opened):
    expected = train_smallest(16, 500, 0.1)
    assert np.array_equal(shown(opened)[1]["scalars"], expected.scalars)


def test_another_training_is_the_next_seed_and_the_fields_say_so():
    app = settle(AppTest.from_function(page, default_timeout=60).run())
    next(each for each in app.slider if each.label == "Epochs").set_value(40)
    app.run()
    assert shown(app)[1]["losses"].shape == (501,)  # nothing trains before a button is pressed
    app = settle(button(app, "Train from new random scalars").click().run())
    assert next(each for each in app.number_input if each.label == "Seed").value == 17
    assert np.array_equal(shown(app)[1]["predictions"], train_smallest(17, 40, 0.1).predictions)


def test_every_field_has_help(opened):
    assert all(each.help for kind in (opened.slider, opened.number_input) for each in kind)
