"""Training: the same bits however it is sliced; gradients and steps against a loop in plain PyTorch; ends."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from lstm_core.errors import InvalidArgument
from lstm_core.hyperparameters import Resolved
from lstm_core.network.forecaster import build
from lstm_core.training.checkpoint import Checkpoint, final_weights
from lstm_core.training.loop import advance, kept_epochs, start
from lstm_core.training.problems.forecasting import problem as forecasting
from lstm_core.training.problems.forecasting.problem import ForecastingProblem, score, score_naive
from lstm_core.training.windows import Windows
from tests.helpers.series import series_of, walk, wave
from tests.helpers.small_runs import assert_same_bits

SMALL = Resolved(
    hidden_size=6, window_length=12, burn_in=3, batch_size=4, epochs=6, inputs=("log_return",), target="log_return"
)


def windows_of(hyperparameters: Resolved, noise: float = 0.2) -> Windows:
    return Windows(wave(200, noise).values, hyperparameters)


def begun(windows: Windows) -> Checkpoint:
    return start(ForecastingProblem(windows))[0]


def go_on(checkpoint: Checkpoint, windows: Windows, seconds: float) -> tuple[Checkpoint, tuple]:
    """As a worker does: the problem is made anew for each slice."""
    return advance(checkpoint, ForecastingProblem(windows, checkpoint.weights), seconds)


def train(windows: Windows, seconds: float) -> tuple[Checkpoint, list, int]:
    checkpoint, reports, slices = begun(windows), [], 0
    while not checkpoint.is_over:
        checkpoint, more = go_on(checkpoint, windows, seconds)
        reports += more
        slices += 1
    return checkpoint, reports, slices


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"num_layers": 2, "dropout": 0.5},
        {"output_dropout": 0.5},
        {"loss_on": "last_step"},
        {"cell": "GRU", "optimizer": "adamw"},
        {"cell": "PeepholeLSTM", "num_layers": 2, "dropout": 0.5},
    ],
)
def test_weights_are_the_same_bits_in_one_slice_and_in_many(changes):
    windows = windows_of(replace(SMALL, **changes))
    whole, reports, _ = train(windows, seconds=1e9)
    cut, cut_reports, slices = train(windows, seconds=0.0)  # the smallest slice there is
    assert slices > len(reports) == 6
    for name, value in whole.weights.items():
        assert np.array_equal(value, cut.weights[name]), name
    for name, value in whole.optimizer.items():
        assert np.array_equal(value, cut.optimizer[name]), name
    losses = [(report.epoch, report.train_loss, report.validation_loss) for report in reports]
    assert losses == [(report.epoch, report.train_loss, report.validation_loss) for report in cut_reports]


def test_it_makes_no_difference_how_many_batches_are_gathered_at_once(monkeypatch):
    settings = replace(SMALL, stride=2, epochs=2)
    windows = windows_of(settings)
    whole, _, _ = train(windows, seconds=1e9)
    monkeypatch.setattr(forecasting, "_GATHERED_AT_ONCE", 3 * settings.batch_size)
    cut, _, slices = train(windows, seconds=0.0)
    assert slices > 2 * 2 * 3  # so that each epoch is made of several groups, and is cut inside them
    for name, value in whole.weights.items():
        assert np.array_equal(value, cut.weights[name]), name


def test_a_checkpoint_can_be_taken_up_twice():
    windows = windows_of(SMALL)
    middle, _ = go_on(begun(windows), windows, 0.0)
    first, second = (go_on(middle, windows, 1e9)[0] for _ in range(2))
    assert (first.epoch, second.epoch) == (6, 6)
    assert_same_bits(first.weights, second.weights)


def test_one_epoch_is_what_a_plain_loop_does():
    """The bare loop over the same batches, written with torch.nn alone, ends at the same weights."""
    settings = replace(SMALL, epochs=2, gradient_clip=0.5)
    windows = windows_of(settings)
    first = begun(windows)
    network, head = torch.nn.LSTM(1, 6, batch_first=True), torch.nn.Linear(6, 1)
    network.load_state_dict({n: torch.tensor(v) for n, v in first.weights.items() if not n.startswith("head.")})
    head.load_state_dict({n[5:]: torch.tensor(v) for n, v in first.weights.items() if n.startswith("head.")})
    parameters = [*network.parameters(), *head.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=settings.learning_rate)
    for epoch in range(2):
        ends = windows.training_ends(np.random.default_rng((settings.seed, epoch)))
        for at in range(0, len(ends), settings.batch_size):
            batch = windows.batch(ends[at : at + settings.batch_size])
            optimizer.zero_grad()
            errors = head(network(torch.tensor(batch.inputs))[0])[..., 0] - torch.tensor(batch.target)
            (errors[:, settings.burn_in :] ** 2).mean().backward()
            torch.nn.utils.clip_grad_norm_(parameters, 0.5)
            optimizer.step()
    trained, _ = go_on(first, windows, 1e9)
    for name, parameter in network.named_parameters():
        np.testing.assert_allclose(trained.weights[name], parameter.detach().numpy(), atol=2e-6)


@pytest.mark.parametrize(("layers", "between", "after"), [(1, 0.0, 0.4), (2, 0.3, 0.4), (2, 0.3, 0.0)])
def test_one_step_with_dropout_is_what_torch_does_under_the_same_seed(layers, between, after):
    """nn.LSTM with its own dropout, nn.Dropout after it, nn.Linear: masks drawn in that order from the batch's seed."""
    settings = replace(SMALL, num_layers=layers, dropout=between, output_dropout=after, gradient_clip=0.0, epochs=1)
    windows = windows_of(settings)
    first = begun(windows)
    network = torch.nn.LSTM(1, 6, layers, batch_first=True, dropout=between)
    dropped, head = torch.nn.Dropout(after), torch.nn.Linear(6, 1)
    network.load_state_dict({n: torch.tensor(v) for n, v in first.weights.items() if not n.startswith("head.")})
    head.load_state_dict({n[5:]: torch.tensor(v) for n, v in first.weights.items() if n.startswith("head.")})
    optimizer = torch.optim.Adam([*network.parameters(), *head.parameters()], lr=settings.learning_rate)
    batch = windows.batch(windows.training_ends(np.random.default_rng((settings.seed, 0)))[: settings.batch_size])
    torch.manual_seed(int(np.random.SeedSequence((settings.seed, 0, 0)).generate_state(1)[0]))
    errors = head(dropped(network(torch.tensor(batch.inputs))[0]))[..., 0] - torch.tensor(batch.target)
    (errors[:, settings.burn_in :] ** 2).mean().backward()
    optimizer.step()
    trained, _ = go_on(first, windows, 0.0)  # the smallest slice: one batch
    assert trained.batch == 1
    for name, parameter in network.named_parameters():
        np.testing.assert_allclose(trained.weights[name], parameter.detach().numpy(), atol=2e-6)
    np.testing.assert_allclose(trained.weights["head.weight"], head.weight.detach().numpy(), atol=2e-6)


