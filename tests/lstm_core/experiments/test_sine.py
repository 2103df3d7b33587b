"""The sine: steps against plain PyTorch with states carried by hand, slices, and the forecast that feeds itself."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

from lstm_core.errors import InvalidArgument
from lstm_core.experiments.sine import ChunkStates, FreeRun, Sine, chunk_states, free_run, in_first_half, naive_scores
from tests.helpers import reference
from tests.helpers.slices import Trained, begun, train
from tests.helpers.small_runs import assert_same_bits

SMALL = Sine(hidden_size=6, period=8, observations=100, window_length=10, batch_size=2, steps=12)


@pytest.mark.parametrize("changes", [{}, {"cell": "GRU"}, {"mode": "windowed"}, {"cell": "PeepholeLSTM"}])
def test_weights_are_the_same_bits_in_one_slice_and_in_many(changes):
    settings = replace(SMALL, **changes)
    whole, cut = train(settings), train(settings, seconds=0.0)
    assert cut.slices == 12
    for name in whole.weights:
        assert np.array_equal(whole.weights[name], cut.weights[name]), name
    assert bool(whole.checkpoint.carried) == (settings.mode == "stateful")
    assert_same_bits(whole.checkpoint.carried, cut.checkpoint.carried)
    assert np.array_equal(whole.history.train, cut.history.train)
    assert np.array_equal(whole.history.curve("rmse"), cut.history.curve("rmse"))
    assert whole.outcome == "finished"


def loaded(state: Trained) -> tuple[nn.LSTM, nn.Linear]:
    network, head = nn.LSTM(1, 6, batch_first=True), nn.Linear(6, 1)
    arrays = {name: torch.tensor(value) for name, value in state.weights.items()}
    head.load_state_dict({"weight": arrays.pop("head.weight"), "bias": arrays.pop("head.bias")})
    network.load_state_dict(arrays)
    return network, head


def test_stateful_training_carries_states_over_and_cuts_the_gradient_between_chunks():
    """Two parts of 49 steps side by side, in 4 chunks of 10 each; a new pass begins from zero states."""
    first = begun(replace(SMALL, gradient_clip=0.0))
    network, head = loaded(first)
    parameters = [*network.parameters(), *head.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=0.005)
    values = torch.tensor(np.sin(2 * np.pi * np.arange(100) / 8), dtype=torch.float32)
    parts, losses, states = [values[:50], values[49:99]], [], None
    for step in range(12):
        optimizer.param_groups[0]["lr"] = 0.005 * 0.5 * (1 + np.cos(np.pi * step / 12))
        if step % 4 == 0:
            states = None
        here = slice(step % 4 * 10, step % 4 * 10 + 10)
        x = torch.stack([part[:-1][here] for part in parts])[..., None]
        y = torch.stack([part[1:][here] for part in parts])
        hidden, states = network(x, states)
        optimizer.zero_grad()
        loss = ((head(hidden)[..., 0] - y) ** 2).mean()
        loss.backward()
        optimizer.step()
        states = (states[0].detach(), states[1].detach())
        losses.append(loss.item())
    trained = train(first)
    np.testing.assert_allclose(trained.history.train, losses, atol=1e-6)
    for name, parameter in network.named_parameters():
        np.testing.assert_allclose(trained.weights[name], parameter.detach().numpy(), atol=5e-6)
    assert states is not None
    np.testing.assert_allclose(trained.checkpoint.carried["hidden_state"], states[0].numpy(), atol=1e-5)
    np.testing.assert_allclose(trained.checkpoint.carried["cell_state"], states[1].numpy(), atol=1e-5)


def test_windows_begin_from_zero_states_and_leave_nothing_behind():
    assert train(replace(SMALL, mode="windowed")).checkpoint.carried == {}


@pytest.mark.parametrize("mode", ["stateful", "windowed"])
def test_the_forecast_is_fed_with_its_own_predictions_alone(mode):
    """The reference reads everything again for each step, what it predicted itself included."""
    settings = replace(SMALL, mode=mode, steps=60)
    state = train(settings)
    run = free_run(settings, state.weights, periods=2)
    values = list(np.sin(2 * np.pi * np.arange(100) / 8))
    np.testing.assert_allclose(run.observed, values, atol=1e-12)
    np.testing.assert_allclose(run.truth, np.sin(2 * np.pi * np.arange(100, 116) / 8), atol=1e-12)
    assert (run.naive == values[-1]).all()
    assert naive_scores(settings)["rmse"] == pytest.approx(np.sqrt(0.5 + values[-1] ** 2))  # whole periods
    assert naive_scores(settings)["correlation"] == 0
    read = values if mode == "stateful" else values[-10:]
    for at in range(16):
        following = reference.predictions(state.weights, np.array(read)[:, None])[-1]
        assert run.forecast[at] == pytest.approx(following, abs=1e-5)
        read.append(following)
    three = free_run(settings, state.weights)
    assert state.score("rmse") == pytest.approx(np.sqrt(np.mean((three.forecast - three.truth) ** 2)))


@pytest.mark.parametrize("trained", [False, True])
def test_chunk_states_are_carried_over_or_begun_from_zero(trained):
    """The reference is torch.nn.LSTM in float64, one timestep a call, the states in its caller's hands."""
    state = train(SMALL) if trained else begun(SMALL)
    found = chunk_states(SMALL, state.weights if trained else None, chunks=3)
    network, head = (each.double() for each in loaded(state))
    values = np.sin(2 * np.pi * np.arange(30) / 8).astype(np.float32)
    assert (found.length, found.boundaries) == (10, [10, 20])
    np.testing.assert_allclose(found.values, values, atol=1e-6)
    for hidden, forecast, restarts in (
        (found.carried, found.carried_forecast, ()),
        (found.restarted, found.restarted_forecast, (10, 20)),
    ):
        states = None
        for t in range(30):
            with torch.no_grad():
                h, states = network(
                    torch.tensor([[[float(found.values[t])]]]).double(), None if t in restarts else states
                )
                np.testing.assert_allclose(hidden[t], h[0, 0], rtol=0, atol=1e-6)
                assert forecast[t] == pytest.approx(head(h)[0, 0].item(), abs=1e-6)
    np.testing.assert_allclose(found.carried[:10], found.restarted[:10], atol=1e-6)
    assert np.abs(found.carried[10] - found.restarted[10]).max() > 0.01
    # From zero states, the first step of a window knows nothing but its own value.
    np.testing.assert_allclose(
        found.restarted[10], network(torch.tensor([[[values[10].item()]]]).double())[0][0, 0].detach(), atol=1e-6
    )


