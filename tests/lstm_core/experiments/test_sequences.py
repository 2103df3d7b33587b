"""Tasks of sequences: data by hand, steps against a loop in plain PyTorch, the same bits however it is sliced."""

import pickle
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

from lstm_core.errors import InvalidArgument
from lstm_core.experiments.gap import Gap, gradient_profile, reach
from lstm_core.experiments.long_memory import LongMemory, cells
from lstm_core.experiments.sequences import answer
from lstm_core.experiments.sequences.task import (
    NOISE,
    TASKS,
    TOLERANCE,
    SequenceSettings,
    batch,
    held_out,
    naive_scores,
)
from tests.helpers.slices import begun, gone_on, train

NETWORKS = {"LSTM": nn.LSTM, "GRU": nn.GRU, "RNN": nn.RNN}
CELLS = {"LSTM": nn.LSTMCell, "GRU": nn.GRUCell, "RNN": nn.RNNCell}
SMALL = Gap(gap=9, hidden_size=5, batch_size=4, steps=12, forget_bias=1.0)


def networks(settings: SequenceSettings, weights, kind: type) -> tuple[nn.Module, nn.Linear]:
    """torch.nn's own modules with the same weights; kind: of the recurrent one."""
    options = {} if issubclass(kind, nn.RNNCellBase) else {"batch_first": True}
    network, head = kind(2, settings.hidden_size, **options), nn.Linear(settings.hidden_size, 1)
    suffix = "_l0" if issubclass(kind, nn.RNNCellBase) else ""
    state = {name.removesuffix(suffix): torch.tensor(value) for name, value in weights.items() if "head" not in name}
    network.load_state_dict(state)
    head.load_state_dict({"weight": torch.tensor(weights["head.weight"]), "bias": torch.tensor(weights["head.bias"])})
    return network, head


@pytest.mark.parametrize(
    "settings",
    [
        SMALL,
        replace(SMALL, cell="GRU", seed=3),
        LongMemory(cell="RNN", length=10, steps=12, gradient_clip=0.0),
        replace(SMALL, cell="PeepholeLSTM"),
    ],
)
def test_weights_are_the_same_bits_in_one_slice_and_in_many(settings):
    whole = train(settings)
    cut = train(pickle.loads(pickle.dumps(begun(settings))), seconds=0.0)
    assert cut.slices == whole.checkpoint.step == cut.checkpoint.step == 12
    for name in whole.weights:
        assert np.array_equal(whole.weights[name], cut.weights[name]), name
    for name in whole.checkpoint.optimizer:
        assert np.array_equal(whole.checkpoint.optimizer[name], cut.checkpoint.optimizer[name]), name
    assert np.array_equal(whole.history.train, cut.history.train)
    assert np.array_equal(whole.history.gradient_norm, cut.history.gradient_norm)
    for name in ("loss", "accuracy"):
        assert np.array_equal(whole.history.curve(name), cut.history.curve(name))
    assert whole.outcome == "finished"


@pytest.mark.parametrize("cell", NETWORKS)
@pytest.mark.parametrize("task", TASKS)
def test_the_steps_are_those_of_a_plain_loop(task, cell):
    settings = LongMemory(task=task, cell=cell, length=10, hidden_size=5, steps=6, gradient_clip=0.05, batch_size=8)
    first = begun(settings)
    network, head = networks(settings, first.weights, NETWORKS[cell])
    parameters = [*network.parameters(), *head.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=settings.learning_rate)
    criterion = nn.MSELoss() if task == "adding" else nn.BCEWithLogitsLoss()
    losses, norms = [], []
    for step in range(6):
        inputs, target = map(torch.from_numpy, batch(settings, step))
        optimizer.zero_grad()
        loss = criterion(head(network(inputs)[0][:, -1])[:, 0], target)
        loss.backward()
        norms.append(nn.utils.clip_grad_norm_(parameters, 0.05).item())
        optimizer.step()
        losses.append(loss.item())
    trained = train(first)
    np.testing.assert_allclose(trained.history.train, losses, atol=1e-5)
    np.testing.assert_allclose(trained.history.gradient_norm, norms, rtol=1e-3, atol=1e-5)
    assert max(norms) > 0.05  # so that clipping did something
    for name, parameter in network.named_parameters():
        np.testing.assert_allclose(trained.weights[name], parameter.detach().numpy(), atol=5e-5)


