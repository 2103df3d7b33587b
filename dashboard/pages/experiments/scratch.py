"""From scratch: one unit of twelve scalars on companies A and B, 500 epochs, the loss printed at every hundredth."""

import numpy as np
import pandas as pd
import streamlit as st

from dashboard.pages.experiments import running
from dashboard.panels.charts import Line
from dashboard.session import current
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.experiment_run import ExperimentRun
from dashboard.texts import say
from lstm_core.experiments.one_unit import COMPANIES, LOW, OneUnitRun, OneUnitSettings, naive_loss, run_of
from lstm_core.formatting import number, significant

NAME = "scratch"
PRINTED = (1, 101, 201, 301, 401)


def show(tab: BrowserTab) -> None:
    label, told = say("experiments.seed"), say("experiment_scratch.seed_help")
    seed = st.number_input(label, 0, 2**31 - 1, OneUnitSettings().seed, help=told, width=200)
    run = running.controls(tab, NAME, {"LSTM": OneUnitSettings(seed=seed)})
    if run is None:
        return
    running.show(tab, NAME, _draw, came=_came)
    if st.button(say("experiment_scratch.show"), icon=":material/search:", key="smallest-scratch"):
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
        st.markdown(say("experiment_scratch.loss"))
        epochs = np.arange(1, len(found.losses))
        running.draw_lines([Line("LSTM", epochs, found.losses[1:], "LSTM")], "epoch", "loss", log=True, naive=naive)
    with right:
        st.markdown(say("experiment_scratch.loss_after"))
        st.table(_losses(found), hide_index=True, border="horizontal")
        st.markdown(say("experiment_scratch.prediction"))
        st.table(_predictions(found), hide_index=True, border="horizontal")
    if run.is_over:
        share = say("one_unit_page.share")
        st.caption(
            say("experiment_scratch.one_seed", share=share) if found.is_learnt else say("experiment_scratch.another")
        )


def _losses(run: OneUnitRun) -> pd.DataFrame:
    last = len(run.losses) - 1
    epochs = (*(each for each in PRINTED if each < last), last)
    columns = (map(str, epochs), [number(run.losses[epoch], 6) for epoch in epochs])
    titles = (say("experiment_scratch.column_epoch"), say("experiment_scratch.column_loss"))
    return pd.DataFrame(dict(zip(titles, columns, strict=True)))


def _predictions(run: OneUnitRun) -> pd.DataFrame:
    rows = [
        {
            say("experiment_scratch.column_company"): name,
            say("experiment_scratch.column_target"): number(target),
            "LSTM": number(predicted, 4),
            say("experiment_scratch.column_naive"): number(prices[-1]),
        }
        for (name, (prices, target)), predicted in zip(COMPANIES.items(), run.predictions[-1], strict=True)
    ]
    return pd.DataFrame(rows)


def verdict(run: OneUnitRun) -> list[str]:
    """Three questions, with their numbers; a seed that did not learn hears no."""
    told = [_falls(run)]
    for (name, (_, target)), predicted in zip(COMPANIES.items(), run.predictions[-1], strict=True):
        near = "yes" if run.is_near[name] else "no"
        values = {"company": name, "target": number(target), "predicted": number(predicted, 4)}
        told.append(say(f"experiment_scratch.near_{near}", **values))
    return told


def _falls(run: OneUnitRun) -> str:
    low = run.first_low
    loss, last, naive = number(run.losses[-1], 6), len(run.losses) - 1, significant(naive_loss(), 6)
    if low is not None:
        return say("experiment_scratch.falls_yes", low=LOW, first=low, loss=loss, last=last, naive=naive)
    return say("experiment_scratch.falls_no", low=LOW, loss=loss, last=last, naive=naive)
