"""An experiment's trainings are jobs of the book: they take turns as one, pause, and say what came of them."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from dashboard.pages.experiments import gaps, running
from dashboard.session.experiment_run import ExperimentRun
from dashboard.session.runs import Runs
from lstm_core.errors import InvalidArgument
from lstm_core.experiments import gap
from lstm_core.experiments.gap import Gap
from lstm_core.jobs import BookIsFull, JobState, NotYours
from lstm_core.network.cells import CELLS
from lstm_core.phrases import verbatim
from tests.helpers.slices import begun, train

SMALL = Gap(gap=5, hidden_size=3, steps=3, batch_size=4)
RACE = {cell: replace(SMALL, cell=cell) for cell in ("LSTM", "RNN")}


def runs_of(book, tab: str = "tab", token: str = "mine") -> Runs:
    return Runs(book, tab, token)


def now(runs: Runs) -> ExperimentRun:
    found = runs.group("gap")
    assert found is not None
    return found


def test_each_has_one_slice_under_way_and_ends_where_one_training_ends(book, engine):
    runs = runs_of(book)
    assert runs.group("gap") is None
    runs.begin_group("gap", RACE)
    assert list(now(runs).begun) == []
    while now(runs).runs:
        assert len(engine.calls) <= 2
        engine.step()
    assert now(runs).is_over
    assert {name: running.steps_of(job) for name, job in now(runs).jobs.items()} == {"LSTM": 3, "RNN": 3}
    whole, job = train(RACE["LSTM"]), now(runs).jobs["LSTM"]
    assert job.checkpoint is not None
    for name, value in whole.weights.items():
        np.testing.assert_array_equal(job.checkpoint.weights[name], value)
    np.testing.assert_array_equal(job.history.curve("accuracy"), whole.history.curve("accuracy"))
    np.testing.assert_array_equal(job.kept[0]["head.weight"], begun(RACE["LSTM"]).weights["head.weight"])
    assert job.baseline_scores == gap.naive_scores(SMALL)


def test_it_pauses_goes_on_and_stops_as_a_whole(book, engine):
    runs = runs_of(book)
    runs.begin_group("gap", {cell: replace(task, steps=4000) for cell, task in RACE.items()})
    engine.step()
    tell(book, now(runs), "pause")
    while engine.calls:
        engine.step()
    assert (now(runs).is_paused, now(runs).runs, now(runs).is_over) == (True, False, False)
    tell(book, now(runs), "resume")
    assert now(runs).runs
    tell(book, now(runs), "stop")
    while engine.calls:
        engine.step()
    assert (now(runs).is_stopped, now(runs).runs, now(runs).is_over) == (True, False, False)


def tell(book, run: ExperimentRun, command: str) -> None:
    for job in run.jobs.values():
        getattr(book, command)(job.id, by="mine")


def test_another_run_ends_the_one_before(book, engine):
    runs = runs_of(book)
    runs.begin_group("gap", {"LSTM": replace(SMALL, steps=4000)})
    engine.step()
    before = now(runs).id
    runs.begin_group("gap", RACE)
    assert now(runs).id != before
    assert [job.state for job in book.group(before).values()] == ["stopped"]


def test_a_guest_looks_on_and_may_not_command(book, engine):
    runs = runs_of(book)
    runs.begin_group("gap", RACE)
    guest = runs_of(book, "other tab", "theirs")
    guest.find_group("gap", now(runs).id)
    assert (now(guest).is_mine, now(runs).is_mine) == (False, True)
    with pytest.raises(NotYours):
        book.stop(now(guest).jobs["LSTM"].id, by="theirs")
    with pytest.raises(InvalidArgument, match="group must be one that this server still knows"):
        guest.find_group("gap", "nobody's")


def test_a_group_is_forgotten_as_a_whole_and_admitted_as_a_whole(book, engine):
    """The book keeps five jobs."""
    runs = runs_of(book)
    runs.begin_group("gap", RACE)
    while now(runs).runs:
        engine.step()
    with pytest.raises(BookIsFull):
        book.train_together({str(seed): replace(SMALL, seed=seed) for seed in range(6)}, "tab")
    assert now(runs).is_over, "nothing went for what could not come"
    book.train_together({str(seed): replace(SMALL, seed=seed) for seed in range(4)}, "tab")
    assert runs.group("gap") is None


def test_what_a_worker_refuses_is_a_sentence_and_the_end(book, engine):
    runs = runs_of(book)
    runs.begin_group("gap", {"none": Refused()})
    engine.drain()
    assert str(now(runs).problem) == "gap must be a gap; got 'none'."
    assert not now(runs).runs


class Refused(Gap):
    def problem(self, weights=None, carried=None):
        raise InvalidArgument("gap", verbatim("a gap"), "none")


def ended(run: ExperimentRun, accuracy: Mapping[str, tuple[float, str]]) -> ExperimentRun:
    """As if the trainings had come to these accuracies and states."""
    jobs = dict(run.jobs)
    for name, (score, state) in accuracy.items():
        history = replace(jobs[name].history, scores={**jobs[name].history.scores, "accuracy": np.array([score])})
        jobs[name] = replace(jobs[name], history=history, state=JobState(state))
    return replace(run, jobs=jobs)


def test_what_came_of_it_is_said_when_all_are_over_with_right_answers_and_what_guessing_reaches(book, engine):
    runs = runs_of(book)
    runs.begin_group("gap", RACE)

    def said(run: ExperimentRun) -> str:
        return running.verdict(run, "experiment_long_memory", 0.512)

    while now(runs).runs:
        assert said(now(runs)) == ""
        engine.step()
    # near is not solved
    assert said(ended(now(runs), {"LSTM": (0.996, "solved"), "RNN": (0.94, "finished")})) == (
        "LSTM can (100 % right), RNN cannot (94 % right). Guessing: 51 % right, with luck 57 %. "
        "One seed each: another may end otherwise."
    )


def test_a_cell_reaches_as_far_as_it_solved_every_gap_before(large_book, engine):
    names = [gaps.name_of(cell, length) for cell in CELLS for length in gap.GAPS]
    runs = runs_of(large_book)
    runs.begin_group("gap", dict.fromkeys(names, replace(SMALL, hidden_size=2, steps=1)))
    assert gaps.conclusion(now(runs)) == ""
    while now(runs).runs:
        engine.step()
    came = {}
    for name in names:
        cell, length = name.split("-")
        is_solved = (
            cell == "LSTM" or (cell == "GRU" and length not in ("2", "50")) or (cell == "RNN" and length != "20")
        )
        came[name] = (1.0, "solved" if is_solved else "finished")
    assert gaps.conclusion(ended(now(runs), came)).startswith(
        "LSTM remembers over gaps up to 200, GRU remembers over no gap, RNN remembers over gaps up to 10. Guessing: 5"
    )
