"""The first model's training: data by hand, steps of packed batches against a loop without any batch, and the check."""

import pickle
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

from lstm_core.errors import InvalidArgument
from lstm_core.experiments.first_model import check, ragged
from lstm_core.experiments.first_model.task import HELD_OUT, Check, FirstModel, batch, held_out, naive_scores
from tests.helpers.slices import Trained, begun, train
from tests.helpers.small_runs import assert_same_bits

SMALL = FirstModel(hidden_size=5, batch_size=4, longest=6, steps=12)


def in_float64(state: Trained) -> tuple[nn.LSTM, nn.Linear]:
    arrays = {name: torch.tensor(value) for name, value in state.weights.items()}
    network, head = nn.LSTM(1, state.task.hidden_size).double(), nn.Linear(state.task.hidden_size, 1).double()
    head.load_state_dict({"weight": arrays.pop("head.weight"), "bias": arrays.pop("head.bias")})
    network.load_state_dict(arrays)
    return network, head


def test_a_batch_has_every_length_and_the_mean_of_each_walk():
    drawn = batch(replace(SMALL, batch_size=900), 3)
    assert sorted(set(drawn.lengths.tolist())) == [1, 2, 3, 4, 5, 6]
    assert np.bincount(drawn.lengths)[1:].min() > 110  # of 150 for each
    assert drawn.values.shape == (900, 6)
    for values, length, target in zip(drawn.values, drawn.lengths, drawn.target, strict=True):
        assert not values[length:].any()
        assert target == pytest.approx(sum(values[:length].tolist()) / length, abs=1e-5)
    steps = np.diff(drawn.values[drawn.lengths == 6], axis=1)
    assert steps.std() == pytest.approx(1, abs=0.05)
    assert np.array_equal(batch(SMALL, 3).values, batch(SMALL, 3).values)
    assert not np.array_equal(batch(SMALL, 3).target, batch(SMALL, 4).target)
    assert len(held_out(SMALL).target) == HELD_OUT
    np.testing.assert_array_equal(held_out(SMALL).target, held_out(replace(SMALL, seed=9)).target)


def test_padding_mask_mean_and_last_value_by_hand():
    values, mask = ragged.pad([np.array([2.0, 4.0]), np.array([5.0]), np.array([1.0, 1.0, 7.0])])
    assert values.tolist() == [[2, 4, 0], [5, 0, 0], [1, 1, 7]]
    assert mask.tolist() == [[True, True, False], [True, False, False], [True, True, True]]
    assert ragged.means(values, mask).tolist() == [3, 5, 3]
    assert ragged.last_where(values, mask).tolist() == [4, 5, 7]


def test_the_steps_are_those_of_a_loop_over_sequences_one_by_one_in_float64():
    first = begun(SMALL)
    network, head = in_float64(first)
    parameters = [*network.parameters(), *head.parameters()]
    optimizer, losses = torch.optim.Adam(parameters, lr=0.01), []
    for step in range(12):
        optimizer.param_groups[0]["lr"] = 0.01 * 0.5 * (1 + np.cos(np.pi * step / 12))
        drawn, errors = batch(SMALL, step), []
        for values, length in zip(drawn.values, drawn.lengths, strict=True):
            alone = torch.tensor(values[:length]).double()[:, None]
            errors.append(head(network(alone)[0][-1]) - alone.mean())
        optimizer.zero_grad()
        loss = (torch.stack(errors) ** 2).mean()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        losses.append(loss.item())
    trained = train(first)
    np.testing.assert_allclose(trained.history.train, losses, rtol=1e-5)
    for name, parameter in network.named_parameters():
        np.testing.assert_allclose(trained.weights[name], parameter.detach().numpy(), atol=5e-6)


def test_weights_are_the_same_bits_in_one_slice_and_in_many():
    whole, cut = train(SMALL), train(pickle.loads(pickle.dumps(begun(SMALL))), seconds=0.0)
    assert cut.slices == 12
    assert_same_bits(whole.weights, cut.weights)
    assert np.array_equal(whole.history.curve("rmse"), cut.history.curve("rmse"))
    assert whole.outcome == "finished"


def test_packed_batches_train_a_cell_that_torch_nn_has_not():
    """Each held-out sequence packed is what it is alone, and the loss falls."""
    settings = replace(SMALL, cell="PeepholeLSTM", steps=60)
    state = train(settings)
    assert check(settings, state.weights).difference < 1e-6
    assert state.score("rmse") < 0.9 * begun(settings).score("rmse")


def test_it_begins_as_pytorch_draws_it():
    torch.manual_seed(7)
    network, head = nn.LSTM(1, 5), nn.Linear(5, 1)
    weights = begun(replace(SMALL, seed=7)).weights
    for name, value in network.named_parameters():
        np.testing.assert_array_equal(weights[name], value.detach().numpy())
    np.testing.assert_array_equal(weights["head.weight"], head.weight.detach().numpy())


def test_the_check_runs_held_out_sequences_packed_and_one_by_one():
    state = train(SMALL)
    found, drawn = check(SMALL, state.weights), held_out(SMALL)
    network, head = in_float64(state)
    with torch.no_grad():
        alone = [
            head(network(torch.tensor(values[:length]).double()[:, None])[0][-1]).item()
            for values, length in zip(drawn.values, drawn.lengths, strict=True)
        ]
    assert found.rmse == pytest.approx(np.sqrt(np.mean((np.array(alone) - drawn.target) ** 2)), rel=1e-5)
    assert found.rmse == pytest.approx(state.score("rmse"), rel=1e-6)
    assert found.naive_rmse == pytest.approx(np.sqrt(np.mean(drawn.target**2)), rel=1e-6)
    assert naive_scores(SMALL) == {"rmse": found.naive_rmse}
    assert found.difference < 1e-6


def test_zero_is_the_best_constant_answer():
    target = np.concatenate([batch(replace(SMALL, batch_size=1024), step).target for step in range(20)])
    assert target.mean() == pytest.approx(0, abs=0.05)


def test_it_worked_only_if_it_beats_naive_and_the_batch_changes_nothing():
    assert Check(0.1, 1.0, 1e-6).worked
    assert Check(0.1, 1.0, 1e-6).times_better == pytest.approx(10)
    assert not Check(0.11, 1.0, 1e-6).worked
    assert not Check(0.05, 1.0, 2e-5).worked


def test_what_is_no_first_model_is_refused():
    with pytest.raises(InvalidArgument, match="longest must be a whole number from 2 to 200; got 1"):
        FirstModel(longest=1)
