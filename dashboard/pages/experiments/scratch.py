"""From scratch: one unit of twelve scalars on companies A and B, 500 epochs, the loss printed at every hundredth."""

import numpy as np
import pandas as pd
import streamlit as st

from dashboard.pages.experiments import running
from dashboard.panels.charts import Line
from dashboard.session import current
from dashboard.session.browser_tab import BrowserTab
from dashboard.texts import say
from lstm_core.experiments.one_unit import COMPANIES, OneUnitRun, OneUnitSettings, naive_loss, training_one_unit

PRINTED = (1, 101, 201, 301, 401)
LOW, NEAR = 0.01, 0.1  # what the loss should fall below, and how near a prediction should come


def show(tab: BrowserTab) -> None:
    label, told = say("experiments.seed"), say("experiment_scratch.seed_help")
    seed = st.number_input(label, 0, 2**31 - 1, OneUnitSettings().seed, help=told, width=200)
    settings = OneUnitSettings(seed=seed)
    key = ("smallest", settings)  # the key of the page Smallest LSTM: either shows what the other has trained
    if st.button(say("experiment_scratch.train"), type="primary", icon=":material/play_arrow:", key="train-scratch"):
        if (before := tab.answers.asked(key)) and before.done():
            tab.answers.forget(key)
        tab.answers.ask_in_pieces(key, training_one_unit, *settings)
    if future := tab.answers.asked(key):
        waiting, failed = say("experiment_scratch.waiting"), say("experiment_scratch.failed")
        running.show_answer(future, waiting, failed, _found)
        if st.button(say("experiment_scratch.show"), icon=":material/search:", key="smallest-scratch"):
            tab.one_unit.settings = settings
            current.go("smallest")


def _found(run: OneUnitRun) -> None:
    with running.conclusion():
        st.markdown("\n".join(f"- {sentence}" for sentence in verdict(run)))
    naive = naive_loss()
    left, right = st.columns(2)
    with left:
        st.markdown(say("experiment_scratch.loss"))
        epochs = np.arange(1, len(run.losses))
        running.draw_lines([Line("LSTM", epochs, run.losses[1:], "LSTM")], "epoch", "loss", log=True, naive=naive)
    with right:
        st.markdown(say("experiment_scratch.loss_after"))
        st.table(_losses(run), hide_index=True, border="horizontal")
        st.markdown(say("experiment_scratch.prediction"))
        st.table(_predictions(run), hide_index=True, border="horizontal")


def _losses(run: OneUnitRun) -> pd.DataFrame:
    epochs = (*PRINTED, len(run.losses) - 1)
    columns = (map(str, epochs), [f"{run.losses[epoch]:.6f}" for epoch in epochs])
    titles = (say("experiment_scratch.column_epoch"), say("experiment_scratch.column_loss"))
    return pd.DataFrame(dict(zip(titles, columns, strict=True)))


def _predictions(run: OneUnitRun) -> pd.DataFrame:
    rows = [
        {
            say("experiment_scratch.column_company"): name,
            say("experiment_scratch.column_target"): f"{target:g}",
            "LSTM": _plain(predicted),
            say("experiment_scratch.column_naive"): f"{prices[-1]:g}",
        }
        for (name, (prices, target)), predicted in zip(COMPANIES.items(), run.predictions[-1], strict=True)
    ]
    return pd.DataFrame(rows)


def verdict(run: OneUnitRun) -> list[str]:
    """Three questions, with their numbers; a seed that did not learn hears no."""
    told = [_falls(run)]
    for (name, (_, target)), predicted in zip(COMPANIES.items(), run.predictions[-1], strict=True):
        near = "yes" if abs(predicted - target) < NEAR else "no"
        values = {"company": name, "target": f"{target:g}", "predicted": _plain(predicted)}
        told.append(say(f"experiment_scratch.near_{near}", **values))
    is_learnt = run.losses[-1] < LOW and all(abs(off) < NEAR for off in _errors(run))
    share = say("one_unit_page.share")
    return [*told, say("experiment_scratch.one_seed", share=share) if is_learnt else say("experiment_scratch.another")]


def _falls(run: OneUnitRun) -> str:
    below = np.flatnonzero(run.losses < LOW)
    loss, last, naive = f"{run.losses[-1]:.6f}", len(run.losses) - 1, f"{naive_loss():g}"
    if run.losses[-1] < LOW:
        return say("experiment_scratch.falls_yes", low=LOW, first=below[0], loss=loss, last=last, naive=naive)
    return say("experiment_scratch.falls_no", low=LOW, loss=loss, last=last, naive=naive)


def _errors(run: OneUnitRun) -> list[float]:
    pairs = zip(COMPANIES.values(), run.predictions[-1], strict=True)
    return [float(predicted - target) for (_, target), predicted in pairs]


def _plain(value: float) -> str:
    """Four digits, and no minus before a zero."""
    return f"{round(float(value), 4) + 0.0:.4f}"
