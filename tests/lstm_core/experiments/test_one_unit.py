"""The smallest LSTM against torch.nn.LSTMCell and torch's own Adam."""

import pickle

import numpy as np
import pytest
import torch

from lstm_core.errors import InvalidArgument
from lstm_core.experiments.one_unit import COMPANIES, OneUnitSettings, naive_loss
from lstm_core.network.equations import LayerWeights, lstm_step
from tests.helpers.slices import begun, train, train_one_unit

PRICES = torch.tensor([[0, 0.5, 0.25, 1], [1, 0.5, 0.25, 1]], dtype=torch.float64)
TARGETS = torch.tensor([0, 1], dtype=torch.float64)


def cell_with(scalars: np.ndarray) -> torch.nn.LSTMCell:
    """PyTorch's cell with these (4, 3) scalars; its second bias is zero."""
    cell = torch.nn.LSTMCell(1, 1, dtype=torch.float64)
    columns = torch.from_numpy(scalars)
    weights = {"weight_ih": columns[:, :1], "weight_hh": columns[:, 1:2], "bias_ih": columns[:, 2]}
    cell.load_state_dict(weights | {"bias_hh": torch.zeros(4)})
    return cell


def predict(cell: torch.nn.LSTMCell) -> torch.Tensor:
    h = c = torch.zeros(2, 1, dtype=torch.float64)
    for prices in PRICES.T:
        h, c = cell(prices[:, None], (h, c))
    return h[:, 0]


def test_the_companies_are_the_classic_ones():
    assert COMPANIES == {"A": ((0.0, 0.5, 0.25, 1.0), 0.0), "B": ((1.0, 0.5, 0.25, 1.0), 1.0)}


@pytest.mark.parametrize("epoch", [0, 1, 7, 60])
def test_predictions_and_losses_are_those_of_torchs_cell(epoch):
    run = train_one_unit(4, 60, 0.1)
    with torch.no_grad():
        predictions = predict(cell_with(run.scalars[epoch]))
    np.testing.assert_allclose(run.predictions[epoch], predictions, rtol=0, atol=1e-12)
    assert run.losses[epoch] == pytest.approx(torch.nn.functional.mse_loss(predictions, TARGETS).item(), abs=1e-12)


def test_five_epochs_are_five_steps_of_torchs_adam_on_torchs_cell():
    run = train_one_unit(2, 5, 0.03)
    cell = cell_with(run.scalars[0])
    cell.bias_hh.requires_grad_(False)
    optimizer = torch.optim.Adam([cell.weight_ih, cell.weight_hh, cell.bias_ih], lr=0.03)
    for epoch in range(1, 6):
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(predict(cell), TARGETS).backward()
        optimizer.step()
        columns = [cell.weight_ih, cell.weight_hh, cell.bias_ih[:, None]]
        np.testing.assert_allclose(run.scalars[epoch], torch.cat(columns, dim=1).detach(), rtol=0, atol=1e-12)


def bare_loop(seed: int, epochs: int, rate: float) -> list[np.ndarray]:
    """The twelve scalars after each epoch: torch's Adam, our equations, and nothing of the training loop."""
    scalars = torch.from_numpy(begun(OneUnitSettings(seed=seed)).weights["scalars"]).requires_grad_()
    optimizer = torch.optim.Adam([scalars], lr=rate)
    ages = []
    for _ in range(epochs):
        weight_ih, weight_hh, bias = scalars.split(1, dim=1)
        weights = LayerWeights(weight_ih, weight_hh, bias[:, 0], torch.zeros(4, dtype=torch.float64))
        h = c = torch.zeros(2, 1, dtype=torch.float64)
        for from_input in weights.from_input(PRICES[..., None]).unbind(dim=1):
            step = lstm_step(from_input, h, c, weights)
            h, c = step.hidden_state, step.cell_state
        optimizer.zero_grad()
        (h[:, 0] - TARGETS).square().mean().backward()
        optimizer.step()
        ages.append(scalars.detach().numpy().copy())
    return ages


