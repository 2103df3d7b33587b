"""First model: 50 units and one output learn the mean of sequences of different lengths: padded, packed, masked."""

from functools import partial

import pandas as pd
import streamlit as st

from dashboard.components import Delivered
from dashboard.components.sequences import SEQUENCES
from dashboard.pages.experiments import running
from dashboard.pages.experiments.variable_length_lanes import MOST_ROWS, lanes_of
from dashboard.panels import skeleton
from dashboard.session.answers import answer
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.experiment_run import ExperimentRun
from dashboard.texts import say
from lstm_core.experiments import first_model, variable_length
from lstm_core.experiments.first_model import AGREES, BETTER_THAN_NAIVE, LONGEST, Check, FirstModel
from lstm_core.experiments.variable_length import LENGTHS, VariableLength
from lstm_core.formatting import number, scientific
from lstm_core.jobs import Job

NAME = "first_model"
_LANES, _CHECK = "variable length", "first model check"


def show(tab: BrowserTab) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        told = st.text_input(say("experiment_lengths.lengths"), ", ".join(map(str, LENGTHS)), width=320)
        seed = st.number_input(say("experiments.seed"), 0, 2**31 - 1, 0, width=160)
    race = {"LSTM": FirstModel(seed=seed)}
    run = running.controls(tab, NAME, race)
    if run is None:
        st.caption(say("experiment_lengths.untrained"))
    else:
        running.show(tab, NAME, _progress, _CHECK, came=partial(_came, tab))
    lengths = _read(told)
    if lengths is None:
        st.error(say("experiment_lengths.not_lengths"))
    else:
        _show_lanes(tab, lengths, seed, run)
    if run is not None:
        running.show(tab, NAME, _curve)


def _read(told: str) -> tuple[int, ...] | None:
    try:
        return tuple(int(each) for each in told.split(",")) if len(told) <= 400 else None
    except ValueError:
        return None


def _rested(run: ExperimentRun | None) -> Job | None:
    """The network of a run that stands still."""
    return None if run is None or run.runs else run.begun.get("LSTM")


def _progress(run: ExperimentRun) -> None:
    job = run.begun.get("LSTM")
    if job is None:
        st.caption(say("experiment_lengths.begins"))
        return
    rmse, naive = job.history.newest("rmse"), job.baseline_scores["rmse"]
    st.caption(say("experiment_lengths.so_far", rmse=number(rmse, 3), naive=number(naive, 3)))


def _came(tab: BrowserTab, run: ExperimentRun) -> str:
    check = _check(tab, run)
    return verdict(check) if check else ""


def _check(tab: BrowserTab, run: ExperimentRun) -> Check | None:
    job = _rested(run)
    if job is None or job.checkpoint is None:
        return None
    key = (_CHECK, run.id, job.checkpoint.step)
    return answer(tab.answers.ask(key, first_model.check, job.task, job.checkpoint.weights))


def verdict(check: Check) -> str:
    """Whether it worked, and what was asked of it."""
    return say(
        "experiment_lengths.worked" if check.worked else "experiment_lengths.not_worked",
        rmse=number(check.rmse, 3),
        naive=number(check.naive_rmse, 3),
        times=number(check.times_better),
        asked=number(BETTER_THAN_NAIVE),
        difference=scientific(check.difference),
        allowed=scientific(AGREES),
        one_seed=say("experiment_lengths.one_seed"),
    )


def _show_lanes(tab: BrowserTab, lengths: tuple[int, ...], seed: int, run: ExperimentRun | None) -> None:
    job = _rested(run)
    if run is None or job is None or job.checkpoint is None:
        future = tab.answers.ask((_LANES, lengths, seed), variable_length.compare, lengths, seed)
    else:
        key = (_LANES, lengths, run.id, job.checkpoint.step)
        trained_with = running.settings_of(job).seed
        future = tab.answers.ask(key, variable_length.compare, lengths, trained_with, job.checkpoint.weights)
    with skeleton.place(skeleton.lanes(say("page.fetching_lanes"), min(len(lengths), MOST_ROWS))):
        delivered = tab.browser.deliveries[NAME]
        waiting, failed = say("experiment_lengths.waiting"), say("experiment_lengths.failed")
        running.show_answer(future, waiting, failed, partial(_found, delivered), tab.answers.newest(_LANES), delivered)


def _found(delivered: Delivered, found: VariableLength) -> None:
    SEQUENCES.show(lanes_of(found), NAME, delivered)
    if len(found.lengths) > MOST_ROWS:
        st.caption(say("experiment_lengths.first_rows", shown=MOST_ROWS, count=len(found.lengths)))
    if found.lengths.max() > LONGEST:
        st.caption(say("experiment_lengths.longer", longest=LONGEST))
    _show_table(found)


def _show_table(found: VariableLength) -> None:
    st.dataframe(pd.DataFrame(_rows(found)), hide_index=True, width="stretch")
    sizes = ", ".join(map(str, found.batch_sizes.tolist()))
    st.caption(
        say(
            "experiment_lengths.agree",
            difference=scientific(found.difference),
            sizes=sizes,
            packed=len(found.packed_values),
            padded=found.padded.size,
        )
    )


def _rows(found: VariableLength) -> list[dict[str, object]]:
    rows = (
        {
            "sequence": index + 1,
            "length": int(found.lengths[index]),
            "mean": float(found.targets[index]),
            "one_by_one": float(found.one_by_one[index]),
            "packed": float(found.packed[index]),
            "masked": float(found.masked[index]),
            "after_padding": float(found.after_padding[index]),
            "naive": first_model.NAIVE_ANSWER,
        }
        for index in range(len(found.lengths))
    )
    return [{say(f"experiment_lengths.column_{name}"): value for name, value in row.items()} for row in rows]


def _curve(run: ExperimentRun) -> None:
    if not run.begun:
        return
    settings = next(iter(run.settings.values()))
    assert isinstance(settings, FirstModel)
    naive = first_model.naive_scores(settings)
    st.markdown(say("experiment_lengths.curve"))
    running.draw_lines(running.curves(run, "rmse", "steps"), "steps", "rmse", naive=naive["rmse"])
    running.table(run, ("rmse",), naive)