def test_errors_within_chunks_leave_out_the_first_chunk_and_the_value_that_is_not_known():
    values = np.array([0.0, 1.0, 2.0, 4.0, 8.0, 16.0])
    states = ChunkStates(2, values, *[np.zeros((6, 1))] * 2, *[np.zeros(6)] * 2)
    # Naive holds the value just read: it errs by 2, 4, 8 and, after the last value, by nobody knows what.
    np.testing.assert_array_equal(states.errors_by_place(values), [(2 + 8) / 2, 4.0])


def test_no_more_chunks_than_there_are():
    assert len(chunk_states(SMALL, chunks=99).values) == 40


def test_correlation_and_rmse_by_hand():
    truth = np.sin(2 * np.pi * np.arange(24) / 8)
    late = FreeRun(truth, truth, np.roll(truth, 1), truth)  # an eighth of a period late
    assert late.correlation == pytest.approx(np.cos(np.pi / 4))
    assert late.rmse == pytest.approx(np.sqrt(1 - np.cos(np.pi / 4)))
    assert FreeRun(truth, truth, np.full(24, 0.5), truth).correlation == 0


def test_a_window_that_does_not_fit_twice_is_refused():
    with pytest.raises(InvalidArgument, match="window_length must be at most 24, so that two fit in a row; got 40"):
        Sine(observations=100, batch_size=2)
    assert Sine(observations=100, batch_size=2, mode="windowed").window_length == 40
    with pytest.raises(InvalidArgument, match="mode must be one of stateful, windowed"):
        Sine(mode="stateless")


def test_own_and_naive_errors_and_the_first_half_by_hand():
    values = np.array([0.0, 1.0, 2.0, 4.0, 8.0, 16.0])
    carried, restarted = values + 1, np.zeros(6)
    hidden = np.zeros((6, 1))
    states = ChunkStates(2, values, hidden, hidden, carried, restarted)
    np.testing.assert_array_equal(states.own_errors("stateful"), [(1 + 7) / 2, 3.0])
    np.testing.assert_array_equal(states.own_errors("windowed"), [(4 + 16) / 2, 8.0])
    np.testing.assert_array_equal(states.naive_errors, [(2 + 8) / 2, 4.0])
    assert in_first_half(np.array([1.0, 2.0, 30.0, 40.0])) == 1.5
    truth = np.sin(2 * np.pi * np.arange(24) / 8)
    assert FreeRun(truth, truth, truth, truth).is_in_phase
    assert not FreeRun(truth, truth, np.roll(truth, 1), truth).is_in_phase
