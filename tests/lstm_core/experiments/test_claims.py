"""What the experiments claim, trained until it shows: the long tests of the core."""

import numpy as np
import pytest

from lstm_core.experiments import first_model, gap, long_memory, sine, variable_length
from tests.helpers.slices import Trained, train

pytestmark = pytest.mark.slow
A_MINUTE = 60.0


def trained(task) -> Trained:
    state = train(task)
    assert state.history.seconds.sum() < A_MINUTE
    return state


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_over_a_gap_of_100_the_lstm_remembers_and_the_rnn_does_not(seed):
    lstm = trained(gap.Gap(gap=100, cell="LSTM", seed=seed))
    assert lstm.score("accuracy") > 0.95
    assert lstm.outcome == "solved"
    for learning_rate in (0.002, 0.005):  # as for the LSTM, and faster
        rnn = trained(gap.Gap(gap=100, cell="RNN", seed=seed, learning_rate=learning_rate))
        assert rnn.score("accuracy") < 0.7
        profile = gap.gradient_profile(gap.Gap(gap=100, cell="RNN"), rnn.weights)
        assert profile[0] < 1e-6 * profile[-1]


def test_without_a_forget_bias_the_lstm_forgets_too():
    assert trained(gap.Gap(gap=100, forget_bias=0.0)).score("accuracy") < 0.7


def test_the_gru_remembers_over_a_gap_of_100():
    assert trained(gap.Gap(gap=100, cell="GRU")).score("accuracy") > 0.95


def test_over_50_steps_lstm_and_gru_add_and_the_rnn_says_one():
    states = {each.cell: trained(each) for each in long_memory.cells("adding", 50)}
    assert {cell for cell, state in states.items() if state.outcome == "solved"} == {"LSTM", "GRU"}
    naive = long_memory.naive_scores(long_memory.LongMemory(task="adding", length=50))["loss"]
    assert states["RNN"].score("loss") > 0.9 * naive
    assert states["LSTM"].score("loss") < 0.03 * naive


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("mode", sine.MODES)
def test_a_free_running_sine_stays_in_phase_over_three_periods(mode, seed):
    settings = sine.Sine(mode=mode, seed=seed)
    state = trained(settings)
    run = sine.free_run(settings, state.weights)
    assert len(run.truth) == 3 * settings.period
    assert run.correlation > 0.95
    assert run.correlation == pytest.approx(state.score("correlation"), abs=1e-6)


@pytest.mark.parametrize("seed", [0, 1])
def test_the_first_model_learns_the_mean_and_a_batch_answers_as_one_by_one(seed):
    settings = first_model.FirstModel(seed=seed)
    state = trained(settings)
    assert first_model.check(settings, state.weights).worked
    found = variable_length.compare(seed=seed, weights=state.weights)
    assert found.difference < first_model.AGREES
    np.testing.assert_allclose(found.packed, found.targets, atol=0.3)
    shorter = found.lengths < 12
    # Over padding it has learnt to see zeros: the mean of the sequence with them.
    np.testing.assert_allclose(found.after_padding[shorter], found.padded.mean(axis=1)[shorter], atol=0.3)
