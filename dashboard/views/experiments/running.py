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
from dashboard.session.trials import Trial
from dashboard.session.visit import Visit
from dashboard.texts import sentences
from lstm_core.errors import InvalidArgument
from lstm_core.experiments.sequence_task import HELD_OUT
from lstm_core.experiments.state import State
from lstm_core.forecasting.significance import lucky_share

REFRESH = 0.5  # seconds between updates: tables and curves are read, not watched
ONE_SEED = "One seed each: another may end otherwise."
STEPS, SECONDS = "gradient steps", "seconds"
_LISTED = 3  # trainings whose steps are told one by one
_SHARE = (0.0, 1.05)  # of an accuracy; a line at 1 can still be seen
OUTCOMES = {
    "training": "learning",
    "solved": "solved",
    "finished": "all steps done",
    "diverged": "diverged: the last good weights are kept",
}


def controls(visit: Visit, name: str, trial: Trial) -> Trial | None:
    """Run and Stop; the trial that is looked at, if one was begun."""
    now = visit.trials.get(name)
    with st.container(horizontal=True, gap="small"):
        if st.button("Run", type="primary", icon=":material/play_arrow:", key=f"run-{name}"):
            visit.trials[name] = now = trial
            st.rerun()
        if st.button("Stop", disabled=now is None or not now.runs, key=f"stop-{name}") and now:
            now.is_stopped = True
            st.rerun()
    return now


def against() -> str:
    """What the curves are drawn against."""
    return st.segmented_control("Against", [STEPS, SECONDS], default=STEPS) or STEPS


def show(
    visit: Visit, trial: Trial, draw: Callable[[], None], *answers: str, came: Callable[[], str] | None = None
) -> None:
    """Draw now, and again while it trains or a worker still owes one of these kinds of answers.

    came: the conclusion, once there is one; it stands above what is drawn.
    """
    waits = _waits(visit, trial, answers)
    live(_live, visit, trial, draw, came, answers, waits, every=REFRESH if waits else None)


def _live(
    visit: Visit,
    trial: Trial,
    draw: Callable[[], None],
    came: Callable[[], str] | None,
    answers: tuple[str, ...],
    waited: bool,
) -> None:
    trial.step(visit.book)
    if came is not None:
        _conclude(trial, came())
    draw()
    if waited and not _waits(visit, trial, answers):
        st.rerun()


def _conclude(trial: Trial, came: str) -> None:
    """Right under the buttons, where the eye is: how far it is, and at the end what came of it."""
    with conclusion():
        if trial.problem:
            st.warning(trial.problem)
        else:
            st.markdown(f"**{came}**" if came else _progress(trial))


def conclusion() -> Any:
    """The place of an experiment's conclusion; it is kept, so that nothing below it moves."""
    return st.container(key="conclusion")


def _progress(trial: Trial) -> str:
    if trial.is_stopped:
        return "Stopped before the end, so there is no conclusion."
    if len(trial.settings) > _LISTED:
        done = sum(state.is_over for state in trial.states.values())
        return f"Training: {done} of {len(trial.settings)} are done."
    steps = (_step(name, trial) for name in trial.settings)
    return f"Training: {', '.join(steps)}."


def _step(name: str, trial: Trial) -> str:
    step = trial.states[name].step if name in trial.states else 0
    return f"{name} step {step:,} of at most {trial.settings[name].steps:,}"


def show_answer(
    owed: Future[Any],
    waiting: str,
    failed: str,
    draw: Callable[[Any], None],
    meanwhile: Any = None,
    delivered: Delivered | None = None,
) -> None:
    """Draw one answer of a worker, as soon as it has come; ``meanwhile`` an earlier one, so that nothing jumps.

    delivered: of a component that is drawn.
    """
    was_done = owed.done()
    every = None if was_done else REFRESH
    live(_answer, owed, waiting, failed, draw, meanwhile, was_done, every=every, delivered=delivered)


def _answer(
    owed: Future[Any], waiting: str, failed: str, draw: Callable[[Any], None], meanwhile: Any, was_done: bool
) -> None:
    if not owed.done():
        if meanwhile is not None:
            draw(meanwhile)
        st.caption(waiting)
        return
    if not was_done:
        st.rerun()
    error = owed.exception()
    if error is None:
        draw(owed.result())
    else:
        st.error(sentences.refusal(error) if isinstance(error, InvalidArgument) else failed)


def _waits(visit: Visit, trial: Trial, answers: tuple[str, ...]) -> bool:
    return trial.runs or any(visit.answers.pending(kind) is not None for kind in answers)


def curves(trial: Trial, score: str, x: str) -> Mapping[str, tuple[np.ndarray, np.ndarray]]:
    """A score of each training, against gradient steps or seconds of a worker."""

    def along(state: State) -> np.ndarray:
        return state.curves.scored_at if x == STEPS else state.curves.scored_seconds

    return {name: (along(state), state.curves.scores[score]) for name, state in trial.states.items()}


def table(trial: Trial, scores: Mapping[str, str], naive: Mapping[str, float]) -> None:
    """Newest scores, a row a training; the last row is naive's."""
    rows = [_row(name, state, scores) for name, state in trial.states.items()]
    rows.append({"training": "naive", **{scores[score]: f"{value:.4f}" for score, value in naive.items()}})
    st.dataframe(pd.DataFrame(rows).fillna(""), hide_index=True, width="stretch")


def _row(name: str, state: State, scores: Mapping[str, str]) -> dict[str, str]:
    numbers = {title: f"{state.score(score):.4f}" for score, title in scores.items()}
    spent = {"steps": f"{state.step:,}", "seconds": f"{state.seconds:.1f}", "now": OUTCOMES[state.outcome]}
    return {"training": name, **numbers, **spent}


def is_over(trial: Trial) -> bool:
    """All of it, to the end."""
    states = trial.states
    return len(states) == len(trial.settings) and all(state.is_over for state in states.values())


def verdict(trial: Trial, did: str, did_not: str, naive: float) -> str:
    """Who solved it, with the right answers, and what guessing reaches; nothing before all are over."""
    if not is_over(trial):
        return ""
    told = (f"{name} {did if is_solved(state) else did_not} ({_right(state)})" for name, state in trial.states.items())
    return f"{', '.join(told)}. {guessing(naive)} {ONE_SEED}"


def guessing(naive: float) -> str:
    """Could luck have done it? What guessing reaches, and what it reaches with luck."""
    return f"Guessing: {naive:.0%} right, with luck {lucky_share(naive, HELD_OUT):.0%}."


def is_solved(state: State) -> bool:
    return state.outcome == "solved"


def _right(state: State) -> str:
    return f"{state.score('accuracy'):.0%} right"


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
