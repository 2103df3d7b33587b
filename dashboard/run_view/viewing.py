"""What the page shows of the viewed run: the film of the window and the judgement, as far as workers have answered."""

from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import numpy as np

from dashboard.run_view.films import filmed, find_film
from dashboard.run_view.first_run import FIRST_RUN, HORIZON, FirstRun
from dashboard.run_view.inside import Inside, inside
from dashboard.run_view.viewed_run import ViewedRun, of_job, of_run, untrained
from dashboard.session.answers import answer
from dashboard.session.browser_tab import BrowserTab
from dashboard.texts import say, sentences
from dashboard.texts.series import not_trained
from lstm_core.errors import DataUnavailable, InvalidArgument, InvalidFile
from lstm_core.forecasting import predict as forecasting
from lstm_core.forecasting.moves import interesting_end
from lstm_core.jobs import Job
from lstm_core.network.weights import Weights
from lstm_core.training.windows import Windows, resolved, windows_of
from lstm_core.work import judging
from lstm_core.work.judging import Judgement, Predictions
from lstm_core.work.snapshots import Film

_LIVE_BYTES = 256 * 2**10  # weights that may travel to the browser four times a second


@dataclass(frozen=True, eq=False)
class RunView:
    """The viewed run and what is known of it now; ``is_waiting`` while a worker still owes an answer.

    end: the day on which the window ends, also while its film is awaited.
    judgement: of ``epoch``, the one being looked at. predictions: the judgement's, else the newest that training made.
    inside: what workers answered about them; on the page of that name alone.
    weights: the age and the weights of the network behind the snapshot on show; None where a large one still trains.
    problem: a sentence, where a worker could not answer.
    """

    viewed: ViewedRun
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
        return self.is_waiting or not self.viewed.is_still


def view_run(tab: BrowserTab, page: str = "forecast", patience: float = 0.0) -> RunView:
    """``patience``: seconds for which a job that begins may take to show its first picture."""
    if patience and tab.viewed_job_id is not None:
        tab.book.wait_for_snapshot(tab.viewed_job_id, patience)
    return _view(tab, page, *viewed_with_job(tab))


def viewed_run(tab: BrowserTab) -> ViewedRun:
    """What the page is about; nobody is asked anything for it."""
    return viewed_with_job(tab)[0]


def viewed_with_job(tab: BrowserTab) -> tuple[ViewedRun, Job | None]:
    """What the page is about, and the job behind it."""
    job = tab.viewed_job()
    about = _viewed(tab, job)
    return about, None if about.is_untrained else job


def _viewed(tab: BrowserTab, job: Job | None) -> ViewedRun:
    """The run on show; once another series was chosen, that series with the network that Train would begin with."""
    shown = of_run(tab.first_run.run, FIRST_RUN) if job is None else of_job(job)
    if tab.search.series is None or tab.belongs(shown.series) or misfit(tab) is not None:
        return shown
    said = not_trained("" if shown.is_still else shown.series.title)
    return untrained(tab.search.series, resolved(tab.state.hyperparameters, tab.search.series), said)


def misfit(tab: BrowserTab) -> str | None:
    """The sentence that says why the fields' settings cannot be trained on the fields' series; None if they can."""
    if tab.search.series is None:
        return None
    try:
        windows_of(tab.search.series, resolved(tab.state.hyperparameters, tab.search.series))
    except InvalidArgument as error:
        return sentences.refusal(error)
    return None


def longest_horizon(tab: BrowserTab) -> int | None:
    """How far ahead the fields' series can be forecast; None while its settings cannot be trained."""
    if tab.search.series is None or misfit(tab) is not None:
        return None
    return forecasting.longest_horizon(
        windows_of(tab.search.series, resolved(tab.state.hyperparameters, tab.search.series))
    )


def _view(tab: BrowserTab, page: str, viewed: ViewedRun, job: Job | None) -> RunView:
    windows = windows_of(viewed.series, viewed.hyperparameters)
    end = window_end(tab, windows, viewed, job)
    epoch = age(tab, viewed)
    film, future_film = find_film(tab, viewed, job, end)
    weights = _weights(tab, viewed, job)
    found = inside(tab, viewed, weights, end) if page == "inside" else None  # before what takes longer
    judgement, future_judgement = find_judgement(tab, viewed, epoch)
    answers = [each for each in (future_film, future_judgement, *(found.futures if found else ())) if each is not None]
    return RunView(
        viewed,
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


def age(tab: BrowserTab, viewed: ViewedRun) -> float:
    """The epoch that answers are about: of those on the stage the nearest to the one chosen, as the stage has it."""
    wanted = tab.state.epoch
    if wanted is None or not (viewed.is_still and viewed.kept):
        return viewed.epoch
    return min(filmed(viewed, wanted), key=lambda epoch: (abs(epoch - wanted), epoch))


def _weights(tab: BrowserTab, viewed: ViewedRun, job: Job | None) -> tuple[float, Weights] | None:
    wanted = age(tab, viewed) if viewed.is_still else tab.state.epoch
    if wanted is not None and wanted in viewed.kept:
        return wanted, viewed.kept[wanted]
    if viewed.is_still or job is None:
        return None
    if job.checkpoint is None or job.snapshot is None:
        return None
    weights = job.checkpoint.weights
    is_small = sum(array.nbytes for array in weights.values()) <= _LIVE_BYTES
    return (job.snapshot.epoch, weights) if is_small else None


def picked_end(tab: BrowserTab, windows: Windows) -> int | None:
    """The window that a person picked on the fields' series, if a training with these settings can picture it."""
    picked = tab.state.window
    return picked if picked is not None and windows.first_end <= picked < len(windows.values) else None


def window_end(tab: BrowserTab, windows: Windows, viewed: ViewedRun, job: Job | None) -> int:
    if tab.state.window is not None:
        return int(np.clip(tab.state.window, windows.first_end, len(windows.values) - 1))
    if job is not None and job.window_end is not None:
        return job.window_end
    return tab.first_run.film.facts.end if viewed.id == FIRST_RUN else interesting_end(windows)


def find_judgement(tab: BrowserTab, viewed: ViewedRun, epoch: float) -> tuple[Judgement | None, Future[Any] | None]:
    if not viewed.is_still or epoch not in viewed.kept:
        return None, None
    first: FirstRun = tab.first_run
    if viewed.id == FIRST_RUN and (epoch, tab.state.horizon) == (first.judgement.epoch, HORIZON):
        return first.judgement, None
    key = ("judgement", viewed.id, epoch, tab.state.horizon)
    if (busy := tab.answers.pending("judgement")) and tab.answers.asked(key) is None:
        return None, busy  # one at a time: whoever scrubs passes many ages
    arguments = (viewed.hyperparameters, viewed.series, viewed.kept[epoch], epoch, tab.state.horizon)
    future = tab.answers.ask_in_pieces(key, judging.judging, *arguments)
    return answer(future), future


def sentence(future: Future[Any]) -> str:
    """What a person is told when a worker could not answer."""
    error = future.exception() if future.done() else None
    if error is None:
        return ""
    if isinstance(error, (InvalidArgument, InvalidFile, DataUnavailable)):
        return sentences.refusal(error)
    return say("page.no_answer")
