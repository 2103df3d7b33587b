"""Sine: learn numpy.sin, with hidden states carried over or from windows, then go on alone for three periods."""

from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from dashboard.components import Delivered
from dashboard.components.sequences import SEQUENCES
from dashboard.pages.experiments import running
from dashboard.pages.experiments.sine_lanes import UNTRAINED, lanes_of
from dashboard.panels import skeleton
from dashboard.panels.charts import Line
from dashboard.session.answers import answer
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.experiment_run import ExperimentRun, is_over
from dashboard.texts import say
from lstm_core.experiments import sine
from lstm_core.experiments.sine import MODES, ChunkStates, FreeRun, Sine, in_first_half
from lstm_core.formatting import number
from lstm_core.network.weights import Weights

NAME = "sine"
_LANES = "sine chunks"
_SHOWN_BEFORE = 80  # timesteps of what was observed, before the forecast


def show(tab: BrowserTab) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        period = st.slider(say("experiment_sine.period"), 10, 80, 40, 5)
        seed = st.number_input(say("experiments.seed"), 0, 2**31 - 1, 0)
    settings = Sine(period=period, seed=seed)
    race = {mode: replace(settings, mode=mode) for mode in MODES}
    run = running.controls(tab, NAME, race)
    curves = st.container()  # empty at first: the lanes below it keep their place, and so whoever uses them
    if run is not None:
        with curves:
            came = partial(_came, tab)
            running.show(tab, NAME, partial(_draw, tab), "free run", _LANES, came=came, label=_label)
    st.markdown(say("experiment_sine.boundaries"))
    future = _chunks(tab, _settings(run) if run else settings, run)
    with skeleton.place(skeleton.lanes(say("page.fetching_lanes"), 2)):
        delivered = tab.browser.deliveries[NAME]
        draw_lanes = partial(_draw_lanes, delivered)
        waiting, failed = say("experiment_sine.waiting"), say("experiment_sine.failed")
        running.show_answer(future, waiting, failed, draw_lanes, tab.answers.newest(_LANES), delivered)


def _label(mode: str) -> str:
    return say(f"experiment_sine.training_{mode}")


def _is_dashed(mode: str) -> bool:
    return mode == "windowed"


def _settings(run: ExperimentRun) -> Sine:
    settings = next(iter(run.settings.values()))
    assert isinstance(settings, Sine)
    return settings


def _draw(tab: BrowserTab, run: ExperimentRun) -> None:
    found, free = _trained_chunks(tab, run), _free_runs(tab, run)
    left, right = st.columns(2)
    with left:
        st.markdown(say("experiment_sine.alone"))
        running.draw_lines(_paths(free), "timestep", "value")
    with right:
        st.markdown(say("experiment_sine.errors"))
        running.draw_lines(_errors(found), "timestep", "absolute_error", log=True)
    st.markdown(say("experiment_sine.correlation"))
    x = running.against()
    curves = running.curves(run, "correlation", x, _label)
    dashed = [line._replace(is_dashed=_is_dashed(mode)) for line, mode in zip(curves, run.begun, strict=True)]
    running.draw_lines(dashed, x, "correlation", naive=0.0, domain=(-1.0, 1.05))
    running.table(run, ("correlation", "rmse"), sine.naive_scores(_settings(run)), _label)


def _came(tab: BrowserTab, run: ExperimentRun) -> str:
    """Nothing before both are over and looked at."""
    found, free = _trained_chunks(tab, run), _free_runs(tab, run)
    return conclusion(free, found) if len(free) == len(found) == len(MODES) else ""


def conclusion(free: dict[str, FreeRun], found: dict[str, ChunkStates]) -> str:
    """mode -> its forecast on its own, and what it says within chunks."""
    kept = (_in_phase(mode, run) for mode, run in free.items())
    stateful, windowed = (in_first_half(found[mode].own_errors(mode)) for mode in MODES)
    naive = in_first_half(_naive_errors(found))
    errors = {"stateful": number(stateful, 3), "windowed": number(windowed, 3), "naive": number(naive, 3)}
    one_seed = say("experiments.one_seed")
    return say("experiment_sine.conclusion", each=", ".join(kept), one_seed=one_seed, **errors)


def _in_phase(mode: str, run: FreeRun) -> str:
    came = "kept" if run.is_in_phase else "lost"
    return say(f"experiment_sine.phase_{came}_{mode}", correlation=number(run.correlation, 3))


def _errors(found: dict[str, ChunkStates]) -> list[Line]:
    """Naive: the value just read, held."""
    if not found:
        return []
    naive = _naive_errors(found)
    places = np.arange(1, len(naive) + 1)
    own = [
        Line(_label(mode), places, states.own_errors(mode), "LSTM", _is_dashed(mode)) for mode, states in found.items()
    ]
    return [*own, Line(say("charts.line_naive"), places, naive, "naive", is_dashed=True)]


def _naive_errors(found: dict[str, ChunkStates]) -> np.ndarray:
    """All networks read the same values."""
    return next(iter(found.values())).naive_errors


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
    SEQUENCES.show(lanes_of(found), NAME, delivered)


def _free_runs(tab: BrowserTab, run: ExperimentRun) -> dict[str, FreeRun]:
    """mode -> its forecast on its own, where it is trained and a worker has answered."""
    found = {}
    for name, job in run.begun.items():
        if job.checkpoint and is_over(job) and isinstance(job.task, Sine):
            future = tab.answers.ask(("free run", run.id, name), sine.free_run, job.task, job.checkpoint.weights)
            if (forecast := answer(future)) is not None:
                found[job.task.mode] = forecast
    return {mode: found[mode] for mode in MODES if mode in found}


def _paths(free: dict[str, FreeRun]) -> list[Line]:
    """The truth goes on; beside it each network on its own, and naive: the last value, held."""
    if not free:
        return []
    one = next(iter(free.values()))
    before, ahead = one.observed[-_SHOWN_BEFORE:], np.arange(len(one.truth))
    known = np.arange(-len(before), len(one.truth))
    truth = Line(say("charts.line_truth"), known, np.concatenate([before, one.truth]), "truth")
    own = (Line(_label(mode), ahead, run.forecast, "LSTM", _is_dashed(mode)) for mode, run in free.items())
    return [truth, *own, Line(say("charts.line_naive"), ahead, one.naive, "naive", is_dashed=True)]
