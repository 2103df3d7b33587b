"""What the page Compare shows: who is compared, what travels to the browser, and how a race is begun and left."""

from dataclasses import replace

import numpy as np
import pytest
from dieboldmariano import dm_test

from dashboard.components import Delivered, Losses
from dashboard.components.compare import COMPARE, Comparison, Judged
from dashboard.components.payload import pack
from dashboard.components.stage_content import Status
from dashboard.panels import race
from dashboard.run_view.comparison import compared, shared_end, watch
from dashboard.run_view.contenders import comparable, contenders, names
from dashboard.run_view.first_run import FIRST_RUN as FIRST_RUN_ID
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.link import AppState
from lstm_core.errors import InvalidArgument
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.jobs import JobBook
from lstm_core.network.cells import CELLS
from lstm_core.network.size import each_cell
from lstm_core.runs.thinning import thinned
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.training.windows import resolved
from lstm_core.work import judging
from tests.helpers.first_run import FIRST_RUN
from tests.helpers.messages import read
from tests.helpers.series import wave
from tests.helpers.stage_content import a_chart, a_column, a_film

SERIES = wave(120)
SETTINGS = resolved(Hyperparameters(hidden_size=2, window_length=8, burn_in=2, epochs=3), SERIES)


@pytest.fixture
def book(engine):
    """With room for more than one race."""
    book = JobBook(engine)
    yield book
    book.close()


@pytest.fixture
def tab(book):
    tab = BrowserTab("me", book, FIRST_RUN, AppState(compare="cells"))
    tab.search.series = SERIES
    return tab


def test_a_film_of_two_columns_travels_once_and_each_says_its_own():
    film = a_film(0, 2)
    curves = {"epochs": np.array([1, 2]), "train": np.ones(2), "validation": np.array([3.0, np.nan])}
    losses = Losses(**curves, naive=0.5, best_epoch=1, best_loss=3.0, kept_epochs=[1], planned_epochs=8)
    judged = Judged(epoch=2, days=10, rmse=0.5, naive=0.4, skill=-0.25, sure="may be chance")
    second = a_column(1, film, epoch=0, losses=losses, seconds=np.array([0.5, 0.25]), judged=judged)
    found = read(pack(COMPARE.encode(Comparison(chart=a_chart(), columns=[a_column(0, film), second]))))
    assert [each["id"] for each in found["films"]] == [film.id]
    assert [snapshot["epoch"] for snapshot in found["films"][0]["snapshots"]] == [0, 2]
    assert [each["film"] for each in found["columns"]] == [film.id, film.id]
    assert found["columns"][0]["naive"] is None
    told = found["columns"][1]
    np.testing.assert_array_equal(told["validation"], losses.validation)
    np.testing.assert_array_equal(told["seconds"], [0.5, 0.25])
    assert (told["epoch"], told["naive"], told["parameters"], told["planned"]) == (0, 0.5, 9, 8)
    assert told["judged"] == {"epoch": 2, "days": 10, "rmse": 0.5, "naive": 0.4, "skill": -0.25} | {
        "sure": "may be chance",
        "sure_first": "",
    }


def test_the_first_message_brings_the_age_that_each_column_opens_on():
    """Two ages of one run: the one asked for, and the judged one, which need not be the newest."""
    film = a_film(0, 1, 2)
    judged = Status(state="finished", epoch=1)
    both = Comparison(chart=a_chart(), columns=[a_column(0, film, epoch=0), a_column(1, film, status=judged)])
    found = read(pack(COMPARE.encode(both.opening())))
    assert [snapshot["epoch"] for snapshot in found["films"][0]["snapshots"]] == [0, 1]


