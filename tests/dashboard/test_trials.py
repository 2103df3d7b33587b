"""Trials: slices of an experiment's trainings, one after the other, until all are over or somebody stops them."""

from dataclasses import replace

import numpy as np

from dashboard.experiments import running
from dashboard.trials import Trial
from lstm_core.errors import InvalidArgument
from lstm_core.experiments import gap
from lstm_core.experiments.gap import Gap


def a_trial(**changes) -> Trial:
    settings = {cell: Gap(cell=cell, gap=5, hidden_size=3, steps=3, batch_size=4) for cell in ("LSTM", "RNN")}
    return Trial(**{"settings": settings, "begin": gap.begin, "go_on": lambda state, _: gap.go_on(state, 0)} | changes)


def test_each_training_has_one_slice_under_way_and_goes_on_to_its_end(book, engine):
    trial = a_trial()
    trial.step(book)
    trial.step(book)
    assert len(engine.calls) == 2
    engine.step()
    trial.step(book)
    assert (list(trial.states), trial.states["LSTM"].step) == (["LSTM"], 0)
    while trial.runs:
        assert len(engine.calls) <= 2
        engine.drain()
        trial.step(book)
    assert {name: state.step for name, state in trial.states.items()} == {"LSTM": 3, "RNN": 3}
    assert engine.calls == []
    begun = gap.begin(trial.settings["LSTM"])  # pyright: ignore[reportArgumentType]
    np.testing.assert_array_equal(trial.initial["LSTM"]["head.weight"], begun.weights["head.weight"])


def test_of_many_trainings_the_least_advanced_go_on_three_at_a_time(book, engine):
    settings = {f"seed {seed}": Gap(gap=5, hidden_size=3, steps=2, batch_size=4, seed=seed) for seed in range(5)}
    trial = a_trial(settings=settings)
    while trial.runs:
        trial.step(book)
        assert len(trial.under_way) <= 3
        engine.drain()
        begun = [state.step for state in trial.states.values()]
        assert max(begun, default=0) == 0 or len(begun) == 5  # all have begun before one goes on
        trial.step(book)
        engine.drain()
    assert len(trial.states) == 5


def test_a_stopped_trial_takes_in_what_is_under_way_and_asks_for_no_more(book, engine):
    trial = a_trial()
    trial.step(book)
    trial.is_stopped = True
    engine.drain()
    trial.step(book)
    assert (len(trial.states), engine.calls, trial.runs) == (2, [], False)


def test_what_a_worker_refuses_is_a_sentence_and_the_end(book, engine):
    def refuse(settings):
        raise InvalidArgument("gap", "a gap", "none")

    trial = a_trial(begin=refuse)
    trial.step(book)
    engine.drain()
    trial.step(book)
    assert trial.problem == "gap must be a gap; got 'none'."
    assert not trial.runs


def test_what_came_of_it_is_said_when_all_are_over_and_goes_by_what_was_asked(book, engine):
    trial = a_trial()

    def said() -> str:
        return running.verdict(trial, lambda state: state.outcome == "solved", "can", "cannot")

    while trial.runs:
        assert said() == ""
        trial.step(book)
        engine.drain()
    assert said() == "LSTM cannot, RNN cannot."
    trial.states["LSTM"] = replace(trial.states["LSTM"], outcome="solved")
    assert said() == "LSTM can, RNN cannot."