@pytest.mark.parametrize("seconds", [0.0, 1e9], ids=["a step a slice", "at once"])
def test_its_bits_are_those_of_a_loop_by_hand_however_it_is_cut(seconds):
    run = train_one_unit(3, 60, 0.1, seconds)
    for epoch, scalars in enumerate(bare_loop(3, 60, 0.1), start=1):
        assert run.scalars[epoch].tobytes() == scalars.tobytes(), epoch


def test_a_step_is_an_epoch_and_every_epoch_is_kept():
    trained = train(OneUnitSettings(epochs=60), seconds=0.0)
    assert (trained.slices, trained.checkpoint.step, trained.outcome) == (60, 60, "finished")
    assert list(trained.kept) == list(range(61))


def test_what_it_says_for_both_companies_is_scored_beside_the_naive_answer():
    problem = OneUnitSettings(seed=5).problem()
    assert problem.baseline_scores() == {"loss": 0.5, "prediction_A": 1.0, "prediction_B": 1.0}
    assert problem.scores().keys() == problem.baseline_scores().keys()


def test_it_begins_with_random_weights_and_no_biases():
    beginnings = np.array([train_one_unit(seed, 1, 0.1).scalars[0] for seed in range(200)])
    assert not beginnings[:, :, 2].any()
    assert beginnings[:, :, :2].mean() == pytest.approx(0, abs=0.1)  # 1,600 draws: 4 standard errors
    assert beginnings[:, :, :2].std() == pytest.approx(1, abs=0.08)


@pytest.mark.parametrize("seed", [1, 4, 16])
def test_the_unit_learns_to_remember_day_one(seed):
    run = train_one_unit(seed, 500, 0.1)
    assert run.scalars.shape == (501, 4, 3)
    assert run.losses.shape == (501,)
    assert run.predictions[-1] == pytest.approx([0, 1], abs=0.05)


def test_the_page_opens_on_a_unit_that_has_learnt():
    assert train_one_unit(16, 500, 0.1).predictions[-1] == pytest.approx([0, 1], abs=0.01)


def test_the_same_seed_is_the_same_run_and_it_travels():
    first, again = train_one_unit(3, 20, 0.1), pickle.loads(pickle.dumps(train_one_unit(3, 20, 0.1)))
    for name in ("scalars", "losses", "predictions"):
        assert np.array_equal(getattr(first, name), getattr(again, name))
        assert getattr(first, name).dtype == np.float64
    assert not np.array_equal(first.scalars, train_one_unit(4, 20, 0.1).scalars)


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        *(("seed", bad) for bad in (-1, 2**31, 1.5, True, None)),
        *(("epochs", bad) for bad in (0, 501, 10.0, "10", False)),
        *(("learning_rate", bad) for bad in (0.0099, 1.01, float("nan"), float("inf"), "0.1", True)),
    ],
)
def test_a_bad_argument_is_named(name, bad):
    with pytest.raises(InvalidArgument, match=f"^{name} must be a .*number from .*; got") as caught:
        train_one_unit(**({"seed": 1, "epochs": 10, "learning_rate": 0.1} | {name: bad}))
    assert caught.value.argument == name


def test_repeating_day_four_is_off_by_one_for_company_a_and_right_for_b():
    assert naive_loss() == 0.5


def test_what_counts_as_learnt():
    learnt, missed = (train_one_unit(seed, 500, 0.1) for seed in (16, 36))  # the second ends at 0.119 for A
    assert (learnt.is_learnt, missed.is_learnt) == (True, False)
    assert missed.is_near == {"A": False, "B": True}
    first = learnt.first_low
    assert first is not None
    assert learnt.losses[first] < 0.01 <= learnt.losses[:first].min()
    assert train_one_unit(16, 20, 0.1).first_low is None