@pytest.mark.parametrize("cell", NETWORKS)
def test_initial_weights_are_those_that_pytorch_draws_but_for_gain_and_bias(cell):
    settings = replace(SMALL, cell=cell, seed=11, forget_bias=2.5, recurrent_gain=3.0)
    torch.manual_seed(11)
    network, head = NETWORKS[cell](2, 5), nn.Linear(5, 1)
    expected = {name: value.clone() for name, value in network.state_dict().items()}
    expected["weight_hh_l0"] *= 3
    if cell != "RNN":  # i, f, g, o and r, z, n: the second block of rows keeps
        expected["bias_ih_l0"][5:10] += 2.5
    weights = begun(settings).weights
    for name, value in expected.items():
        np.testing.assert_array_equal(weights[name], value.numpy())
    np.testing.assert_array_equal(weights["head.weight"], head.weight.detach().numpy())


@pytest.mark.parametrize("cell", CELLS)
def test_the_gradient_profile_is_autograds_on_the_unrolled_graph(cell):
    settings = replace(SMALL, cell=cell)
    weights = begun(settings).weights
    network, head = (each.double() for each in networks(settings, weights, CELLS[cell]))
    inputs, target = (torch.from_numpy(each[:32]).double() for each in held_out(settings))
    states, hidden = None, []
    for x_t in inputs.unbind(dim=1):
        states = network(x_t, states)
        hidden.append(states[0] if cell == "LSTM" else states)
        hidden[-1].retain_grad()
    nn.functional.binary_cross_entropy_with_logits(head(hidden[-1])[:, 0], target, reduction="none").sum().backward()
    expected = [np.linalg.norm(h.grad.numpy(), axis=1).mean() for h in hidden]
    profile = gradient_profile(settings, weights)
    assert profile.shape == (10,)
    np.testing.assert_allclose(profile, expected, rtol=1e-12)


def test_the_gradient_of_an_untrained_rnn_vanishes_and_with_larger_weights_explodes():
    settings = Gap(cell="RNN", gap=100)
    faint = gradient_profile(settings, begun(settings).weights)
    assert 0 < faint[0] < 1e-20 * faint[-1]
    identity = {
        **begun(settings).weights,
        "weight_hh_l0": 1.2 * np.eye(32, dtype=np.float32),
        "weight_ih_l0": np.zeros((32, 2), dtype=np.float32),
        "bias_ih_l0": np.zeros(32, dtype=np.float32),
        "bias_hh_l0": np.zeros(32, dtype=np.float32),
    }
    # h stays at 0, where tanh has slope 1: each step back multiplies the gradient by 1.2 exactly.
    loud = gradient_profile(settings, identity)
    np.testing.assert_allclose(loud[0] / loud[-1], 1.2**100, rtol=1e-4)


def test_the_first_value_is_marked_and_the_answer():
    inputs, target = batch(replace(SMALL, batch_size=1000), 7)
    assert inputs.shape == (1000, 10, 2)
    assert np.array_equal(inputs[:, 0, 0], np.where(target == 1, 1.0, -1.0))
    assert np.array_equal(inputs[:, :, 1], np.eye(1, 10).repeat(1000, axis=0))
    assert abs(target.mean() - 0.5) < 0.05
    assert inputs[:, 1:, 0].std() == pytest.approx(NOISE, rel=0.03)
    assert np.abs(np.corrcoef(inputs[:, 1:, 0].T, target)[-1, :-1]).max() < 0.12


def test_the_adding_problem_and_its_naive_answer():
    settings = LongMemory(task="adding", length=21, batch_size=1024)
    pairs = [batch(settings, step) for step in range(20)]
    inputs, target = (np.concatenate(each) for each in zip(*pairs, strict=True))
    marked = inputs[:, :, 1] == 1
    assert (marked[:, :10].sum(axis=1) == 1).all()
    assert (marked[:, 10:].sum(axis=1) == 1).all()
    np.testing.assert_allclose((inputs[:, :, 0] * marked).sum(axis=1), target, atol=1e-6)
    task = TASKS["adding"]
    assert np.mean((task.naive_answer - target) ** 2) == pytest.approx(task.naive_loss, rel=0.02)
    assert np.mean(np.abs(task.naive_answer - target) < TOLERANCE) == pytest.approx(task.naive_accuracy, rel=0.05)


