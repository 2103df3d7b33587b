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
from dashboard.texts import page as words
from lstm_core.experiments import first_model, variable_length
from lstm_core.experiments.first_model import AGREES, BETTER_THAN_NAIVE, LONGEST, Check, FirstModel
from lstm_core.experiments.variable_length import LENGTHS, VariableLength
from lstm_core.jobs import Job

NAME = "first_model"
_LANES, _CHECK = "variable length", "first model check"
_WAITING = "A worker runs them in every way …"
_FAILED = "A worker could not run them."
_UNTRAINED = (
    "Untrained: PyTorch's random weights, so the outputs are no means yet; what padding, packing and the mask do to "
    "them can be seen all the same. **Run** trains it."
)
_ONE_SEED = "One seed: another may end otherwise."


def show(tab: BrowserTab) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        told = st.text_input("Lengths of the sequences", ", ".join(map(str, LENGTHS)), width=320)
        seed = st.number_input("Seed", 0, 2**31 - 1, 0, width=160)
    race = {"LSTM": FirstModel(seed=seed)}
    run = running.controls(tab, NAME, race)
    if run is None:
        st.caption(_UNTRAINED)
    else:
        running.show(tab, NAME, _progress, _CHECK, came=partial(_came, tab))
    lengths = _read(told)
    if lengths is None:
        st.error("Lengths must be whole numbers with commas between them, such as 5, 12, 3.")
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
        st.caption("A worker begins …")
        return
    naive = job.baseline_scores["rmse"]
    st.caption(f"RMSE on sequences never seen {job.history.newest('rmse'):.3f}, naive {naive:.3f}.")


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
    return (
        f"{'It worked' if check.worked else 'It has not worked'}: on sequences never seen its RMSE is "
        f"{check.rmse:.3f}, that of the best constant answer (naive) {check.naive_rmse:.3f}: {check.times_better:.0f} "
        f"times better, where {BETTER_THAN_NAIVE:.0f} were asked for. The packed batch and one by one differ by at "
        f"most {check.difference:.0e}, where {AGREES:.0e} is allowed. {_ONE_SEED}"
    )


def _show_lanes(tab: BrowserTab, lengths: tuple[int, ...], seed: int, run: ExperimentRun | None) -> None:
    job = _rested(run)
    if run is None or job is None or job.checkpoint is None:
        future = tab.answers.ask((_LANES, lengths, seed), variable_length.compare, lengths, seed)
    else:
        key = (_LANES, lengths, run.id, job.checkpoint.step)
        trained_with = running.settings_of(job).seed
        future = tab.answers.ask(key, variable_length.compare, lengths, trained_with, job.checkpoint.weights)
    with skeleton.place(skeleton.lanes(words.FETCHING_LANES, min(len(lengths), MOST_ROWS))):
        delivered = tab.browser.deliveries[NAME]
        running.show_answer(
            future, _WAITING, _FAILED, partial(_found, delivered), tab.answers.newest(_LANES), delivered
        )


def _found(delivered: Delivered, found: VariableLength) -> None:
    SEQUENCES.show(lanes_of(found), NAME, delivered)
    if len(found.lengths) > MOST_ROWS:
        st.caption(f"The lanes show the first {MOST_ROWS} of {len(found.lengths)} sequences; batch sizes count all.")
    if found.lengths.max() > LONGEST:
        st.caption(f"Trained on lengths from 1 to {LONGEST}: a longer sequence is new to the network.")
    _show_table(found)


def _show_table(found: VariableLength) -> None:
    st.dataframe(pd.DataFrame(_rows(found)), hide_index=True, width="stretch")
    sizes = ", ".join(map(str, found.batch_sizes.tolist()))
    st.caption(
        f"One by one, packed and masked agree to {found.difference:.0e}. Reading the last column of the padded batch "
        "instead lets the network run on over zeros: another answer for every sequence that is shorter than the "
        f"longest. Batch sizes: {sizes}; {len(found.packed_values)} values are packed instead of {found.padded.size}."
    )


def _rows(found: VariableLength) -> list[dict[str, object]]:
    return [
        {
            "sequence": index + 1,
            "length": int(found.lengths[index]),
            "mean": float(found.targets[index]),
            "one by one": float(found.one_by_one[index]),
            "packed": float(found.packed[index]),
            "masked": float(found.masked[index]),
            "after the padding": float(found.after_padding[index]),
            "naive": first_model.NAIVE_ANSWER,
        }
        for index in range(len(found.lengths))
    ]


def _curve(run: ExperimentRun) -> None:
    if not run.begun:
        return
    settings = next(iter(run.settings.values()))
    assert isinstance(settings, FirstModel)
    naive = first_model.naive_scores(settings)
    st.markdown("**Root mean squared error on sequences never seen**")
    running.draw_lines(running.curves(run, "rmse", running.STEPS), running.STEPS, "RMSE", naive=naive["rmse"])
    running.table(run, {"rmse": "RMSE"}, naive)