def test_what_the_browser_holds_is_not_sent_again():
    delivered = Delivered()
    both = Comparison(chart=a_chart(), columns=[a_column(0, a_film(1, id="a:19")), a_column(1, a_film(1, id="b:19"))])
    delivered.stamp(COMPARE.encode(both, delivered.names), is_still=False)
    later = Comparison(chart=a_chart(), columns=[a_column(0, a_film(1, 2, id="a:19")), both.columns[1]])
    header = COMPARE.encode(later, delivered.names)["header"]
    assert "body" not in header["words"]
    assert "body" not in header["chart"]
    assert [[snapshot["epoch"] for snapshot in film["snapshots"]] for film in header["films"]] == [[2], []]


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ([], "columns must be 1 to 4; got 0."),
        ([a_column(at, None) for at in range(5)], "columns must be 1 to 4; got 5."),
        (
            [a_column(0, a_film(1)), a_column(1, replace(a_film(1, id="b:9"), window_start=4))],
            "columns must be films of one window; got [(4, 6), (14, 6)].",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(columns, sentence):
    with pytest.raises(InvalidArgument) as refusal:
        Comparison(chart=a_chart(), columns=columns)
    assert str(refusal.value) == sentence


def test_no_error_of_a_network_without_naives():
    with pytest.raises(InvalidArgument, match="naive must be a finite RMSE"):
        Judged(epoch=2, days=10, rmse=0.5, naive=float("nan"), skill=0, sure="no")


@pytest.mark.parametrize("told", [None, 3, [1], {"of": [1]}, {"of": {"0": "1", "1": True, "2": None}, "count": 3}])
def test_only_numbers_are_taken_from_a_browser(told):
    shown = Comparison(chart=a_chart(), columns=[a_column(0, None)])
    assert COMPARE.read({"ages": told, "large": "yes"}, shown) == {"ages": {}, "large": None}
    ages = {"0.a": 3, "1.a": 2.5}
    assert COMPARE.read({"ages": {"of": ages, "count": 7}, "large": True}, shown) == {"ages": ages, "large": True}


def test_names_say_what_tells_one_from_the_other():
    assert names(each_cell(SETTINGS, by_parameters=False)) == list(CELLS)
    assert names([replace(SETTINGS, seed=seed) for seed in (4, 5)]) == ["LSTM, seed 4", "LSTM, seed 5"]
    large = replace(SETTINGS, hidden_size=9)
    assert names([SETTINGS, large]) == ["LSTM, hidden units 2", "LSTM, hidden units 9"]
    assert names([SETTINGS, SETTINGS]) == ["LSTM (1)", "LSTM (2)"]


def test_two_ages_of_the_first_run_need_no_worker(tab, engine):
    tab.change(compare="ages")
    tab.search.series = FIRST_RUN.run.series
    pair = contenders(tab)
    found = compared(tab, pair, {})
    assert [each.opens_on for each in pair] == [0, None]
    first, second = found.comparison.columns
    assert first.film is not None
    assert second.film is not None
    assert first.film.id == second.film.id
    assert {0, FIRST_RUN.run.epoch} <= {snapshot.epoch for snapshot in first.film.snapshots}
    assert second.judged is not None
    assert second.judged.naive == FIRST_RUN.judgement.evaluation.metrics["naive"].rmse
    assert second.judged.sure == "may be chance"
    assert first.judged is None
    assert found.is_changing  # the untrained network is being judged


def test_figures_say_whether_chance_could_have_made_them(tab, engine):
    """The untrained network against naive, and the other age against it: by hand from both predictions."""
    tab.change(compare="ages")
    tab.search.series = FIRST_RUN.run.series
    pair = contenders(tab)
    compared(tab, pair, {})
    engine.drain()
    columns = compared(tab, pair, {}).comparison.columns
    run = FIRST_RUN.run
    untrained = judging.judge(run.hyperparameters, run.series, run.kept[0], 0, 20)
    assert columns[0].judged is not None
    assert columns[1].judged is not None
    days, happened = untrained.predictions.days[-490:], run.series.values[-490:]
    assert str(run.series.dates[days[0]]) == str(run.series.dates[-490])

    def p_value(one, other):
        pair = [list(one), list(other)]
        return dm_test(list(happened), *pair, variance_estimator="acf")[1]

    first, second = untrained.predictions, FIRST_RUN.judgement.predictions
    words = {True: "more than chance", False: "may be chance"}
    assert columns[0].judged.sure == words[p_value(first.values[-490:], first.naive[-490:]) < 0.05]
    assert columns[1].judged.sure == words[p_value(second.values[-490:], second.naive[-490:]) < 0.05]
    assert columns[1].judged.sure_first == words[p_value(second.values[-490:], first.values[-490:]) < 0.05]
    assert columns[0].judged.sure_first == ""


def test_a_race_is_three_jobs_on_one_window_and_ends_when_another_begins(tab, engine):
    race.begin(tab, each_cell(SETTINGS, by_parameters=False))
    first = tab.state.race
    jobs = [tab.book.job(job) for job in first]
    assert [job.hyperparameters.cell for job in jobs] == list(CELLS)
    assert len({job.window_end for job in jobs}) == 1
    assert [each.name for each in contenders(tab)] == list(CELLS)
    race.begin(tab, each_cell(SETTINGS, by_parameters=False))
    assert {tab.book.job(job).state for job in first} == {"stopped"}
    assert not {*first} & {*tab.state.race}


def test_a_race_of_cells_is_none_of_seeds(tab):
    race.begin(tab, tuple(replace(SETTINGS, seed=seed) for seed in range(3)))
    tab.change(hyperparameters=SETTINGS)
    assert [each.viewed.state for each in contenders(tab)] == [None]
    tab.change(compare="seeds")
    assert [each.name for each in contenders(tab)] == ["LSTM, seed 0", "LSTM, seed 1", "LSTM, seed 2"]


def test_a_full_book_begins_no_half_race(engine):
    book = JobBook(engine, capacity=2)
    tab = BrowserTab("me", book, FIRST_RUN, AppState(compare="cells"))
    tab.search.series = SERIES
    race.begin(tab, each_cell(SETTINGS, by_parameters=False))
    assert tab.state.race == ()
    assert "keeps 2 trainings" in tab.problems[0]
    book.close()


def test_a_window_picked_is_watched_by_all_that_train(tab):
    race.begin(tab, each_cell(SETTINGS, by_parameters=False))
    watch(tab, contenders(tab), 77)
    assert {tab.book.job(job).window_end for job in tab.state.race} == {77}
    assert shared_end(tab, contenders(tab)) == 77
    watch(tab, contenders(tab), 0)
    assert shared_end(tab, contenders(tab)) == 8  # the first day on which eight log returns are known


def test_runs_that_share_the_newest_ones_window_can_be_compared(tab):
    first = tab.book.train(Forecasting(SETTINGS, SERIES), tab.id)
    tab.show_job(first)
    other = tab.book.train(Forecasting(replace(SETTINGS, window_length=9), SERIES), tab.id)
    tab.show_job(other)
    second = tab.book.train(Forecasting(replace(SETTINGS, seed=5), SERIES), tab.id)
    tab.show_job(second)
    assert list(comparable(tab)) == [first, second]
    tab.change(compare="runs")
    assert [each.name for each in contenders(tab, [first, second])] == ["LSTM, seed 0", "LSTM, seed 5"]


def test_after_a_reload_the_race_is_found_again_as_far_as_it_is_kept(tab):
    race.begin(tab, each_cell(SETTINGS, by_parameters=False))
    back = BrowserTab("again", tab.book, FIRST_RUN, AppState(compare="cells", race=(*tab.state.race[:2], "lost")))
    back.find_race_again()
    assert back.state.race == tab.state.race[:2]
    assert back.problems
    tab.book.leave(tab.id)
    assert tab.book.job(back.state.race[0]).runs


def test_of_many_runs_the_oldest_are_let_go(tab):
    jobs = []
    for seed in range(12):
        jobs.append(tab.book.train(Forecasting(replace(SETTINGS, seed=seed), SERIES), tab.id))
        tab.show_job(jobs[-1])
    assert tab.runs.jobs == jobs[-8:]


def test_thinned_keeps_both_ends_and_is_dense_at_first():
    assert thinned(range(41), 2) == [0, 40]
    kept = thinned(range(41), 6)
    assert (kept[0], kept[-1], len(kept)) == (0, 40, 6)
    assert np.all(np.diff(np.diff(kept)) >= 0)
    assert thinned([3.5, 1], 1) == [1, 3.5]
    assert thinned(range(41), 3, keep=(17,)) == [0, 17, 40]
    assert thinned(range(41), 2, keep=(17,)) == [0, 17, 40]


@pytest.mark.parametrize("kind", ["cells", "seeds"])
def test_before_a_race_the_run_on_show_stands_beside_what_it_would_train(tab, kind):
    tab.change(compare=kind)
    tab.search.series = FIRST_RUN.run.series
    plain = resolved(SETTINGS, tab.search.series)
    planned = (
        each_cell(plain, by_parameters=False)
        if kind == "cells"
        else tuple(replace(plain, seed=seed) for seed in range(7, 10))
    )
    some = contenders(tab, (), planned)
    found = compared(tab, some, {})
    first, *others = found.comparison.columns
    assert first.film is not None
    assert first.film.run == FIRST_RUN_ID
    assert len(others) == len(planned) - 1
    assert {(each.film, each.losses, each.status.state) for each in others} == {(None, None, "idle")}
    shown = {getattr(each.viewed.hyperparameters, "cell" if kind == "cells" else "seed") for each in some}
    assert len(shown) == len(planned)


def test_of_a_series_without_a_network_there_is_one_age(tab):
    tab.change(compare="ages", hyperparameters=SETTINGS)
    tab.search.series = SERIES
    only = contenders(tab)
    found = compared(tab, only, {})
    assert [(each.film, each.status.message) for each in found.comparison.columns] == [
        (None, "Not trained yet: press Train.")
    ]
    np.testing.assert_array_equal(found.comparison.chart.price, SERIES.values)
