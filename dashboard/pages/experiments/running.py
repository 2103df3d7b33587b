"""What the experiments that train share: run, stop, curves as they come, and a table beside naive."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from dashboard.components import Delivered
from dashboard.panels import charts
from dashboard.panels.live import live
from dashboard.panels.training_buttons import pause_and_stop
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.experiment_run import ExperimentRun
from dashboard.texts import page as words
from dashboard.texts import sentences
from lstm_core.errors import InvalidArgument
from lstm_core.experiments.one_unit import OneUnitSettings
from lstm_core.experiments.sequences.task import HELD_OUT
from lstm_core.experiments.settings import Settings
from lstm_core.forecasting.significance import lucky_share
from lstm_core.formatting import number, percent
from lstm_core.jobs import Job
from lstm_core.training.problem import Task

REFRESH = 0.5  # seconds between updates: tables and curves are read, not watched
ONE_SEED = "One seed each: another may end otherwise."
STEPS, SECONDS = "gradient steps", "seconds"
_LISTED = 3  # trainings whose steps are told one by one
_SHARE = (0.0, 1.05)  # of an accuracy; a line at 1 can still be seen
STATES = {
    "training": "learning",
    "finished": "all steps done",
    "diverged": "diverged: the best weights are kept",
}


def controls(tab: BrowserTab, name: str, tasks: Mapping[str, Task]) -> ExperimentRun | None:
    """Run, Pause and Stop; the run that is looked at, if there is one. ``tasks``: what Run trains side by side."""
    now = tab.runs.group(name)
    with st.container(horizontal=True, gap="small"):
        if st.button("Run", type="primary", icon=":material/play_arrow:", key=f"run-{name}"):
            tab.begin_experiment(name, tasks)
            st.rerun()
        pause_and_stop(tab, name)
    if now is not None and not now.is_mine:
        st.caption(words.GUEST)
    return now


def against() -> str:
    """What the curves are drawn against."""
    return st.segmented_control("Against", [STEPS, SECONDS], default=STEPS) or STEPS


def show(
    tab: BrowserTab,
    name: str,
    draw: Callable[[ExperimentRun], None],
    *answers: str,
    came: Callable[[ExperimentRun], str] | None = None,
) -> None:
    """Draw what the experiment has trained, and again while it trains or a worker still owes one of these kinds of
    answers.

    came: the conclusion, once there is one; it stands above what is drawn.
    """
    waits = _waits(tab, name, answers)
    live(_live, tab, name, draw, came, answers, waits, every=REFRESH if waits else None)


def _live(
    tab: BrowserTab,
    name: str,
    draw: Callable[[ExperimentRun], None],
    came: Callable[[ExperimentRun], str] | None,
    answers: tuple[str, ...],
    waited: bool,
) -> None:
    run = tab.runs.group(name)
    if run is None:
        st.rerun()  # the book has forgotten it
    if came is not None:
        _conclude(run, came(run))
    draw(run)
    if waited and not _waits(tab, name, answers):
        st.rerun()


def _conclude(run: ExperimentRun, came: str) -> None:
    """Right under the buttons, where the eye is: how far it is, and at the end what came of it."""
    with conclusion():
        if run.problem:
            st.warning(run.problem)
        else:
            st.markdown(f"**{came}**" if came else _progress(run))


def conclusion() -> Any:
    """The place of an experiment's conclusion; it is kept, so that nothing below it moves."""
    return st.container(key="conclusion")


def _progress(run: ExperimentRun) -> str:
    if run.is_stopped:
        return "Stopped before the end, so there is no conclusion."
    doing = "Paused" if run.is_paused else "Training"
    if len(run.jobs) > _LISTED:
        done = sum(job.has_ended for job in run.jobs.values())
        return f"{doing}: {done} of {len(run.jobs)} are done."
    steps = (_step(name, job) for name, job in run.jobs.items())
    return f"{doing}: {', '.join(steps)}."


def _step(name: str, job: Job) -> str:
    return f"{name} step {number(steps_of(job))} of at most {number(settings_of(job).steps)}"


