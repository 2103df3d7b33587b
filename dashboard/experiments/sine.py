"""Sine: learn numpy.sin, with hidden states carried over or from windows, then go on alone for three periods."""

from dataclasses import replace

import numpy as np
import streamlit as st

from dashboard.experiments import running
from dashboard.experiments.sine_lanes import UNTRAINED, lanes_of
from dashboard.stage.batch import show_lanes
from dashboard.trials import Trial
from dashboard.visit import Visit
from lstm_core.checkpoint import Weights
from lstm_core.experiments import sine
from lstm_core.experiments.sine import MODES, ChunkStates, FreeRun, Sine
from lstm_core.experiments.state import State

NAME = "sine"
_LANES = "sine chunks"
_WAITING = "A worker runs the first chunks …"
_FAILED = "A worker could not run the chunks."
_SHOWN_BEFORE = 80  # timesteps of what was observed, before the forecast


def show(visit: Visit) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        period = st.slider("Period, timesteps", 10, 80, 40, 5)
        seed = st.number_input("Seed", 0, 2**31 - 1, 0)
    settings = Sine(period=period, seed=seed)
    race = {f"LSTM {mode}": replace(settings, mode=mode) for mode in MODES}
    trial = running.controls(visit, NAME, Trial(race, sine.begin, sine.go_on))
    curves = st.container()  # empty at first: the lanes below it keep their place, and so whoever uses them
    if trial is not None:
        with curves:
            x = running.against()
            running.show(visit, trial, lambda: _draw(visit, trial, x), "free run")
    _show_chunks(visit, settings, trial)


def _draw(visit: Visit, trial: Trial, x: str) -> None:
    st.markdown("**Correlation with the true sine over three periods of its own forecast**")
    found = running.curves(trial, "correlation", x)
    running.draw_lines(found, x, "correlation", naive=0.0, domain=(-1.0, 1.05))
    for name, state in trial.states.items():
        free = _free_run(visit, trial, name, state)
        if free is not None:
            st.markdown(f"**{name}: on its own for three periods, correlation {free.correlation:.3f}**")
            running.draw_lines(_paths(free), "timestep", "value")
    st.caption(running.verdict(trial, lambda state: state.score("correlation") > 0.95, "stays in phase", "loses it"))
    settings = next(iter(trial.settings.values()))
    assert isinstance(settings, Sine)
    running.table(trial, {"correlation": "correlation", "rmse": "RMSE"}, sine.naive_scores(settings))


def _show_chunks(visit: Visit, settings: Sine, trial: Trial | None) -> None:
    """The network before training and, where it is over, the trained ones too."""
    st.markdown("**Hidden states at the boundaries between chunks**")
    if trial is not None:
        first = trial.settings[f"LSTM {MODES[0]}"]
        assert isinstance(first, Sine)
        settings = first
    networks: dict[str, tuple[Sine, Weights | None]] = {UNTRAINED: (settings, None)}
    for state in trial.states.values() if trial is not None else ():
        if state.is_over and isinstance(state.settings, Sine):
            networks[state.settings.mode] = (state.settings, state.weights)
    key = (_LANES, settings, tuple(networks), trial.id if trial and len(networks) > 1 else "")
    owed = visit.answer(key, sine.chunk_states_of, networks)
    running.show_answer(owed, _WAITING, _FAILED, _draw_lanes, visit.newest(_LANES))


def _draw_lanes(found: dict[str, ChunkStates]) -> None:
    show_lanes(lanes_of(found), "sine")


def _free_run(visit: Visit, trial: Trial, name: str, state: State) -> FreeRun | None:
    if not state.is_over:
        return None
    owed = visit.answer(("free run", trial.id, name), sine.free_run, state.settings, state.weights)
    return owed.result() if owed.done() and owed.exception() is None else None


def _paths(free: FreeRun) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """The truth goes on; beside it the network on its own, and naive: the last value, held."""
    before = free.observed[-_SHOWN_BEFORE:]
    known = np.arange(-len(before), len(free.truth))
    ahead = np.arange(len(free.truth))
    return {
        "truth": (known, np.concatenate([before, free.truth])),
        "LSTM": (ahead, free.forecast),
        "naive": (ahead, free.naive),
    }
