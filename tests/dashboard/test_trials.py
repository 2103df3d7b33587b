"""Trials: slices of an experiment's trainings, one after the other, until all are over or somebody stops them."""

from dataclasses import replace

import numpy as np

from dashboard.session.trials import Trial
from dashboard.views.experiments import gaps, running
from lstm_core.errors import InvalidArgument
from lstm_core.experiments import gap
from lstm_core.experiments.gap import Gap
from lstm_core.network.cells import CELLS


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


def scored(trial: Trial, name: str, accuracy: float, outcome: str) -> None:
    state = trial.states[name]
    scores = {**state.curves.scores, "accuracy": np.array([accuracy])}
    trial.states[name] = replace(state, outcome=outcome, curves=replace(state.curves, scores=scores))


def test_what_came_of_it_is_said_when_all_are_over_with_right_answers_and_what_guessing_reaches(book, engine):
    trial = a_trial()

    def said() -> str:
        return running.verdict(trial, "can", "cannot", 0.512)

    while trial.runs:
        assert said() == ""
        trial.step(book)
        engine.drain()
    scored(trial, "LSTM", 0.996, "solved")
    scored(trial, "RNN", 0.94, "finished")  # near is not solved
    assert said() == (
        "LSTM can (100% right), RNN cannot (94% right). Guessing: 51% right, with luck 57%. "
        "One seed each: another may end otherwise."
    )


def test_a_cell_reaches_as_far_as_it_solved_every_gap_before(book, engine):
    names = [f"{cell}, gap {length}" for cell in CELLS for length in gap.GAPS]
    settings = dict.fromkeys(names, Gap(gap=5, hidden_size=2, steps=1, batch_size=4))
    trial = Trial(settings, gap.begin, gap.go_on)
    assert gaps.conclusion(trial) == ""
    while trial.runs:
        trial.step(book)
        engine.drain()
    for name in names:
        cell, length = name.split(", gap ")
        is_solved = (
            cell == "LSTM" or (cell == "GRU" and length not in ("2", "50")) or (cell == "RNN" and length != "20")
        )
        scored(trial, name, 1.0, "solved" if is_solved else "finished")
    assert gaps.conclusion(trial).startswith(
        "LSTM remembers over gaps up to 200, GRU remembers over no gap, RNN remembers over gaps up to 10. Guessing: 5"
    )
