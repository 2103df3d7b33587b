"""What the page shows of its subject: the film of the window and the judgement, as far as workers have answered."""

from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import numpy as np

from dashboard.run_view.films import filmed, find_film
from dashboard.run_view.first_run import FIRST_RUN, HORIZON, FirstRun
from dashboard.run_view.inside import Inside, inside
from dashboard.run_view.subject import Subject, of_job, of_run, untrained
from dashboard.session.answers import answer
from dashboard.session.visit import Visit
from dashboard.texts import page as words
from dashboard.texts import sentences
from lstm_core.errors import DataUnavailable, InvalidArgument, InvalidFile
from lstm_core.forecasting import predict as forecasting
from lstm_core.forecasting.moves import interesting_end
from lstm_core.jobs import Job
from lstm_core.network.weights import Weights
from lstm_core.training.windows import Windows, resolved
from lstm_core.work import judging
from lstm_core.work.judging import Judgement, Predictions
from lstm_core.work.pictures import Film

_LIVE_BYTES = 256 * 2**10  # weights that may travel to the browser four times a second


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
    return min(filmed(subject, wanted), key=lambda epoch: (abs(epoch - wanted), epoch))


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


def find_judgement(visit: Visit, subject: Subject, epoch: float) -> tuple[Judgement | None, Future[Any] | None]:
    if not subject.is_still or epoch not in subject.kept:
        return None, None
    first: FirstRun = visit.first_run
    if subject.id == FIRST_RUN and (epoch, visit.state.horizon) == (first.judgement.epoch, HORIZON):
        return first.judgement, None
    key = ("judgement", subject.id, epoch, visit.state.horizon)
    if (busy := visit.answers.pending("judgement")) and visit.answers.asked(key) is None:
        return None, busy  # one at a time: whoever scrubs passes many ages
    arguments = (subject.hyperparameters, subject.series, subject.kept[epoch], epoch, visit.state.horizon)
    owed = visit.answers.ask_in_pieces(key, judging.judging, *arguments)
    return answer(owed), owed


def sentence(owed: Future[Any]) -> str:
    """What a person is told when a worker could not answer."""
    error = owed.exception() if owed.done() else None
    if error is None:
        return ""
    if isinstance(error, (InvalidArgument, InvalidFile, DataUnavailable)):
        return sentences.refusal(error)
    return "A worker could not answer; the server's log tells more. Choosing again asks again."