def test_the_seed_decides_weights_and_order():
    results = [train(windows_of(replace(SMALL, seed=seed)), 1e9)[0].weights["head.weight"] for seed in (1, 1, 2)]
    assert np.array_equal(results[0], results[1])
    assert not np.allclose(results[0], results[2])


@pytest.mark.parametrize("forget_bias", [0.0, 1.0])
def test_initial_weights_are_those_that_pytorch_draws_but_for_the_forget_bias(forget_bias):
    torch.manual_seed(11)
    network = torch.nn.LSTM(1, 6, batch_first=True)
    head = torch.nn.Linear(6, 1)
    settings = replace(SMALL, seed=11, forget_bias=forget_bias)
    weights = begun(windows_of(settings)).weights
    # PyTorch stacks input, forget, candidate, output: 6 units each.
    network.state_dict()["bias_ih_l0"][6:12] += forget_bias
    for name, value in network.state_dict().items():
        np.testing.assert_array_equal(weights[name], value.numpy())
    np.testing.assert_array_equal(weights["head.weight"], head.weight.detach().numpy())


def test_a_predictable_series_is_learnt_and_beats_naive():
    settings = replace(SMALL, hidden_size=16, epochs=120, learning_rate=0.01, inputs=("level",), target="level")
    windows = Windows(np.sin(np.arange(400) / 4), settings)
    checkpoint, _, _ = train(windows, 1e9)
    assert score(build(settings, checkpoint.weights), windows, "test") < 0.05 * score_naive(windows, "test")


