"""What the experiments that train share: run, stop, curves as they come, and a table beside naive."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from dashboard.components import Delivered
from dashboard.panels import charts
from dashboard.panels.charts import Line
from dashboard.panels.live import READ, live
from dashboard.panels.training_buttons import pause_and_stop
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.experiment_run import ExperimentRun
from dashboard.texts import say, sentences
from lstm_core.errors import InvalidArgument
from lstm_core.experiments.one_unit import OneUnitSettings
from lstm_core.experiments.sequences.task import HELD_OUT
from lstm_core.experiments.settings import Settings
from lstm_core.forecasting.significance import lucky_share
from lstm_core.formatting import number, percent
from lstm_core.jobs import Job, JobState
from lstm_core.training.problem import Task

AXES = ("steps", "seconds")  # what curves are drawn against
_LISTED = 3  # trainings whose steps are told one by one
_SHARE = (0.0, 1.05)  # of an accuracy; a line at 1 can still be seen

Label = Callable[[str], str]  # of a training's name; a cell's is its label


def controls(tab: BrowserTab, name: str, tasks: Mapping[str, Task]) -> ExperimentRun | None:
    """Run, Pause and Stop; the run that is looked at, if there is one. ``tasks``: what Run trains side by side."""
    now = tab.runs.group(name)
    with st.container(horizontal=True, gap="small"):
        if st.button(say("experiments.button_run"), type="primary", icon=":material/play_arrow:", key=f"run-{name}"):
            tab.begin_experiment(name, tasks)
            st.rerun()
        pause_and_stop(tab, name)
    if now is not None and not now.is_mine:
        st.caption(say("training.guest"))
    return now


def against() -> str:
    """What the curves are drawn against."""
    label = say("experiments.against")
    first = AXES[0]
    name = st.segmented_control(label, AXES, default=first, format_func=lambda axis: say(f"charts.axis_{axis}"))
    return name or first


@dataclass(frozen=True, eq=False)
class _Look:
    """What an experiment has trained by now; ``answers``: those kinds that are drawn with it."""

    tab: BrowserTab
    run: ExperimentRun
    answers: tuple[str, ...]

    @property
    def is_changing(self) -> bool:
        return self.run.may_change or any(self.tab.answers.pending(kind) is not None for kind in self.answers)


def show(
    tab: BrowserTab,
    name: str,
    draw: Callable[[ExperimentRun], None],
    *answers: str,
    came: Callable[[ExperimentRun], str] | None = None,
    label: Label = str,
) -> None:
    """Draw what the experiment has trained, and again while it trains or a worker still owes one of these kinds of
    answers.

    came: the conclusion, once there is one; it stands above what is drawn.
    """

    def look() -> _Look | None:
        run = tab.runs.group(name)
        return None if run is None else _Look(tab, run, answers)

    def show_run(now: _Look) -> None:
        if came is not None:
            _conclude(now.run, came(now.run), label)
        draw(now.run)

    live(look, show_run, pace=READ)


def _conclude(run: ExperimentRun, came: str, label: Label) -> None:
    """Right under the buttons, where the eye is: how far it is, and at the end what came of it."""
    with conclusion():
        if run.problem:
            st.warning(sentences.sentence_of(run.problem))
        else:
            st.markdown(f"**{came}**" if came else _progress(run, label))


def conclusion() -> Any:
    """The place of an experiment's conclusion; it is kept, so that nothing below it moves."""
    return st.container(key="conclusion")


def _progress(run: ExperimentRun, label: Label) -> str:
    if run.is_stopped:
        return say("experiments.progress_stopped")
    doing = "paused" if run.is_paused else "training"
    if len(run.jobs) > _LISTED:
        done = sum(job.has_ended for job in run.jobs.values())
        return say(f"experiments.many_{doing}", done=done, count=len(run.jobs))
    steps = (_step(label(name), job) for name, job in run.jobs.items())
    return say(f"experiments.progress_{doing}", steps=", ".join(steps))


def _step(name: str, job: Job) -> str:
    done, most = number(steps_of(job)), number(settings_of(job).steps)
    return say("experiments.step", name=name, step=done, most=most)


