"""Experiments that train in the job book: which series they take, whose run becomes the tab's, and what they say."""

import re
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from dashboard.pages.experiments import amazon, reading, scratch, stacked, trained
from dashboard.pages.experiments.trained import Preset
from dashboard.run_view.viewed_run import of_job
from dashboard.session import series_search as sources
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.link import AppState, DataChoice
from lstm_core.data import bundled as samples
from lstm_core.data.catalogue import load
from lstm_core.forecasting.significance import DieboldMariano
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.jobs import JobBook
from lstm_core.work import judging
from tests.helpers.first_run import FIRST_RUN
from tests.helpers.slices import train_one_unit
from tests.helpers.stepping_engine import SteppingEngine
from tests.helpers.yahoo_server import (
    Listing,
    YahooServer,
    plain,
    server,  # noqa: F401  # a fixture
)

SMALL = Hyperparameters(hidden_size=2, window_length=8, burn_in=2, stride=40, epochs=2)
LATER = Hyperparameters(hidden_size=3, window_length=8, burn_in=2, stride=40, epochs=2)


def preset(settings: Hyperparameters = SMALL, *choices: DataChoice) -> Preset:
    return Preset("small", settings, choices or (DataChoice(sample="FB"),), lambda *_: [])


AMAZON = preset(SMALL, *amazon.CHOICES)


@pytest.fixture
def book(engine):
    book = JobBook(engine, capacity=3)
    yield book
    book.close()


@pytest.fixture
def tab(book) -> BrowserTab:
    return BrowserTab("me", book, FIRST_RUN, AppState())


