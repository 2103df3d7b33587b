"""A link gives the right to look: commands are the owner's, and who looks on goes on in a copy of their own."""

from dataclasses import replace

import numpy as np
import pytest

from dashboard.components import StageEvents
from dashboard.run_view import viewing
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.current import to_query
from dashboard.session.link import AppState
from lstm_core.jobs import JobBook, NotYours
from lstm_core.phrases import Phrase
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.training.windows import resolved
from tests.helpers.first_run import FIRST_RUN
from tests.helpers.small_training import SERIES, SMALL, states

pytestmark = pytest.mark.usefixtures("one_batch_a_slice")
COMMANDS = ("pause", "resume", "one_epoch", "stop", "reset")
OWNER, GUEST = "owner-token-0123456789", "guest-token-0123456789"


def visit_of(book: JobBook, name: str, token: str) -> BrowserTab:
    return BrowserTab(name, book, FIRST_RUN, AppState(), token=token)


def begin(tab: BrowserTab, seed: int = 0) -> str:
    settings = replace(resolved(SMALL, SERIES), seed=seed, epochs=12)
    job = tab.book.train(Forecasting(settings, SERIES), tab.id, window_end=100, owner=tab.runs.token)
    tab.search.series = SERIES
    tab.show_job(job)
    return job


@pytest.fixture
def owner(book) -> BrowserTab:
    return visit_of(book, "owner", OWNER)


@pytest.fixture
def guest(book, owner) -> BrowserTab:
    guest = visit_of(book, "guest", GUEST)
    guest.find_again(begin(owner))
    return guest


def subject_of(tab: BrowserTab) -> str:
    assert tab.viewed_job_id is not None
    return tab.viewed_job_id


@pytest.mark.parametrize("token", ["", GUEST, OWNER[:-1], OWNER + "x"])
@pytest.mark.parametrize("command", COMMANDS)
def test_only_the_owner_commands(book, owner, token, command):
    job = begin(owner)
    before = book.job(job)
    with pytest.raises(NotYours, match="somebody else's"):
        getattr(book, command)(job, by=token)
    with pytest.raises(NotYours):
        book.watch_window(job, 90, by=token)
    after = book.job(job)
    assert (after.state, after.goal, after.attempt, after.window_end) == (before.state, None, before.attempt, 100)
    getattr(book, command)(job, by=OWNER)
    book.watch_window(job, 90, by=OWNER)
    assert book.job(job).window_end == 90


def test_the_right_outlives_a_reset_and_the_book_knows_no_token(book, owner):
    job = begin(owner)
    book.reset(job, by=OWNER)
    assert not book.may_command(job, GUEST)
    assert book.may_command(job, OWNER)
    assert OWNER not in repr(vars(book.job(job)))
    assert OWNER not in repr(to_query(owner.state))


def test_a_command_of_who_looks_on_is_refused_with_a_sentence(book, owner, guest):
    for command in COMMANDS:
        guest.command(subject_of(guest), command)
    assert guest.problems == (str(Phrase("not_yours")),)
    assert states(book, subject_of(owner)) == ["training"]
    assert owner.problems == ()


def test_who_looks_on_and_turns_away_ends_nothing(book, engine, owner, guest):
    shared = subject_of(owner)
    book.leave(owner.id)  # the owner reloads: for a moment the guest is alone with it
    mine = begin(guest, seed=1)
    assert states(book, shared, mine) == ["training", "training"]
    owner.come_back()
    begin(owner, seed=2)
    assert states(book, shared) == ["stopped"]


def test_the_owners_second_tab_commands_too(book, owner):
    job = begin(owner)
    tab = visit_of(book, "second tab", OWNER)
    tab.find_again(job)
    assert tab.runs.owns(job)
    tab.command(job, "pause")
    assert book.job(job).state in ("pausing", "paused")


def test_two_tabs_that_open_at_once_are_one_owner(book, owner):
    late = visit_of(book, "late tab", GUEST)
    job = begin(late)
    late.runs.be_known_as(OWNER)
    assert owner.runs.owns(job)
    assert late.runs.owns(job)
    assert not book.may_command(job, GUEST)


def test_another_window_of_who_looks_on_is_theirs_alone(book, engine, owner, guest):
    job = subject_of(owner)
    for _ in range(8):
        engine.step()
    assert guest.hear(StageEvents(window_end=60, picked_at=1))
    assert (guest.state.window, owner.state.window) == (60, None)
    assert book.job(job).window_end == 100
    viewing.view_run(guest)
    while (now := viewing.view_run(guest)).film is None:
        engine.step()
    assert now.film.facts.end == 60
    mine = viewing.view_run(owner).film
    assert mine is not None
    assert mine.facts.end == 100


def test_the_picture_of_an_own_window_follows_the_training(book, engine, guest):
    """It is made from the newest weights, as the training's own picture of the same window would be."""
    for _ in range(8):
        engine.step()
    guest.hear(StageEvents(window_end=60, picked_at=1))
    viewing.view_run(guest)
    age = book.job(subject_of(guest)).snapshot.epoch
    while not any(key[0] == "own film" and future.done() for key, future in guest.answers.futures.items()):
        engine.step()
    film = viewing.view_run(guest).film
    assert film is not None
    assert age in {snapshot.epoch for snapshot in film.snapshots}


def test_going_on_in_a_copy_is_going_on_in_place(book, engine, owner, guest):
    shared = subject_of(owner)
    for _ in range(5):
        engine.step()
    there = book.job(shared)
    assert there.epoch > 0
    guest.change(window=90, epoch=1, unit=2, layer=1, timestep=3)
    guest.go_on()
    copy = subject_of(guest)
    assert copy != shared
    assert guest.runs.owns(copy)
    assert not owner.runs.owns(copy)
    chosen = guest.state
    assert (chosen.job, chosen.window, chosen.epoch, chosen.unit, chosen.timestep) == (copy, 90, 1, 2, 3)
    now = book.job(copy)
    assert (now.hyperparameters, now.window_end, now.epoch) == (there.hyperparameters, 90, there.epoch)
    assert list(now.kept) == list(there.kept)
    np.testing.assert_array_equal(now.history.validation, there.history.validation)
    engine.drain()
    one, other = book.job(shared), book.job(copy)
    assert one.state == other.state == "finished"
    assert list(one.kept) == list(other.kept)
    for name, values in one.checkpoint.weights.items():
        assert values.tobytes() == other.checkpoint.weights[name].tobytes(), name
    assert one.history.train.tobytes() == other.history.train.tobytes()
    assert one.history.validation.tobytes() == other.history.validation.tobytes()


def test_a_copy_is_owed_no_turn_and_owes_none(book, engine, owner, guest):
    """Beside somebody who has had nothing yet, whoever begins with a copy has had nothing either."""
    book.train(Forecasting(replace(resolved(SMALL, SERIES), seed=9), SERIES), "somebody")
    for _ in range(4):
        engine.step(next(place for place, call in enumerate(engine.calls) if call.seed == 0))
    there = book.job(subject_of(owner))
    assert there.trained > 0
    guest.go_on()
    now = book.job(subject_of(guest))
    assert now.trained == there.trained
    assert now.trained + now.handicap == pytest.approx(0.0)


def test_a_copy_where_there_is_no_room_is_one_sentence(engine):
    book = JobBook(engine, capacity=1)
    owner, guest = visit_of(book, "owner", OWNER), visit_of(book, "guest", GUEST)
    guest.find_again(begin(owner))
    guest.go_on()
    assert "all are in use" in guest.problems[0]
    assert guest.viewed_job_id == owner.viewed_job_id
    book.close()
