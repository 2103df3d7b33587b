"""What the experiments that train share: run, stop, curves as they come, and a table beside naive."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from dashboard import charts, words
from dashboard.live import live
from dashboard.trials import Trial
from dashboard.visit import Visit
from lstm_core.errors import InvalidArgument
from lstm_core.experiments.state import State

REFRESH = 0.5  # seconds between updates: tables and curves are read, not watched
STEPS, SECONDS = "gradient steps", "seconds"
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


def show(visit: Visit, trial: Trial, draw: Callable[[], None], *answers: str) -> None:
    """Draw now, and again while it trains or a worker still owes one of these kinds of answers."""
    waits = _waits(visit, trial, answers)
    live(_live, visit, trial, draw, answers, waits, every=REFRESH if waits else None)


def _live(visit: Visit, trial: Trial, draw: Callable[[], None], answers: tuple[str, ...], waited: bool) -> None:
    trial.step(visit.book)
    draw()
    if trial.problem:
        st.warning(trial.problem)
    if waited and not _waits(visit, trial, answers):
        st.rerun()


def show_answer(
    owed: Future[Any], waiting: str, failed: str, draw: Callable[[Any], None], meanwhile: Any = None
) -> None:
    """Draw one answer of a worker, as soon as it has come; ``meanwhile`` an earlier one, so that nothing jumps."""
    was_done = owed.done()
    live(_answer, owed, waiting, failed, draw, meanwhile, was_done, every=None if was_done else REFRESH)


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
        st.error(words.refusal(error) if isinstance(error, InvalidArgument) else failed)


def _waits(visit: Visit, trial: Trial, answers: tuple[str, ...]) -> bool:
    return trial.runs or any(visit.pending(kind) is not None for kind in answers)


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


def verdict(trial: Trial, did_it: Callable[[State], bool], yes: str, no: str) -> str:
    """What came of it, training by training; nothing before all are over."""
    states = trial.states
    if len(states) < len(trial.settings) or not all(state.is_over for state in states.values()):
        return ""
    return ", ".join(f"{name} {yes if did_it(state) else no}" for name, state in states.items()) + "."


def is_dark() -> bool:
    return st.context.theme.type == "dark"


def draw(chart: Any) -> None:
    st.altair_chart(chart, width="stretch")


def draw_lines(found: Mapping[str, tuple[np.ndarray, np.ndarray]], x: str, y: str, **options: Any) -> None:
    """Nothing for nothing: an empty chart says less than none."""
    if found:
        draw(charts.lines(found, x, y, is_dark(), **options))


def draw_accuracy(found: Mapping[str, tuple[np.ndarray, np.ndarray]], x: str, naive: float) -> None:
    draw_lines(found, x, "accuracy", naive=naive, domain=_SHARE)
