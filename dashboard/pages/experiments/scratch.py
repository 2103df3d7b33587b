"""From scratch: one unit of twelve scalars on companies A and B, 500 epochs, the loss printed at every hundredth."""

import numpy as np
import pandas as pd
import streamlit as st

from dashboard.pages.experiments import running
from dashboard.pages.experiments.reading import yes
from dashboard.session import current
from dashboard.session.browser_tab import BrowserTab
from dashboard.texts import one_unit as one_unit_words
from lstm_core.experiments.one_unit import COMPANIES, OneUnitRun, OneUnitSettings, naive_loss, training_one_unit

PRINTED = (1, 101, 201, 301, 401)
LOW, NEAR = 0.01, 0.1  # what the loss should fall below, and how near a prediction should come
_ANOTHER = "Random scalars do not always learn: try another seed."
_WAITING = "A worker trains one unit …"
_FAILED = "A worker could not train it; pressing Train asks again."


def show(tab: BrowserTab) -> None:
    seed = st.number_input("Seed", 0, 2**31 - 1, OneUnitSettings().seed, help="Of the random scalars.", width=200)
    settings = OneUnitSettings(seed=seed)
    key = ("smallest", settings)  # the key of the page Smallest LSTM: either shows what the other has trained
    if st.button("Train", type="primary", icon=":material/play_arrow:", key="train-scratch"):
        if (before := tab.answers.asked(key)) and before.done():
            tab.answers.forget(key)
        tab.answers.ask_in_pieces(key, training_one_unit, *settings)
    if future := tab.answers.asked(key):
        running.show_answer(future, _WAITING, _FAILED, _found)
        if st.button("Show this unit at work", icon=":material/search:", key="smallest-scratch"):
            tab.one_unit.settings = settings
            current.go("smallest")


def _found(run: OneUnitRun) -> None:
    with running.conclusion():
        st.markdown("\n".join(f"- {sentence}" for sentence in verdict(run)))
    naive = naive_loss()
    left, right = st.columns(2)
    with left:
        st.markdown("**Loss, epoch by epoch** (dotted: naive)")
        epochs = np.arange(1, len(run.losses))
        running.draw_lines({"LSTM": (epochs, run.losses[1:])}, "epoch", "loss", log=True, naive=naive)
    with right:
        st.markdown("**Loss after an epoch**")
        st.table(_losses(run), hide_index=True, border="horizontal")
        st.markdown("**Prediction of day five**")
        st.table(_predictions(run), hide_index=True, border="horizontal")


def _losses(run: OneUnitRun) -> pd.DataFrame:
    epochs = (*PRINTED, len(run.losses) - 1)
    return pd.DataFrame({"epoch": map(str, epochs), "loss": [f"{run.losses[epoch]:.6f}" for epoch in epochs]})


def _predictions(run: OneUnitRun) -> pd.DataFrame:
    rows = [
        {"company": name, "target": f"{target:g}", "LSTM": _plain(predicted), "naive (day four)": f"{prices[-1]:g}"}
        for (name, (prices, target)), predicted in zip(COMPANIES.items(), run.predictions[-1], strict=True)
    ]
    return pd.DataFrame(rows)


def verdict(run: OneUnitRun) -> list[str]:
    """Three questions, with their numbers; a seed that did not learn hears no."""
    below = np.flatnonzero(run.losses < LOW)
    last = len(run.losses) - 1
    is_low, naive = run.losses[-1] < LOW, naive_loss()
    when = f" for the first time after epoch {below[0]}" if is_low else ""
    told = [f"**Falls below {LOW}: {yes(is_low)}**{when}; {run.losses[-1]:.6f} after epoch {last}. Naive: {naive:g}."]
    for (name, (_, target)), predicted in zip(COMPANIES.items(), run.predictions[-1], strict=True):
        told.append(f"**{name} near {target:g}: {yes(abs(predicted - target) < NEAR)}** ({_plain(predicted)}).")
    is_learnt = is_low and all(abs(off) < NEAR for off in _errors(run))
    told.append(f"One seed. {one_unit_words.SHARE}" if is_learnt else _ANOTHER)
    return told


def _errors(run: OneUnitRun) -> list[float]:
    pairs = zip(COMPANIES.values(), run.predictions[-1], strict=True)
    return [float(predicted - target) for (_, target), predicted in pairs]


def _plain(value: float) -> str:
    """Four digits, and no minus before a zero."""
    return f"{round(float(value), 4) + 0.0:.4f}"
