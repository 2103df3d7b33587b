"""Messages for the stage, read back by a decoder that shares nothing with the encoder."""

from dataclasses import replace

import numpy as np
import pytest

from dashboard.components import STAGE, Delivered, Film, Forecast, Predictions, StageContent, Status, Training
from dashboard.components.inside_data import Network
from dashboard.components.payload import pack
from lstm_core.errors import InvalidArgument
from lstm_core.hyperparameters import Resolved
from lstm_core.network.cells import CELLS
from lstm_core.network.forecaster import build, save_weights
from tests.helpers.messages import read
from tests.helpers.stage_content import N, T, a_chart, a_content, a_film, a_forecast, a_trace


def test_every_array_of_a_scene_arrives_unchanged():
    content = a_content(1, 3)
    assert content.predictions is not None
    found = read(pack(STAGE.encode(content)))
    chart, predictions, forecast, losses = (
        found[name]["body"] for name in ("chart", "predictions", "forecast", "losses")
    )
    np.testing.assert_array_equal(chart["price"], content.chart.price)
    np.testing.assert_array_equal(chart["dates"].astype("datetime64[ms]"), content.chart.dates)
    np.testing.assert_array_equal(predictions["positions"], content.predictions.positions)
    np.testing.assert_array_equal(predictions["naive"], content.predictions.naive)
    for name in ("price", "lower", "upper", "naive"):
        np.testing.assert_array_equal(forecast[name], getattr(content.forecast, name))
    for name in ("epochs", "train", "validation"):
        np.testing.assert_array_equal(losses[name], getattr(content.losses, name))
    assert content.film is not None
    assert content.verdict is not None
    assert found["film"]["body"]["largest_move"] == content.film.largest_move
    assert found["verdict"]["body"] == {"short": content.verdict.short, "sentences": list(content.verdict.sentences)}


@pytest.mark.parametrize("cell", CELLS)
def test_every_activation_of_every_cell_arrives_where_its_name_says(cell):
    film = a_film(2, cell=cell)
    found = read(pack(STAGE.encode(a_content(2, film=film))))["film"]
    trace, snapshot = film.snapshots[0].trace, found["snapshots"][0]
    assert snapshot["activations"].shape == (len(CELLS[cell].activations), 2, T, 3)
    assert found["body"]["activations"] == list(CELLS[cell].activations)
    for index, name in enumerate(found["body"]["activations"]):
        np.testing.assert_array_equal(snapshot["activations"][index], trace.activations[name])
    np.testing.assert_array_equal(snapshot["inputs"], trace.inputs)
    np.testing.assert_array_equal(snapshot["prediction"], trace.prediction)
    np.testing.assert_array_equal(snapshot["head_weight"], film.snapshots[0].head_weight)
    assert snapshot["head_bias"] == 0.25


@pytest.mark.parametrize("cell", CELLS)
def test_whatever_names_a_cell_brings_the_row_of_the_table(cell):
    """The film, the network and the status of one without a film; by hand for a GRU and a peephole LSTM."""
    weights = save_weights(build(Resolved(cell=cell, hidden_size=3, num_layers=2, inputs=("level",), target="level")))
    kinds = {"inputs": ("level",), "target": "level", "scales": {"level": (0.0, 1.0)}}
    network = Network(run="run", epoch=2, cell=cell, weights=weights, **kinds)
    told = a_content(2, film=a_film(2, cell=cell), network=network, status=Status(cell=cell))
    found = read(pack(STAGE.encode(told)))
    bodies = [found[name]["body"] for name in ("film", "network", "status")]
    for body in bodies:
        assert body["cell"] == cell
        assert (body["blocks"], body["activations"]) == (list(CELLS[cell].blocks), list(CELLS[cell].activations))
        assert body["keeps"] == CELLS[cell].keeps
        if cell == "GRU":
            gates, others = ("reset_gate", "update_gate"), ("candidate", "hidden_state")
            assert body["bounds"] == {name: [0, 1] for name in gates} | {name: [-1, 1] for name in others}
        assert body["peepholes"] == (["weight_ci", "weight_cf", "weight_co"] if cell == "PeepholeLSTM" else [])
    assert len(bodies[1]["layers"]) == 2
    for layer, sent in enumerate(bodies[1]["layers"]):
        expected = {name.removesuffix(f"_l{layer}"): value for name, value in weights.items() if f"_l{layer}" in name}
        assert set(sent) == set(expected)
        for name, value in expected.items():
            np.testing.assert_array_equal(sent[name], value, err_msg=name)


def test_an_unknown_target_is_missing_in_the_array_and_never_in_the_json():
    found = read(pack(STAGE.encode(a_content(1))))["film"]["body"]
    assert np.isnan(found["target_price"][-1])
    assert np.isfinite(found["target_price"][:-1]).all()


def sent(delivered: Delivered, content: StageContent) -> None:
    delivered.stamp(STAGE.encode(content, delivered.names), is_still=False)


def test_what_the_browser_holds_is_not_sent_again():
    delivered, content = Delivered(), a_content(1, 2)
    sent(delivered, content)
    second = STAGE.encode(content, delivered.names)
    assert second["buffer"] == b""
    assert second["header"]["film"]["snapshots"] == []
    assert second["header"]["film"]["epochs"] == [1, 2]
    sections = {name: told for name, told in second["header"].items() if isinstance(told, dict)}
    assert {"chart", "film", "losses", "predictions", "status"} <= set(sections)
    assert [name for name, told in sections.items() if "body" in told] == []


def test_a_live_update_brings_the_newest_snapshot_alone():
    delivered = Delivered()
    sent(delivered, a_content(1, 2))
    update = STAGE.encode(a_content(1, 2, 2.5), delivered.names)
    assert [snapshot["epoch"] for snapshot in update["header"]["film"]["snapshots"]] == [2.5]
    assert "body" not in update["header"]["film"]
    assert "body" not in update["header"]["chart"]
    assert "body" in update["header"]["predictions"]  # of a newer epoch


