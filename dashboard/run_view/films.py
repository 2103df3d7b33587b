"""The film of the window that the page looks at: all kept epochs, as far as workers have answered, and the newest."""

from concurrent.futures import Future
from typing import Any

from dashboard.run_view.first_run import FIRST_RUN
from dashboard.run_view.subject import Subject
from dashboard.session.answers import answer
from dashboard.session.visit import Visit
from lstm_core.jobs import Job
from lstm_core.network.cells import CELLS
from lstm_core.runs.thinning import thinned
from lstm_core.work import pictures
from lstm_core.work.pictures import Film, Picture, WindowFacts

_FILM_BYTES = 96 * 2**20  # activations of one film: less than the browser keeps (store.js)


def find_film(visit: Visit, subject: Subject, job: Job | None, end: int) -> tuple[Film | None, Future[Any] | None]:
    """All kept epochs, once a worker has traced them, and the newest picture of a network that still learns."""
    if subject.id == FIRST_RUN and end == visit.first_run.film.facts.end:
        return visit.first_run.film, None
    owed = _ask_film(visit, subject, end) if subject.kept else None
    asked = answer(owed)
    facts, newest = _newest_picture(visit, subject, job, end)
    if asked is None and newest is None:
        return None, owed
    facts = asked.facts if asked else facts
    assert facts is not None
    pictures = {picture.epoch: picture for picture in (asked.pictures if asked else ())}
    if newest and not (asked and subject.is_still):
        pictures[newest.epoch] = newest
    film = Film(facts, tuple(pictures[epoch] for epoch in sorted(pictures)), _bound(visit, subject, asked, newest))
    return film, owed


def _newest_picture(
    visit: Visit, subject: Subject, job: Job | None, end: int
) -> tuple[WindowFacts | None, Picture | None]:
    """Of the training as it goes: its own picture of the window that it watches, else one that a worker made for this
    visit alone. So what one person chooses moves nobody else's picture."""
    if job is None or (job.facts is not None and job.facts.end == end):
        return (job.facts, job.picture) if job else (None, None)
    if not job.runs or job.window_end == end or job.checkpoint is None or job.picture is None:
        return None, None
    kind = ("own film", subject.id, end)
    if visit.answers.pending(*kind) is None and visit.answers.may_ask_again():
        age, weights = job.picture.epoch, job.checkpoint.weights
        visit.answers.ask((*kind, age), pictures.film, subject.hyperparameters, subject.series, {age: weights}, end)
    own: Film | None = visit.answers.newest(*kind)
    return (own.facts, own.pictures[-1]) if own else (None, None)


def _ask_film(visit: Visit, subject: Subject, end: int) -> Future[Any]:
    """Once when a window is first looked at, and once more when the network stands still with more epochs kept."""
    stage = subject.epoch if subject.is_still else "learning"
    epochs = sorted(filmed(subject, visit.state.epoch))
    extra = visit.state.epoch if len(epochs) < len(subject.kept) else None
    arguments = (subject.hyperparameters, subject.series, {epoch: subject.kept[epoch] for epoch in epochs}, end)
    return visit.answers.ask(("film", subject.id, end, stage, extra), pictures.film, *arguments)


def filmed(subject: Subject, wanted: float | None) -> set[float]:
    """Of the kept epochs as many as the browser has room for, and those that matter among them."""
    size = subject.hyperparameters
    values = len(CELLS[size.cell].activations) * size.num_layers * size.window_length * size.hidden_size
    some = thinned(subject.kept, _FILM_BYTES // (4 * values))
    return {*some, *({subject.epoch, wanted} & subject.kept.keys())}


def _bound(visit: Visit, subject: Subject, asked: Film | None, newest: pictures.Picture | None) -> float:
    """One colour bound for the whole run; while it learns, the largest so far: no lane is rescaled to and fro."""
    so_far = [visit.bounds.get(subject.id, 0.0)]
    if asked:
        so_far.append(asked.cell_state_bound)
    if newest:
        so_far.append(pictures.cell_state_bound((newest,)))
    visit.bounds[subject.id] = max(so_far)
    return visit.bounds[subject.id]
