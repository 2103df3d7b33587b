"""Sine: learn numpy.sin, with hidden states carried over or from windows, then go on alone for three periods."""

from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from dashboard.components import Delivered
from dashboard.components.sequences import show_lanes
from dashboard.pages.experiments import running
from dashboard.pages.experiments.sine_lanes import UNTRAINED, lanes_of
from dashboard.panels import skeleton
from dashboard.session.answers import answer
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.experiment_run import ExperimentRun, is_over
from dashboard.texts import page as words
from lstm_core.experiments import sine
from lstm_core.experiments.sine import MODES, ChunkStates, FreeRun, Sine, in_first_half
from lstm_core.network.weights import Weights

NAME = "sine"
_LANES = "sine chunks"
_WAITING = "A worker runs the first chunks …"
_FAILED = "A worker could not run the chunks."
_SHOWN_BEFORE = 80  # timesteps of what was observed, before the forecast


def show(tab: BrowserTab) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        period = st.slider("Period, timesteps", 10, 80, 40, 5)
        seed = st.number_input("Seed", 0, 2**31 - 1, 0)
    settings = Sine(period=period, seed=seed)
    race = {f"LSTM {mode}": replace(settings, mode=mode) for mode in MODES}
    run = running.controls(tab, NAME, race)
    curves = st.container()  # empty at first: the lanes below it keep their place, and so whoever uses them
    if run is not None:
        with curves:
            running.show(tab, NAME, partial(_draw, tab), "free run", _LANES, came=partial(_came, tab))
    st.markdown("**Hidden states at the boundaries between chunks**")
    future = _chunks(tab, _settings(run) if run else settings, run)
    with skeleton.place(skeleton.lanes(words.FETCHING_LANES, 2)):
        delivered = tab.browser.deliveries[NAME]
        draw_lanes = partial(_draw_lanes, delivered)
        running.show_answer(future, _WAITING, _FAILED, draw_lanes, tab.answers.newest(_LANES), delivered)


def _settings(run: ExperimentRun) -> Sine:
    settings = next(iter(run.settings.values()))
    assert isinstance(settings, Sine)
    return settings


def _draw(tab: BrowserTab, run: ExperimentRun) -> None:
    found, free = _trained_chunks(tab, run), _free_runs(tab, run)
    left, right = st.columns(2)
    with left:
        st.markdown("**On their own for three periods**")
        running.draw_lines(_paths(free), "timestep", "value")
    with right:
        st.markdown("**Error at each timestep of a chunk or window**, after training")
        running.draw_lines(_errors(found), "timestep", "mean absolute error", log=True)
    st.markdown("**Correlation with the true sine over three periods of their own forecast**, while they learn")
    x = running.against()
    curves = running.curves(run, "correlation", x)
    running.draw_lines(curves, x, "correlation", naive=0.0, domain=(-1.0, 1.05))
    running.table(run, {"correlation": "correlation", "rmse": "RMSE"}, sine.naive_scores(_settings(run)))


def _came(tab: BrowserTab, run: ExperimentRun) -> str:
    """Nothing before both are over and looked at."""
    found, free = _trained_chunks(tab, run), _free_runs(tab, run)
    return conclusion(free, found) if len(free) == len(found) == len(MODES) else ""


def conclusion(free: dict[str, FreeRun], found: dict[str, ChunkStates]) -> str:
    """mode -> its forecast on its own, and what it says within chunks."""
    kept = (f"{mode} {_in_phase(run)} (correlation {run.correlation:.3f})" for mode, run in free.items())
    stateful, windowed = (in_first_half(found[mode].own_errors(mode)) for mode in MODES)
    naive = in_first_half(next(iter(found.values())).naive_errors)  # all networks read the same values
    return (
        f"Three periods on its own: {', '.join(kept)}; naive 0. The two differ where a chunk or window begins: over "
        f"its first half the stateful one errs by {stateful:.3f}, the windowed one by {windowed:.3f}, naive by "
        f"{naive:.3f}. {running.ONE_SEED}"
    )


def _in_phase(run: FreeRun) -> str:
    return "stays in phase" if run.is_in_phase else "loses it"


def _errors(found: dict[str, ChunkStates]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Naive: the value just read, held."""
    if not found:
        return {}
    own = {f"LSTM {mode}": states.own_errors(mode) for mode, states in found.items()}
    errors = own | {"naive": next(iter(found.values())).naive_errors}
    return {name: (np.arange(1, len(each) + 1), each) for name, each in errors.items()}


def _trained_chunks(tab: BrowserTab, run: ExperimentRun) -> dict[str, ChunkStates]:
    """mode -> its trained network within chunks; empty before both are trained."""
    if not run.is_over:
        return {}
    found = answer(_chunks(tab, _settings(run), run)) or {}
    return {mode: found[mode] for mode in MODES if mode in found}


def _chunks(tab: BrowserTab, settings: Sine, run: ExperimentRun | None) -> Future[Any]:
    """The network before training and, where it is over, the trained ones too."""
    networks: dict[str, tuple[Sine, Weights | None]] = {UNTRAINED: (settings, None)}
    for job in run.begun.values() if run is not None else ():
        if job.checkpoint and is_over(job) and isinstance(job.task, Sine):
            networks[job.task.mode] = (job.task, job.checkpoint.weights)
    key = (_LANES, settings, tuple(networks), run.id if run and len(networks) > 1 else "")
    return tab.answers.ask(key, sine.chunk_states_of, networks)


def _draw_lanes(delivered: Delivered, found: dict[str, ChunkStates]) -> None:
    show_lanes(lanes_of(found), NAME, delivered)


def _free_runs(tab: BrowserTab, run: ExperimentRun) -> dict[str, FreeRun]:
    """mode -> its forecast on its own, where it is trained and a worker has answered."""
    found = {}
    for name, job in run.begun.items():
        if job.checkpoint and is_over(job) and isinstance(job.task, Sine):
            future = tab.answers.ask(("free run", run.id, name), sine.free_run, job.task, job.checkpoint.weights)
            if (forecast := answer(future)) is not None:
                found[job.task.mode] = forecast
    return {mode: found[mode] for mode in MODES if mode in found}


def _paths(free: dict[str, FreeRun]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """The truth goes on; beside it each network on its own, and naive: the last value, held."""
    if not free:
        return {}
    one = next(iter(free.values()))
    before, ahead = one.observed[-_SHOWN_BEFORE:], np.arange(len(one.truth))
    known = np.arange(-len(before), len(one.truth))
    truth = {"truth": (known, np.concatenate([before, one.truth]))}
    return truth | {f"LSTM {mode}": (ahead, run.forecast) for mode, run in free.items()} | {"naive": (ahead, one.naive)}