def steps_of(job: Job) -> int:
    """Gradient steps done."""
    return job.checkpoint.step if job.checkpoint else 0


def settings_of(job: Job) -> Settings | OneUnitSettings:
    assert isinstance(job.task, (Settings, OneUnitSettings))
    return job.task


class _Asked(NamedTuple):
    """An answer, or that a worker still owes it."""

    is_changing: bool


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

    def show_what_came(now: _Asked) -> None:
        if not now.is_changing:
            _draw_answer(future, failed, draw)
            return
        if meanwhile is not None:
            draw(meanwhile)
        st.caption(waiting)

    live(lambda: _Asked(not future.done()), show_what_came, pace=READ, delivered=delivered)


def _draw_answer(future: Future[Any], failed: str, draw: Callable[[Any], None]) -> None:
    error = future.exception()
    if error is None:
        draw(future.result())
    else:
        st.error(sentences.refusal(error) if isinstance(error, InvalidArgument) else failed)


def curves(run: ExperimentRun, score: str, axis: str, label: Label = str) -> list[Line]:
    """A score of each training, against gradient steps or seconds of a worker."""
    return [
        Line(label(name), *job.history.curve(score, axis), settings_of(job).cell) for name, job in run.begun.items()
    ]


def table(run: ExperimentRun, scores: Sequence[str], naive: Mapping[str, float], label: Label = str) -> None:
    """Newest scores, a row a training; the last row is naive's."""
    rows = [_row(label(name), job, scores) for name, job in run.begun.items()]
    rows.append(
        {
            say("experiments.column_training"): say("experiments.naive"),
            **{say(f"experiments.score_{score}"): number(value, 4) for score, value in naive.items()},
        }
    )
    st.dataframe(pd.DataFrame(rows).fillna(""), hide_index=True, width="stretch")


def _row(name: str, job: Job, scores: Sequence[str]) -> dict[str, str]:
    numbers = {say(f"experiments.score_{score}"): number(job.history.newest(score), 4) for score in scores}
    return {
        say("experiments.column_training"): name,
        **numbers,
        say("experiments.column_steps"): number(steps_of(job)),
        say("experiments.column_seconds"): number(job.trained, 1),
        say("experiments.column_now"): say(f"experiments.state_{job.state}"),
    }


def verdict(run: ExperimentRun, file: str, naive: float) -> str:
    """Who solved it, with the right answers, and what guessing reaches; nothing before all are over.

    file: of the experiment's texts, which says what it means to solve it.
    """
    if not run.is_over:
        return ""
    told = (
        say(f"{file}.solved" if is_solved(job) else f"{file}.not_solved", name=name, right=_right(job))
        for name, job in run.jobs.items()
    )
    return conclusion_of(told, naive)


def conclusion_of(each: Iterable[str], naive: float) -> str:
    """What came of each training, and what guessing reaches."""
    one_seed = say("experiments.one_seed")
    return say("experiments.verdict", each=", ".join(each), guessing=guessing(naive), one_seed=one_seed)


def guessing(naive: float) -> str:
    """Could luck have done it? What guessing reaches, and what it reaches with luck."""
    lucky = percent(lucky_share(naive, HELD_OUT), 0)
    return say("experiments.guessing", share=percent(naive, 0), lucky=lucky)


def is_solved(job: Job) -> bool:
    return job.state is JobState.SOLVED


def _right(job: Job) -> str:
    return percent(job.history.newest("accuracy"), 0)


def is_dark() -> bool:
    return st.context.theme.type == "dark"


def draw(chart: Any) -> None:
    st.altair_chart(chart, width="stretch")


def draw_lines(found: Sequence[Line], x: str, y: str, **options: Any) -> None:
    """Nothing for nothing: an empty chart says less than none."""
    if found:
        draw(charts.lines(found, x, y, is_dark(), **options))


def draw_accuracy(found: Sequence[Line], x: str, naive: float, ticks: Sequence[float] = ()) -> None:
    draw_lines(found, x, "accuracy", naive=naive, domain=_SHARE, ticks=ticks)