def steps_of(job: Job) -> int:
    """Gradient steps done."""
    return job.checkpoint.step if job.checkpoint else 0


def settings_of(job: Job) -> Settings | OneUnitSettings:
    assert isinstance(job.task, (Settings, OneUnitSettings))
    return job.task


def show_answer(
    future: Future[Any],
    waiting: str,
    failed: str,
    draw: Callable[[Any], None],
    meanwhile: Any = None,
    delivered: Delivered | None = None,
) -> None:
    """Draw one answer of a worker, as soon as it has come; ``meanwhile`` an earlier one, so that nothing jumps.

    delivered: of a component that is drawn.
    """
    was_done = future.done()
    every = None if was_done else REFRESH
    live(_answer, future, waiting, failed, draw, meanwhile, was_done, every=every, delivered=delivered)


def _answer(
    future: Future[Any], waiting: str, failed: str, draw: Callable[[Any], None], meanwhile: Any, was_done: bool
) -> None:
    if not future.done():
        if meanwhile is not None:
            draw(meanwhile)
        st.caption(waiting)
        return
    if not was_done:
        st.rerun()
    error = future.exception()
    if error is None:
        draw(future.result())
    else:
        st.error(sentences.refusal(error) if isinstance(error, InvalidArgument) else failed)


def _waits(tab: BrowserTab, name: str, answers: tuple[str, ...]) -> bool:
    run = tab.runs.group(name)
    return (run is not None and run.may_change) or any(tab.answers.pending(kind) is not None for kind in answers)


def curves(run: ExperimentRun, score: str, x: str) -> Mapping[str, tuple[np.ndarray, np.ndarray]]:
    """A score of each training, against gradient steps or seconds of a worker."""
    against = "steps" if x == STEPS else "seconds"
    return {name: job.history.curve(score, against) for name, job in run.begun.items()}


def table(run: ExperimentRun, scores: Mapping[str, str], naive: Mapping[str, float]) -> None:
    """Newest scores, a row a training; the last row is naive's."""
    rows = [_row(name, job, scores) for name, job in run.begun.items()]
    rows.append({"training": "naive", **{scores[score]: number(value, 4) for score, value in naive.items()}})
    st.dataframe(pd.DataFrame(rows).fillna(""), hide_index=True, width="stretch")


def _row(name: str, job: Job, scores: Mapping[str, str]) -> dict[str, str]:
    numbers = {title: number(job.history.newest(score), 4) for score, title in scores.items()}
    spent = {"steps": number(steps_of(job)), "seconds": number(job.trained, 1), "now": STATES.get(job.state, job.state)}
    return {"training": name, **numbers, **spent}


def verdict(run: ExperimentRun, did: str, did_not: str, naive: float) -> str:
    """Who solved it, with the right answers, and what guessing reaches; nothing before all are over."""
    if not run.is_over:
        return ""
    told = (f"{name} {did if is_solved(job) else did_not} ({_right(job)})" for name, job in run.jobs.items())
    return f"{', '.join(told)}. {guessing(naive)} {ONE_SEED}"


def guessing(naive: float) -> str:
    """Could luck have done it? What guessing reaches, and what it reaches with luck."""
    return f"Guessing: {percent(naive, 0)} right, with luck {percent(lucky_share(naive, HELD_OUT), 0)}."


def is_solved(job: Job) -> bool:
    return job.state == "solved"


def _right(job: Job) -> str:
    return f"{percent(job.history.newest('accuracy'), 0)} right"


def is_dark() -> bool:
    return st.context.theme.type == "dark"


def draw(chart: Any) -> None:
    st.altair_chart(chart, width="stretch")


def draw_lines(found: Mapping[str, tuple[np.ndarray, np.ndarray]], x: str, y: str, **options: Any) -> None:
    """Nothing for nothing: an empty chart says less than none."""
    if found:
        draw(charts.lines(found, x, y, is_dark(), **options))


def draw_accuracy(
    found: Mapping[str, tuple[np.ndarray, np.ndarray]], x: str, naive: float, ticks: Sequence[float] = ()
) -> None:
    draw_lines(found, x, "accuracy", naive=naive, domain=_SHARE, ticks=ticks)