@pytest.mark.parametrize("task", TASKS)
def test_naive_scores_are_near_those_of_all_sequences(task):
    naive = naive_scores(LongMemory(task=task, length=30))
    assert naive["loss"] == pytest.approx(TASKS[task].naive_loss, rel=0.15)
    assert naive["accuracy"] == pytest.approx(TASKS[task].naive_accuracy, abs=0.06)
    if task == "adding":
        _, target = held_out(LongMemory(task=task, length=30))
        assert naive["loss"] == pytest.approx(((target - 1.0) ** 2).mean(), rel=1e-6)


def test_held_out_sequences_are_the_same_for_all_and_none_of_training():
    first, _ = held_out(SMALL)
    second, _ = held_out(replace(SMALL, seed=5, cell="RNN"))
    assert np.array_equal(first, second)
    seen = np.concatenate([batch(replace(SMALL, batch_size=256), step)[0] for step in range(20)])
    assert not {each.tobytes() for each in first} & {each.tobytes() for each in seen}


def test_answers_agree_with_the_scores_and_with_torch_nn():
    settings = Gap(gap=5, hidden_size=16, steps=60, learning_rate=0.01, forget_bias=2.0)
    state = train(settings)
    answers = answer(settings, state.weights)
    network, head = networks(settings, state.weights, nn.LSTM)
    with torch.no_grad():
        expected = head(network(torch.from_numpy(answers.inputs))[0][:, -1])[:, 0].sigmoid().numpy()
    np.testing.assert_allclose(answers.answers, expected, atol=1e-6)
    assert np.array_equal(answers.is_right, (expected > 0.5) == (answers.targets == 1))
    assert state.score("accuracy") == pytest.approx(answers.is_right.mean())
    assert state.score("accuracy") > 0.6  # it is at least learning
    losses = -np.where(answers.targets == 1, np.log(expected), np.log(1 - expected))
    assert state.score("loss") == pytest.approx(losses.mean(), rel=1e-4)


def test_training_that_is_solved_ends_and_stays():
    settings = Gap(gap=5, hidden_size=16, learning_rate=0.01, forget_bias=3.0, steps=2000)
    state = train(settings)
    assert state.outcome == "solved"
    steps, accuracy = state.history.curve("accuracy")
    seconds, _ = state.history.curve("accuracy", against="seconds")
    assert (accuracy[-3:] >= 0.95).all()
    assert not (accuracy[-4:-1] >= 0.95).all()
    assert steps[-1] == state.checkpoint.step < 2000
    assert (np.diff(steps) == 50).all()  # forty scorings in all, had it gone on
    assert (np.diff(seconds) > 0).all()
    assert gone_on(state, 1e9).checkpoint is state.checkpoint


def test_a_training_whose_numbers_end_keeps_its_best_weights():
    after = gone_on(begun(SMALL), 0.0)
    broken = {**after.weights, "head.bias": np.array([np.nan], dtype=np.float32)}
    ended = gone_on(replace(after, checkpoint=replace(after.checkpoint, weights=broken)), 1e9)
    assert ended.outcome == "diverged"
    assert np.array_equal(ended.weights["weight_hh_l0"], after.checkpoint.best_weights["weight_hh_l0"])
    assert np.isfinite(ended.history.train).all()
    assert ended.checkpoint.step == 1


def test_settings_out_of_bounds_are_refused():
    with pytest.raises(InvalidArgument, match="gap must be a whole number from 1 to 200; got 0"):
        Gap(gap=0)
    with pytest.raises(InvalidArgument, match="cell must be one of LSTM, GRU, RNN, PeepholeLSTM; got 'Transformer'"):
        Gap(cell="Transformer")
    with pytest.raises(InvalidArgument, match="task must be one of first_value, adding; got 'copy'"):
        LongMemory(task="copy")


def test_the_three_cells_differ_in_nothing_else():
    trio = cells("adding", 25, seed=4)
    assert [each.cell for each in trio] == ["LSTM", "GRU", "RNN"]
    assert {replace(each, cell="LSTM") for each in trio} == {trio[0]}
    assert {(each.forget_bias, each.steps) for each in cells("first_value", 25)} == {(5.0, 400)}


@pytest.mark.parametrize(
    ("solved", "longest"), [((1, 1, 1), 9), ((1, 1, 0), 5), ((1, 0, 1), 2), ((0, 1, 1), None), ((0, 0, 0), None)]
)
def test_a_cell_reaches_as_far_as_it_solved_every_shorter_gap(solved, longest):
    assert reach(dict(zip((9, 2, 5), (solved[2], solved[0], solved[1]), strict=True))) == longest
