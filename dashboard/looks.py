"""What the page shows of its subject: the film of the window and the judgement, as far as workers have answered."""

from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import numpy as np

from dashboard import sentences, words
from dashboard.first_run import HORIZON, FirstRun
from dashboard.inside import Inside, inside
from dashboard.jobs import Job
from dashboard.subject import Subject, of_job, of_run, untrained
from dashboard.thinning import thinned
from dashboard.visit import Visit
from lstm_core import forecasting, tasks
from lstm_core.checkpoint import Weights
from lstm_core.errors import DataUnavailable, InvalidArgument, InvalidFile
from lstm_core.moves import interesting_end
from lstm_core.tasks import Film, Judgement, Picture, Predictions, WindowFacts
from lstm_core.trace import ACTIVATIONS
from lstm_core.windows import Windows, resolved

FIRST_RUN = "first_run"
_LIVE_BYTES = 256 * 2**10  # weights that may travel to the browser four times a second
_FILM_BYTES = 96 * 2**20  # activations of one film: less than the browser keeps (store.js)


@dataclass(frozen=True, eq=False)
class Look:
    """The page's subject and what is known of it now; ``is_waiting`` while a worker still owes an answer.

    end: the day on which the window ends, also while its film is awaited.
    judgement: of ``epoch``, the one being looked at. predictions: the judgement's, else the newest that training made.
    inside: what workers answered about them; on the page of that name alone.
    weights: the age and the weights of the network behind the frame looked at; None where a large one still trains.
    problem: a sentence, where a worker could not answer.
    """

    subject: Subject
    windows: Windows
    end: int
    epoch: float
    film: Film | None
    judgement: Judgement | None
    predictions: Predictions | None
    weights: tuple[float, Weights] | None
    inside: Inside | None
    is_waiting: bool
    problem: str = ""
    job: Job | None = None

    @property
    def is_changing(self) -> bool:
        """Something new may come without anybody doing anything."""
        return self.is_waiting or not self.subject.is_still


def look(visit: Visit, page: str = "forecast", patience: float = 0.0) -> Look:
    """``patience``: seconds for which a job that begins may take to show its first picture."""
    if patience and visit.subject_job is not None:
        visit.book.wait_for_picture(visit.subject_job, patience)
    return _look_at(visit, page, *on_show(visit))


def subject(visit: Visit) -> Subject:
    """What the page is about; nobody is asked anything for it."""
    return on_show(visit)[0]


def on_show(visit: Visit) -> tuple[Subject, Job | None]:
    """What the page is about, and the job behind it."""
    job = visit.snapshot()
    about = _subject(visit, job)
    return about, None if about.is_untrained else job


def _subject(visit: Visit, job: Job | None) -> Subject:
    """The run on show; once another series was chosen, that series with the network that Train would begin with."""
    shown = of_run(visit.first_run.run, FIRST_RUN) if job is None else of_job(job)
    if visit.series is None or visit.belongs(shown.series) or misfit(visit) is not None:
        return shown
    said = words.not_trained("" if shown.is_still else shown.series.title)
    return untrained(visit.series, resolved(visit.state.hyperparameters, visit.series), said)


def misfit(visit: Visit) -> str | None:
    """The sentence that says why the fields' settings cannot be trained on the fields' series; None if they can."""
    if visit.series is None:
        return None
    try:
        Windows(visit.series.values, resolved(visit.state.hyperparameters, visit.series))
    except InvalidArgument as error:
        return sentences.refusal(error)
    return None


def longest_horizon(visit: Visit) -> int | None:
    """How far ahead the fields' series can be forecast; None while its settings cannot be trained."""
    if visit.series is None or misfit(visit) is not None:
        return None
    return forecasting.longest_horizon(
        Windows(visit.series.values, resolved(visit.state.hyperparameters, visit.series))
    )


def _look_at(visit: Visit, page: str, subject: Subject, job: Job | None) -> Look:
    windows = Windows(subject.series.values, subject.hyperparameters)
    end = window_end(visit, windows, subject, job)
    epoch = age(visit, subject)
    film, owed_film = find_film(visit, subject, job, end)
    weights = _weights(visit, subject, job)
    found = inside(visit, subject, weights, end) if page == "inside" else None  # before what takes longer
    judgement, owed_judgement = find_judgement(visit, subject, epoch)
    answers = [each for each in (owed_film, owed_judgement, *(found.owed if found else ())) if each is not None]
    return Look(
        subject,
        windows,
        end,
        epoch,
        film,
        judgement,
        judgement.predictions if judgement else job and job.predictions,
        weights,
        found,
        is_waiting=any(not each.done() for each in answers) or (job is not None and job.begins),
        problem=" ".join(filter(None, [found.problem if found else "", *map(sentence, answers)])),
        job=job,
    )


def age(visit: Visit, subject: Subject) -> float:
    """The epoch that answers are about: of those on the stage the nearest to the one chosen, as the stage has it."""
    wanted = visit.state.epoch
    if wanted is None or not (subject.is_still and subject.kept):
        return subject.epoch
    return min(_filmed(subject, wanted), key=lambda epoch: (abs(epoch - wanted), epoch))


