"""Verdicts in words: which side is better, by how much, could chance have done it, and who chose the epoch."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from dashboard.run_view import verdict
from dashboard.run_view.viewed_run import ViewedRun
from dashboard.texts import say
from dashboard.texts.training import learning
from lstm_core.forecasting.evaluation import Evaluation, Metrics
from lstm_core.forecasting.predict import Forecast
from lstm_core.forecasting.significance import DieboldMariano
from lstm_core.jobs import JobState
from lstm_core.work.judging import Judgement, Predictions
from tests.helpers.series import wave
from tests.helpers.settings import returns

ERRORS = np.linspace(1, 0.5, 40)
MAY_BE = "Chance could have done that: the difference is 0.8 standard errors."
BEYOND = "That is more than chance, which does it once in twenty times at most: the difference is 2.6 standard errors."


def viewed(unit: str = "USD", epoch: float = 25, state: str = "finished", epochs: int = 40) -> ViewedRun:
    along = ERRORS[:epochs]
    series = replace(wave(120), unit=unit)
    numbers = {"epochs": np.arange(1, epochs + 1), "train": along, "validation": along, "seconds": along}
    return ViewedRun(
        id="test",
        series=series,
        hyperparameters=returns(),
        state=JobState(state),
        naive_loss=0.7,
        kept={},
        epoch=epoch,
        best_epoch=25,
        **numbers,
    )


def judgement(
    network: float, naive: float, statistic: float = 0.8, p_value: float = 0.42, days: int = 490, epoch: float = 25
):
    metrics = {"network": Metrics(network, network, 1.0, 0.52), "naive": Metrics(naive, naive, 1.0, None)}
    tested = DieboldMariano(statistic, p_value, days)
    none = np.empty(0)
    return Judgement(
        epoch,
        Evaluation("test", days, metrics, 0.521, tested),
        Predictions(epoch, none, none, none),
        Forecast(none, none, none, none, none, 0.9),
    )


SURE: dict[str, Any] = {"statistic": 2.6, "p_value": 0.01}
FLAT = {"statistic": np.inf, "p_value": 0.0}
UNKNOWN = {"statistic": np.nan, "p_value": np.nan}


@pytest.mark.parametrize(
    ("network", "naive", "unit", "tested", "sentence", "short"),
    [
        (
            *(1.12, 1.00, "USD", {}),
            f"is 12.0 % worse than repeating yesterday's price: RMSE $1.120 against $1.000. {MAY_BE}",
            "12.0 % worse than naive: may be chance",
        ),
        (
            *(0.80, 1.00, "", SURE),
            f"is 20.0 % better than repeating the last value: RMSE 0.800 against 1.000. {BEYOND}",
            "20.0 % better than naive: more than chance",
        ),
        (
            *(1.124, 1.12, "USD", SURE),
            f"is 0.4 % worse than repeating yesterday's price: RMSE $1.124 against $1.120. {BEYOND}",
            "0.4 % worse than naive: more than chance",
        ),
        (
            *(1.00001, 1.0, "USD", {}),
            f"is as good as repeating yesterday's price: RMSE $1.00001 against $1.00000. {MAY_BE}",
            "as good as naive: may be chance",
        ),
        (
            *(0.99999, 1.0, "USD", SURE),
            "is as good as repeating yesterday's price: RMSE $0.99999 against $1.00000. "
            "What is left, 2.6 standard errors, is too little to matter.",
            "as good as naive: too little to matter",
        ),
        (
            *(1.0, 1.0, "USD", {"statistic": 0.0, "p_value": 1.0}),
            "is as good as repeating yesterday's price: RMSE $1.000 against $1.000. "
            "Their errors are the same on every day.",
            "as good as naive: no difference",
        ),
        (
            *(0.25, 0.0, "", FLAT),
            "is off by 0.2500; repeating the last value is right on each of them, which nothing can beat.",
            "naive is always right",
        ),
        (
            *(np.nan, 1.0, "USD", UNKNOWN),
            "cannot be judged: on some of them its forecast is no number.",
            "cannot be judged",
        ),
    ],
)
def test_the_verdict_names_the_better_one_and_asks_about_chance(network, naive, unit, tested, sentence, short):
    whose, judged = viewed(unit), judgement(network, naive, **tested)
    assert verdict.verdict(whose, judged) == f"Over 490 test days this LSTM (epoch 25, one seed) {sentence}"
    assert verdict.short(whose, judged) == short


def test_under_thirty_days_nobody_can_tell():
    whose, judged = viewed(), judgement(1.5, 1.0, 4.0, 0.001, days=29)
    assert verdict.short(whose, judged) == "50.0 % worse than naive: too few to tell"
    assert verdict.sentences(whose, judged)[1].startswith("29 days are too few to tell")
    assert verdict.verdict(whose, judgement(1.5, 1.0, days=1)).startswith("Over 1 test day this LSTM")


def test_an_epoch_chosen_by_hand_proves_nothing():
    whose, judged = viewed(), judgement(0.8, 1.0, **SURE, epoch=31)
    assert verdict.sentences(whose, judged)[-1] == (
        "This epoch was chosen by hand, after seeing the test part, so its score proves nothing."
    )
    assert verdict.short(whose, judged) == "20.0 % better than naive: epoch chosen by hand"
    assert "by hand" not in verdict.verdict(whose, judgement(0.8, 1.0))


def test_an_untrained_network_says_so():
    said = verdict.sentences(viewed(epoch=0), judgement(1.1, 1.0, epoch=0))
    assert said[0].startswith("Over 490 test days this LSTM (epoch 0, untrained, one seed) is")
    assert said[-1] == "No epoch of training had a lower validation loss, so the untrained network was kept."


def test_a_paused_network_is_not_judged_for_good():
    assert verdict.sentences(viewed(state="paused"), judgement(1.1, 1.0))[-1] == (
        "Training is paused here: once it ends, the epoch of the lowest validation loss is judged."
    )
    reset = viewed(state="paused", epoch=0, epochs=0)
    assert len(verdict.sentences(reset, judgement(1.1, 1.0, epoch=0))) == 2


def test_a_network_within_an_epoch():
    said = verdict.verdict(viewed(epoch=24.3, state="paused"), judgement(1.1, 1.0, epoch=24.3))
    assert "this LSTM (during epoch 25, one seed)" in said


def test_the_headline_is_the_verdict_once_there_is_one():
    whose, judged = viewed(), judgement(1.1, 1.0)
    assert verdict.headline(whose, judged) == verdict.verdict(whose, judged)
    assert verdict.headline(whose, None) == learning(ERRORS, 0.7)


@pytest.mark.parametrize(
    ("state", "epoch", "said"),
    [
        ("queued", 0, "training.in_line"),
        ("training", 0, "training.beginning"),
        ("pausing", 0, "training.beginning"),
        ("paused", 0, "training.untrained"),
        ("paused", 0.4, "training.interrupted"),
        ("stopped", 0, "training.never_begun"),
        ("failed", 0, "training.never_begun"),
    ],
)
def test_before_the_first_epoch_the_headline_says_what_is_so(state, epoch, said):
    headline = verdict.headline(viewed(epochs=0, state=state, epoch=epoch), None)
    assert headline == say(said)
    assert "naive" in headline


def test_the_hit_rate_is_never_without_the_majority():
    told = judgement(1, 1).evaluation
    assert verdict.direction(viewed(), told) == (
        "Right about up or down on 52.0 % of the test days; always saying the commoner one: 52.1 %."
    )
    silent = replace(told, metrics=told.metrics | {"network": Metrics(1, 1, 1.0, None)})
    assert verdict.direction(viewed(), silent) == (
        "Always saying the commoner direction is right on 52.1 % of the test days."
    )


def test_naive_repeats_the_last_step_in_a_readers_words():
    said = [verdict._last_value(step, is_price=True) for step in ("day", "month", "step")]
    assert said == ["yesterday's price", "the last month's price", "the last price"]
    assert verdict._last_value("day", is_price=False) == "the last value"