@pytest.fixture
def yahoo(server: YahooServer, monkeypatch, tmp_path) -> YahooServer:  # noqa: F811
    """Knows two years of prices that nobody else has; keeps nothing from one test to the next."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    days = [date(2020, 1, 1) + timedelta(days=day) for day in range(500)]
    about = {"currency": "USD", "longName": "Amazon.com, Inc."}
    server.listings["AMZN"] = Listing(days, [plain(100 + day % 7) for day in range(500)], about=about)
    return server


def subject_of(tab: BrowserTab):
    assert tab.viewed_job_id is not None
    return tab.book.job(tab.viewed_job_id)


# Where the series comes from.


def test_prices_come_from_yahoo_where_it_answers(tab, yahoo):
    assert trained.begin(tab, AMAZON)
    series = subject_of(tab).series
    assert (series.name, series.title, len(series)) == ("AMZN", "Amazon.com, Inc.", 500)
    assert series.source.kind == "yahoo"
    assert (tab.state.data.source, tab.state.data.ticker) == ("yahoo", "AMZN")
    assert AMAZON.choice_of(series) == amazon.CHOICES[0]
    assert AMAZON.choice_of(load("AMZN")) == amazon.CHOICES[1]
    assert AMAZON.choice_of(load("MSFT")) is None
    assert not any(note.kind == "sample_instead" for note in series.notes)


def test_where_yahoo_does_not_answer_the_sample_is_taken_with_the_reason(tab, yahoo):
    yahoo.status = 429
    assert trained.begin(tab, AMAZON)
    np.testing.assert_array_equal(subject_of(tab).series.values, load("AMZN").values)
    assert (tab.state.data.source, tab.state.data.sample) == ("sample", "AMZN")
    said = (
        "Yahoo Finance takes no more requests from here for now: wait some minutes. So this run uses the sample AMZN."
    )
    first, *others = subject_of(tab).series.notes
    assert (str(first), tuple(others)) == (said, load("AMZN").notes)
    yahoo.status = 200
    tab.book.stop(tab.viewed_job_id)
    assert trained.begin(tab, AMAZON)  # it is asked anew
    assert subject_of(tab).series.source.kind == "yahoo"


def test_without_either_no_other_company_stands_in_and_both_reasons_are_said(tab, yahoo, monkeypatch):
    find = samples.find_spec
    samples._table.cache_clear()
    sources.sample.cache_clear()
    monkeypatch.setattr(samples, "find_spec", lambda name: None if name == "river" else find(name))
    yahoo.status = 429
    assert not trained.begin(tab, AMAZON)
    assert tab.viewed_job_id is None
    assert tab.problems == (
        "Yahoo Finance takes no more requests from here for now: wait some minutes. This series needs the package "
        "river, which this installation does not have. Train asks again.",
    )
    assert {choice.ticker if choice.source == "yahoo" else choice.sample for choice in amazon.CHOICES} == {"AMZN"}


def test_where_nothing_can_be_had_nothing_changes_but_a_sentence(tab):
    before = tab.state
    assert not trained.begin(tab, preset(SMALL, DataChoice(sample="none"), DataChoice(sample="nope")))
    assert (tab.state, tab.viewed_job_id) == (before, None)
    assert len(tab.problems) == 1
    assert tab.problems[0].startswith("The series must be")


# Whose run it is.


def test_the_run_becomes_what_all_pages_show_with_its_settings_in_their_fields(tab):
    generation = tab.fields.generation
    assert trained.begin(tab, preset())
    job = subject_of(tab)
    assert tab.state.job == job.id
    assert (job.series.name, job.hyperparameters.hidden_size, job.window_end is not None) == ("FB", 2, True)
    assert (tab.state.hyperparameters, tab.state.data.sample) == (SMALL, "FB")
    assert tab.fields.generation > generation
    found = trained.newest(tab, preset())
    assert found is not None
    assert found.id == job.id
    assert trained.newest(tab, preset(LATER)) is None
    assert trained.newest(tab, preset(SMALL, DataChoice(sample="AAPL"))) is None


def test_pressed_twice_is_pressed_once_and_a_paused_run_goes_on(tab, engine):
    assert trained.begin(tab, preset())
    first = tab.viewed_job_id
    assert trained.begin(tab, preset())
    assert (tab.runs.jobs, len(engine.slices)) == ([first], 1)
    tab.book.pause(first)
    engine.drain()
    assert subject_of(tab).state == "paused"
    assert trained.begin(tab, preset())
    engine.drain()
    assert (tab.viewed_job_id, subject_of(tab).state) == (first, "finished")
    assert trained.begin(tab, preset())  # one that is over begins anew
    assert tab.viewed_job_id != first


def test_another_experiment_ends_the_one_that_trains_and_both_can_be_looked_at(tab, engine):
    trained.begin(tab, preset())
    engine.step()
    first = tab.viewed_job_id
    trained.begin(tab, preset(LATER))
    engine.drain()
    ended, went_on = trained.newest(tab, preset()), trained.newest(tab, preset(LATER))
    assert ended is not None
    assert went_on is not None
    assert (ended.id, ended.state, went_on.state) == (first, "stopped", "finished")
    trained.look_at(tab, preset(), ended)
    assert (tab.viewed_job_id, tab.state.hyperparameters) == (first, SMALL)
    assert trained.newest(tab, preset(LATER)) is not None


def test_a_link_finds_the_run_again(tab, engine, book):
    trained.begin(tab, preset())
    other = BrowserTab("other", book, FIRST_RUN, AppState())
    assert trained.newest(other, preset()) is None
    other.find_again(tab.viewed_job_id)
    found = trained.newest(other, preset())
    assert found is not None
    assert found.id == tab.viewed_job_id
    book.leave(tab.id)
    engine.drain()
    assert book.job(found.id).state == "finished"  # for the other still looks at it


def test_a_full_book_is_one_sentence_and_the_fields_stay(book, tab):
    others = [BrowserTab(name, book, FIRST_RUN, AppState()) for name in ("one", "two", "three")]
    for other in others:
        assert trained.begin(other, preset())
    before = tab.state
    assert not trained.begin(tab, preset())
    assert (tab.state, tab.viewed_job_id, trained.newest(tab, preset())) == (before, None, None)
    assert tab.problems[0].startswith("This server keeps 3 trainings")
    book.stop(others[0].viewed_job_id)
    assert trained.begin(tab, preset())
    assert tab.problems == ()


def test_the_experiments_are_what_their_page_says():
    ways = list(amazon.WAYS.values())
    assert {way.window_length for way in ways} == {60}
    assert {way.cell for way in ways} == {"LSTM"}
    assert [(way.target, way.loss_on) for way in ways] == [("auto", "every_step"), ("level", "last_step")]
    told = stacked.SETTINGS
    assert (told.num_layers, told.hidden_size, told.dropout, told.output_dropout) == (2, 128, 0.2, 0.2)
    assert (told.cell, told.optimizer, told.loss) == ("LSTM", "adam", "mse")


# What they say.


@pytest.fixture(scope="module")
def judged():
    """A small run on a real series, and its judgement."""
    engine = SteppingEngine()
    book = JobBook(engine)
    tab = BrowserTab("me", book, FIRST_RUN, AppState())
    trained.begin(tab, preset())
    engine.drain()
    viewed = of_job(subject_of(tab))
    book.close()
    weights = viewed.kept[viewed.epoch]
    return viewed, judging.judge(viewed.hyperparameters, viewed.series, weights, int(viewed.epoch), 5)


def test_the_table_and_the_check_have_naives_error_as_numpy_has_it(judged):
    viewed, judgement = judged
    closes = viewed.series.values
    first = judgement.predictions.days[-judgement.evaluation.days]
    steps = closes[first:] - closes[first - 1 : -1]
    rmse, mae = np.sqrt((steps**2).mean()), np.abs(steps).mean()
    table = reading.table(judgement.evaluation, viewed).set_index("forecast")
    assert list(table.index) == ["LSTM", "naive", "drift"]
    assert list(table.loc["naive"][2:]) == ["1.000", "–"]
    said = [re.fullmatch(r"\$(\d\.\d{3,5})", text) for text in table.loc["naive"][:2]]
    assert [each and float(each[1]) for each in said] == pytest.approx([rmse, mae], abs=0.00051)
    beats = reading.checks(viewed, judgement)[1]
    assert f"against {table.loc['naive', 'RMSE']}" in beats
    assert beats.startswith("**Beats naive: too few to tell.** RMSE ")  # Facebook's test part has 29


def test_naives_curve_is_the_price_of_the_day_before(judged):
    viewed, judgement = judged
    price, network, naive = reading.test_days(viewed, judgement.predictions)
    assert [line.label for line in (price, network, naive)] == ["price", "LSTM", "naive"]
    assert [len(line.y) for line in (price, network, naive)] == [min(60, judgement.evaluation.days)] * 3
    np.testing.assert_array_equal(price.y[:-1], naive.y[1:])
    assert price.y[-1] == viewed.series.values[-1]
    assert price.x[-1] == judgement.evaluation.days


def test_losses_lie_within_their_bounds(judged):
    viewed, _ = judged
    low, high = reading.loss_bounds(viewed)
    every = [*viewed.train, *viewed.validation, viewed.naive_loss]
    assert low < min(every) < max(every) < high


def test_naive_counts_as_beaten_only_where_chance_does_not_do_it(judged):
    viewed, judgement = judged
    told = judgement.evaluation

    def answer(skill, p_value):
        metrics = told.metrics | {
            "network": replace(told.metrics["naive"], rmse=told.metrics["naive"].rmse * (1 - skill))
        }
        tested = DieboldMariano(np.sign(-skill) * 2.5, p_value, 490)
        evaluation = replace(told, metrics=metrics, diebold_mariano=tested)
        return reading.checks(viewed, replace(judgement, evaluation=evaluation))[1]

    assert answer(0.05, 0.01).startswith("**Beats naive: yes.**")
    assert answer(0.05, 0.2).startswith("**Beats naive: may be chance.**")
    assert answer(-0.05, 0.2).startswith("**Beats naive: no.**")
    assert "Chance could have done that: the difference is 2.5 standard errors." in answer(-0.05, 0.2)
    assert "That is more than chance" in answer(-0.05, 0.01)


def test_from_scratch_says_yes_for_its_own_seed_and_no_where_a_seed_does_not_learn():
    learnt, missed = (train_one_unit(seed, 500, 0.1) for seed in (16, 36))
    told = scratch.verdict(learnt)
    assert [sentence.partition(":")[2].strip()[:3] for sentence in told] == ["yes"] * 3
    assert scratch.verdict(missed)[1] == "A near 0: no (0.1192)."
    assert scratch.verdict(train_one_unit(16, 20, 0.1))[0].startswith("Falls below 0.01: no; 0.")
