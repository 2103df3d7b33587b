"""From scratch: one unit of twelve scalars on companies A and B, 500 epochs, the loss printed at every hundredth."""

import numpy as np
import pandas as pd
import streamlit as st

from dashboard.pages.experiments import running
from dashboard.pages.experiments.reading import yes
from dashboard.session import current
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.experiment_run import ExperimentRun
from dashboard.texts import one_unit as one_unit_words
from lstm_core.experiments.one_unit import COMPANIES, LOW, OneUnitRun, OneUnitSettings, naive_loss, run_of

NAME = "scratch"
PRINTED = (1, 101, 201, 301, 401)
_ANOTHER = "Random scalars do not always learn: try another seed."


def show(tab: BrowserTab) -> None:
    seed = st.number_input("Seed", 0, 2**31 - 1, OneUnitSettings().seed, help="Of the random scalars.", width=200)
    run = running.controls(tab, NAME, {"LSTM": OneUnitSettings(seed=seed)})
    if run is None:
        return
    running.show(tab, NAME, _draw, came=_came)
    if st.button("Show this unit at work", icon=":material/search:", key="smallest-scratch"):
        tab.show_one_unit(run.id)
        current.go("smallest")


def _came(run: ExperimentRun) -> str:
    return " ".join(verdict(_found(run))) if run.is_over else ""


def _found(run: ExperimentRun) -> OneUnitRun:
    job = next(iter(run.jobs.values()))
    return run_of(job.history, job.kept)


def _draw(run: ExperimentRun) -> None:
    if not all(len(job.history) for job in run.jobs.values()):
        return
    found, naive = _found(run), naive_loss()
    left, right = st.columns(2)
    with left:
        st.markdown("**Loss, epoch by epoch** (dotted: naive)")
        epochs = np.arange(1, len(found.losses))
        running.draw_lines({"LSTM": (epochs, found.losses[1:])}, "epoch", "loss", log=True, naive=naive)
    with right:
        st.markdown("**Loss after an epoch**")
        st.table(_losses(found), hide_index=True, border="horizontal")
        st.markdown("**Prediction of day five**")
        st.table(_predictions(found), hide_index=True, border="horizontal")
    if run.is_over:
        st.caption(f"One seed. {one_unit_words.SHARE}" if found.is_learnt else _ANOTHER)


def _losses(run: OneUnitRun) -> pd.DataFrame:
    last = len(run.losses) - 1
    epochs = (*(each for each in PRINTED if each < last), last)
    return pd.DataFrame({"epoch": map(str, epochs), "loss": [f"{run.losses[epoch]:.6f}" for epoch in epochs]})


def _predictions(run: OneUnitRun) -> pd.DataFrame:
    rows = [
        {"company": name, "target": f"{target:g}", "LSTM": _plain(predicted), "naive (day four)": f"{prices[-1]:g}"}
        for (name, (prices, target)), predicted in zip(COMPANIES.items(), run.predictions[-1], strict=True)
    ]
    return pd.DataFrame(rows)


def verdict(run: OneUnitRun) -> list[str]:
    """Three questions, with their numbers; a seed that did not learn hears no."""
    low, last, naive = run.first_low, len(run.losses) - 1, naive_loss()
    when = "" if low is None else f" for the first time after epoch {low}"
    fell = yes(low is not None)
    told = [f"Falls below {LOW}: {fell}{when}; {run.losses[-1]:.6f} after epoch {last}. Naive: {naive:g}."]
    for (name, (_, target)), predicted in zip(COMPANIES.items(), run.predictions[-1], strict=True):
        told.append(f"{name} near {target:g}: {yes(run.is_near[name])} ({_plain(predicted)}).")
    return told


def _plain(value: float) -> str:
    """Four digits, and no minus before a zero."""
    return f"{round(float(value), 4) + 0.0:.4f}"
