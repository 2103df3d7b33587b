"""The film of the window that the page looks at: all kept epochs, as far as workers have answered, and the newest."""

from concurrent.futures import Future
from typing import Any

from dashboard.run_view.first_run import FIRST_RUN
from dashboard.run_view.viewed_run import ViewedRun
from dashboard.session.answers import answer
from dashboard.session.browser_tab import BrowserTab
from lstm_core.jobs import Job
from lstm_core.network.cells import CELLS
from lstm_core.runs.thinning import thinned
from lstm_core.work import snapshots
from lstm_core.work.snapshots import Film, Snapshot, WindowFacts

_FILM_BYTES = 96 * 2**20  # activations of one film: less than the browser keeps (store.js)


def find_film(tab: BrowserTab, viewed: ViewedRun, job: Job | None, end: int) -> tuple[Film | None, Future[Any] | None]:
    """All kept epochs, once a worker has traced them, and the newest picture of a network that still learns."""
    if viewed.id == FIRST_RUN and end == tab.first_run.film.facts.end:
        return tab.first_run.film, None
    future = _ask_film(tab, viewed, end) if viewed.kept else None
    asked = answer(future)
    facts, newest = _newest_snapshot(tab, viewed, job, end)
    if asked is None and newest is None:
        return None, future
    facts = asked.facts if asked else facts
    assert facts is not None
    snapshots = {snapshot.epoch: snapshot for snapshot in (asked.snapshots if asked else ())}
    if newest and not (asked and viewed.is_still):
        snapshots[newest.epoch] = newest
    film = Film(facts, tuple(snapshots[epoch] for epoch in sorted(snapshots)), _bound(tab, viewed, asked, newest))
    return film, future


def _newest_snapshot(
    tab: BrowserTab, viewed: ViewedRun, job: Job | None, end: int
) -> tuple[WindowFacts | None, Snapshot | None]:
    """Of the training as it goes: its own picture of the window that it watches, else one that a worker made for this
    tab alone. So what one person chooses moves nobody else's picture."""
    if job is None or (job.facts is not None and job.facts.end == end):
        return (job.facts, job.snapshot) if job else (None, None)
    if not job.runs or job.window_end == end or job.checkpoint is None or job.snapshot is None:
        return None, None
    kind = ("own film", viewed.id, end)
    if tab.answers.pending(*kind) is None and tab.answers.may_ask_again():
        age, weights = job.snapshot.epoch, job.checkpoint.weights
        tab.answers.ask((*kind, age), snapshots.film, viewed.hyperparameters, viewed.series, {age: weights}, end)
    own: Film | None = tab.answers.newest(*kind)
    return (own.facts, own.snapshots[-1]) if own else (None, None)


def _ask_film(tab: BrowserTab, viewed: ViewedRun, end: int) -> Future[Any]:
    """Once when a window is first looked at, and once more when the network stands still with more epochs kept."""
    stage = viewed.epoch if viewed.is_still else "learning"
    epochs = sorted(filmed(viewed, tab.state.epoch))
    extra = tab.state.epoch if len(epochs) < len(viewed.kept) else None
    arguments = (viewed.hyperparameters, viewed.series, {epoch: viewed.kept[epoch] for epoch in epochs}, end)
    return tab.answers.ask_in_pieces(("film", viewed.id, end, stage, extra), snapshots.filming, *arguments)


def filmed(viewed: ViewedRun, wanted: float | None) -> set[float]:
    """Of the kept epochs as many as the browser has room for, and those that matter among them."""
    size = viewed.hyperparameters
    values = len(CELLS[size.cell].activations) * size.num_layers * size.window_length * size.hidden_size
    some = thinned(viewed.kept, _FILM_BYTES // (4 * values))
    return {*some, *({viewed.epoch, wanted} & viewed.kept.keys())}


def _bound(tab: BrowserTab, viewed: ViewedRun, asked: Film | None, newest: snapshots.Snapshot | None) -> float:
    """One colour bound for the whole run; while it learns, the largest so far: no lane is rescaled to and fro."""
    so_far = [tab.browser.bounds.get(viewed.id, 0.0)]
    if asked:
        so_far.append(asked.cell_state_bound)
    if newest:
        so_far.append(snapshots.cell_state_bound((newest,)))
    tab.browser.bounds[viewed.id] = max(so_far)
    return tab.browser.bounds[viewed.id]