def _filmed(subject: Subject, wanted: float | None) -> set[float]:
    """Of the kept epochs as many as the browser has room for, and those that matter among them."""
    size = subject.hyperparameters
    values = len(ACTIVATIONS[size.cell]) * size.num_layers * size.window_length * size.hidden_size
    some = thinned(subject.kept, _FILM_BYTES // (4 * values))
    return {*some, *({subject.epoch, wanted} & subject.kept.keys())}


def _weights(visit: Visit, subject: Subject, job: Job | None) -> tuple[float, Weights] | None:
    wanted = age(visit, subject) if subject.is_still else visit.state.epoch
    if wanted is not None and wanted in subject.kept:
        return wanted, subject.kept[wanted]
    if subject.is_still or job is None:
        return None
    if job.checkpoint is None or job.picture is None:
        return None
    weights = job.checkpoint.weights
    is_small = sum(array.nbytes for array in weights.values()) <= _LIVE_BYTES
    return (job.picture.epoch, weights) if is_small else None


def picked_end(visit: Visit, windows: Windows) -> int | None:
    """The window that a person picked on the fields' series, if a training with these settings can picture it."""
    picked = visit.state.window
    return picked if picked is not None and windows.first_end <= picked < len(windows.values) else None


def window_end(visit: Visit, windows: Windows, subject: Subject, job: Job | None) -> int:
    if visit.state.window is not None:
        return int(np.clip(visit.state.window, windows.first_end, len(windows.values) - 1))
    if job is not None and job.window_end is not None:
        return job.window_end
    return visit.first_run.film.facts.end if subject.id == FIRST_RUN else interesting_end(windows)


def find_film(visit: Visit, subject: Subject, job: Job | None, end: int) -> tuple[Film | None, Future[Any] | None]:
    """All kept epochs, once a worker has traced them, and the newest picture of a network that still learns."""
    if subject.id == FIRST_RUN and end == visit.first_run.film.facts.end:
        return visit.first_run.film, None
    owed = _ask_film(visit, subject, end) if subject.kept else None
    asked = _answer(owed)
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
    if visit.pending(*kind) is None and visit.may_ask_again():
        age, weights = job.picture.epoch, job.checkpoint.weights
        visit.answer((*kind, age), tasks.film, subject.hyperparameters, subject.series, {age: weights}, end)
    own: Film | None = visit.newest(*kind)
    return (own.facts, own.pictures[-1]) if own else (None, None)


def _ask_film(visit: Visit, subject: Subject, end: int) -> Future[Any]:
    """Once when a window is first looked at, and once more when the network stands still with more epochs kept."""
    stage = subject.epoch if subject.is_still else "learning"
    epochs = sorted(_filmed(subject, visit.state.epoch))
    extra = visit.state.epoch if len(epochs) < len(subject.kept) else None
    arguments = (subject.hyperparameters, subject.series, {epoch: subject.kept[epoch] for epoch in epochs}, end)
    return visit.answer(("film", subject.id, end, stage, extra), tasks.film, *arguments)


def find_judgement(visit: Visit, subject: Subject, epoch: float) -> tuple[Judgement | None, Future[Any] | None]:
    if not subject.is_still or epoch not in subject.kept:
        return None, None
    first: FirstRun = visit.first_run
    if subject.id == FIRST_RUN and (epoch, visit.state.horizon) == (first.judgement.epoch, HORIZON):
        return first.judgement, None
    key = ("judgement", subject.id, epoch, visit.state.horizon)
    if (busy := visit.pending("judgement")) and key not in visit.answers:
        return None, busy  # a large network's takes seconds: one at a time, so that a worker is free for other answers
    arguments = (subject.hyperparameters, subject.series, subject.kept[epoch], epoch, visit.state.horizon)
    owed = visit.answer(key, tasks.judge, *arguments)
    return _answer(owed), owed


def _bound(visit: Visit, subject: Subject, asked: Film | None, newest: tasks.Picture | None) -> float:
    """One colour bound for the whole run; while it learns, the largest so far: no lane is rescaled to and fro."""
    so_far = [visit.bounds.get(subject.id, 0.0)]
    if asked:
        so_far.append(asked.cell_state_bound)
    if newest:
        so_far.append(tasks.cell_state_bound((newest,)))
    visit.bounds[subject.id] = max(so_far)
    return visit.bounds[subject.id]


def _answer(owed: Future[Any] | None) -> Any:
    return owed.result() if owed is not None and owed.done() and owed.exception() is None else None


def sentence(owed: Future[Any]) -> str:
    """What a person is told when a worker could not answer."""
    error = owed.exception() if owed.done() else None
    if error is None:
        return ""
    if isinstance(error, (InvalidArgument, InvalidFile, DataUnavailable)):
        return sentences.refusal(error)
    return "A worker could not answer; the server's log tells more. Choosing again asks again."