@pytest.mark.parametrize("kind", ["mse", "huber"])
def test_the_naive_loss_by_hand(kind):
    series = wave(200, noise=0.2)
    windows = Windows(series.values, replace(SMALL, loss=kind))
    start_day, stop_day = windows.bounds["validation"]
    _, deviation = windows.scales["log_return"]
    returns = np.log(series.values[start_day:stop_day] / series.values[start_day - 1 : stop_day - 1])
    errors = (0 - returns) / deviation
    small = np.abs(errors) < 1
    expected = errors**2 if kind == "mse" else np.where(small, errors**2 / 2, np.abs(errors) - 0.5)
    assert score_naive(windows, "validation") == pytest.approx(expected.mean(), rel=1e-5)


def test_patience_stops_early_and_keeps_the_best():
    settings = replace(SMALL, epochs=500, patience=5, learning_rate=0.02)
    checkpoint, reports, _ = train(windows_of(settings, noise=0.5), 1e9)
    losses = [report.validation_loss for report in reports]
    best = int(np.argmin(losses))
    assert checkpoint.outcome == "stopped_early"
    assert len(reports) == best + 1 + 5
    epoch, weights = final_weights(checkpoint)
    assert epoch == best + 1
    assert score(build(settings, weights), windows_of(settings, noise=0.5), "validation") == pytest.approx(losses[best])


@pytest.mark.parametrize(("learning_rate", "wanted"), [(0.05, "inner"), (1e-4, "last"), (1.0, "untrained")])
def test_without_patience_too_the_best_weights_stand(learning_rate, wanted):
    """Whether training goes too far, not far enough, or does nothing but harm."""
    is_harmful = wanted == "untrained"
    settings = replace(SMALL, epochs=3 if is_harmful else 40, learning_rate=learning_rate)
    windows = Windows(walk().values, settings) if is_harmful else windows_of(settings, noise=0.5)
    before = begun(windows)
    checkpoint, reports, _ = train(windows, 1e9)
    assert checkpoint.outcome == "finished"
    losses = [before.best_score, *(report.validation_loss for report in reports)]
    best = int(np.argmin(losses))
    assert {"inner": 0 < best < 40, "last": best == 40, "untrained": best == 0}[wanted]
    epoch, weights = final_weights(checkpoint)
    assert epoch == best
    assert score(build(settings, weights), windows, "validation") == pytest.approx(losses[best], rel=1e-6)


@pytest.mark.parametrize("bias", [np.nan, np.inf, 1e20])
def test_a_run_whose_loss_explodes_ends_with_a_reason_and_good_weights(bias):
    windows = windows_of(SMALL)
    good = begun(windows)
    poisoned = replace(good, weights={**good.weights, "head.bias": np.array([bias], dtype=np.float32)})
    checkpoint, reports = go_on(poisoned, windows, 1e9)
    assert checkpoint.outcome == "diverged"
    assert reports == ()
    assert "Try a smaller learning_rate (it was 0.005)." in str(checkpoint.explanation)
    epoch, weights = final_weights(checkpoint)
    assert epoch == 0
    assert_same_bits(weights, good.weights)


def test_cuda_is_refused_where_there_is_none():
    if torch.cuda.is_available():
        pytest.skip("this machine has CUDA")
    settings = replace(SMALL, device="cuda")
    with pytest.raises(InvalidArgument, match="device must be cpu or auto on a machine without CUDA"):
        begun(windows_of(settings))


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs CUDA")
def test_cuda_comes_close_to_the_cpu():
    results = [train(windows_of(replace(SMALL, device=device)), 1e9)[1][-1] for device in ("cpu", "cuda")]
    assert results[0].validation_loss == pytest.approx(results[1].validation_loss, rel=1e-3)


@pytest.mark.parametrize("epochs", [1, 5, 23, 24, 80, 5000])
def test_kept_epochs_run_from_first_to_last(epochs):
    kept = kept_epochs(epochs)
    assert kept[0] == 0
    assert kept[-1] == epochs
    assert list(kept) == sorted(set(kept))
    assert len(kept) <= 25


def test_a_constant_series_never_starts():
    with pytest.raises(InvalidArgument, match="zero variance"):
        Windows(series_of(np.ones(200)).values, SMALL)