def test_one_changed_number_is_a_change():
    delivered, content = Delivered(), a_content(1)
    sent(delivered, content)
    price = content.chart.price.copy()
    price[-1] += 1e-9
    changed = STAGE.encode(replace(content, chart=replace(content.chart, price=price)), delivered.names)["header"]
    assert "body" in changed["chart"]
    assert "body" not in changed["losses"]


def test_a_section_that_came_back_is_sent_anew_for_the_browser_keeps_only_the_newest():
    delivered, one, other = Delivered(), a_content(1), a_content(1, chart=a_chart(id="MSFT"))
    for content in (one, other):
        sent(delivered, content)
    assert "body" in STAGE.encode(one, delivered.names)["header"]["chart"]


def test_a_film_that_came_back_is_not_sent_anew():
    delivered, one, other = Delivered(), a_content(1), a_content(1, film=a_film(1, id="run:30"))
    for content in (one, other):
        sent(delivered, content)
    entry = STAGE.encode(one, delivered.names)["header"]["film"]
    assert "body" not in entry
    assert entry["snapshots"] == []


def test_a_scene_of_a_chart_alone_says_that_there_is_nothing_else():
    header = STAGE.encode(a_content(1, predictions=None, forecast=None, film=None, losses=None))["header"]
    assert [header[name] for name in ("predictions", "forecast", "film", "losses")] == [None] * 4


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("USD", {"before": "$", "after": "", "decimals": 2, "money": True}),
        ("GBp", {"before": "", "after": "p", "decimals": 2, "money": True}),
        ("°C", {"before": "", "after": "\u00a0°C", "decimals": 2, "money": False}),
        ("", {"before": "", "after": "", "decimals": 2, "money": False}),
    ],
)
def test_the_browser_is_told_how_amounts_are_written(unit, expected):
    assert STAGE.encode(a_content(1, chart=a_chart(unit=unit)))["header"]["chart"]["body"]["unit"] == expected


def test_no_forecast_without_the_naive_one():
    with pytest.raises(TypeError, match="naive"):
        Predictions(epoch=1, positions=np.arange(3), price=np.ones(3))  # pyright: ignore[reportCallIssue]
    with pytest.raises(TypeError, match="naive"):
        Forecast(dates=np.arange(3), price=np.ones(3), lower=np.ones(3), upper=np.ones(3), level=0.9)  # pyright: ignore[reportCallIssue]
    with pytest.raises(InvalidArgument, match="naive"):
        Predictions(epoch=1, positions=np.arange(3), price=np.ones(3), naive=np.full(3, np.nan))
    with pytest.raises(InvalidArgument, match="naive"):
        replace(a_forecast(), naive=np.array([]))
    with pytest.raises(InvalidArgument, match="naive_price"):
        replace(a_film(1), naive_price=np.full(T, np.nan))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("cell", {"cell": "CNN"}),
        ("cell_state_bound", {"cell_state_bound": None}),
        ("cell_state_bound", {"cell_state_bound": float("nan")}),
        ("snapshots", {"cell": "RNN"}),
        ("snapshots", {"input_names": ["return"]}),
        ("target", {"target": np.ones(T + 1)}),
        ("training", {"training": Training(batch_size=8, windows=9, dropout=0, output_dropout=0, first_scored=T)}),
    ],
)
def test_a_film_that_contradicts_itself_is_refused(name, change):
    with pytest.raises(InvalidArgument) as raised:
        replace(a_film(1), **change)
    assert raised.value.argument == name


def test_how_training_feeds_the_network_arrives():
    body = read(pack(STAGE.encode(a_content(1))))["film"]["body"]
    assert body["training"] == {
        "batch_size": 8,
        "windows": 100,
        "dropout": 0.25,
        "output_dropout": 0.5,
        "first_scored": 3,
    }


@pytest.mark.parametrize(
    "wrong", [{"batch_size": 0}, {"windows": 0}, {"dropout": 1.0}, {"output_dropout": 1.0}, {"first_scored": -1}]
)
def test_a_training_that_cannot_be_is_refused(wrong):
    with pytest.raises(InvalidArgument) as raised:
        Training(
            **({"batch_size": 8, "windows": 100, "dropout": 0.25, "output_dropout": 0.5, "first_scored": 3} | wrong)
        )
    assert raised.value.argument == next(iter(wrong))


def test_other_contradictions_are_refused_with_their_name():
    with pytest.raises(InvalidArgument, match="train_stop"):
        replace(a_chart(), train_stop=N + 1)
    with pytest.raises(InvalidArgument, match="price"):
        replace(a_chart(), price=np.full(N, np.nan))
    with pytest.raises(InvalidArgument, match="level"):
        replace(a_forecast(), level=90)
    with pytest.raises(InvalidArgument, match="state"):
        Status(state="dancing")


@pytest.mark.parametrize("name", ["head_weight", "values"])
def test_a_film_takes_no_snapshot_of_another_size(name):
    film = a_film(1)
    with pytest.raises(InvalidArgument, match=name):
        replace(film, snapshots=[replace(film.snapshots[0], **{name: np.ones(5)})])


def test_a_film_may_come_without_snapshots():
    film = Film(**{**vars(a_film(1)), "snapshots": ()})
    assert STAGE.encode(a_content(1, film=film))["header"]["film"]["epochs"] == []


def test_traces_of_the_samples_differ_by_epoch():
    """The other tests would not notice a snapshot under the wrong epoch if all were alike."""
    assert not np.array_equal(a_trace(seed=10).inputs, a_trace(seed=20).inputs)
