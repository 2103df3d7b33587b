"""The smallest LSTM: train one unit with twelve scalars, watch its two predictions part, and edit the scalars."""

import streamlit as st

from dashboard.components.one_unit import one_unit
from dashboard.panels import skeleton, stage_page
from dashboard.panels.live import REFRESH, begin_anew, live
from dashboard.panels.number_fields import decimal
from dashboard.panels.training_buttons import pause_and_stop
from dashboard.session import current
from dashboard.session.browser_tab import ONE_UNIT, BrowserTab
from dashboard.session.experiment_run import ExperimentRun
from dashboard.texts import one_unit as one_unit_words
from dashboard.texts import page as words
from lstm_core.experiments.one_unit import (
    HIGHEST_RATE,
    LOWEST_RATE,
    MOST_EPOCHS,
    OneUnitRun,
    OneUnitSettings,
    run_of,
)


def page() -> None:
    tab = current.tab()
    run = _training(tab)
    with st.sidebar:
        _fields(tab, run)
        stage_page.letters(tab)
    stage_page.tell(tab.problems)
    st.header(one_unit_words.TITLE, anchor=False)
    st.markdown(one_unit_words.INTRODUCTION)
    may_change = run is not None and run.may_change
    with skeleton.place(skeleton.panels(one_unit_words.FETCHING, skeleton.SMALLEST)):
        every = REFRESH if may_change else None
        live(_live, tab, may_change, every=every, delivered=tab.browser.deliveries[ONE_UNIT])
    current.write_link(tab)


def _training(tab: BrowserTab) -> ExperimentRun | None:
    """The training that the page shows. The first one begins by itself; None where the book has no room for it."""
    if tab.runs.group(ONE_UNIT) is None:
        tab.begin_one_unit(OneUnitSettings())
    return tab.runs.group(ONE_UNIT)


def _fields(tab: BrowserTab, run: ExperimentRun | None) -> None:
    """What to train with, and the buttons; nothing else trains before one is pressed."""
    now = _settings(run)
    stage_page.title()
    st.header("Training", anchor=False)
    fields = f"{now.seed}-{now.epochs}-{now.learning_rate}"  # other keys, so that fields show what a button chose
    seed = st.number_input("Seed", 0, 2**31 - 1, now.seed, key=f"seed-{fields}", help=one_unit_words.SEED)
    epochs = st.slider("Epochs", 1, MOST_EPOCHS, now.epochs, key=f"epochs-{fields}", help=one_unit_words.EPOCHS)
    rate = decimal(
        tab,
        "Learning rate",
        LOWEST_RATE,
        HIGHEST_RATE,
        now.learning_rate,
        step=0.01,
        key=f"rate-{fields}",
        help=one_unit_words.RATE,
    )
    train = st.button("Train", type="primary", icon=":material/play_arrow:", width="stretch")
    another = st.button("Train from new random scalars", width="stretch", help=one_unit_words.ANOTHER)
    if train or another:
        tab.problems = ()
        tab.begin_one_unit(OneUnitSettings(seed=seed + another, epochs=epochs, learning_rate=rate))
        st.rerun()
    with st.container(horizontal=True, gap="small"):
        pause_and_stop(tab, ONE_UNIT, "training")
    if run is not None and not run.is_mine:
        st.caption(words.GUEST)
    st.caption(one_unit_words.SHARE)


def _settings(run: ExperimentRun | None) -> OneUnitSettings:
    settings = next(iter(run.settings.values())) if run is not None else OneUnitSettings()
    assert isinstance(settings, OneUnitSettings)
    return settings


def _live(tab: BrowserTab, may_change: bool) -> None:
    """The picture of what stands still; while another unit trains, the one before it stays."""
    run = tab.runs.group(ONE_UNIT)
    if run is not None and not run.runs:
        tab.one_unit = _found(run) or tab.one_unit
    with st.container(key="smallest-line"):
        _line(run)
    if tab.one_unit is not None:
        one_unit(tab.one_unit, ONE_UNIT, tab.browser.deliveries[ONE_UNIT])
    if may_change and not (run is not None and run.may_change):
        begin_anew(tab.browser.deliveries[ONE_UNIT])


def _found(run: ExperimentRun) -> OneUnitRun | None:
    """None before the first epoch is done."""
    jobs = (job for job in run.jobs.values() if len(job.history))
    return next((run_of(job.history, job.kept) for job in jobs), None)


def _line(run: ExperimentRun | None) -> None:
    if run is None:
        st.caption(one_unit_words.NOT_BEGUN)
    elif run.problem:
        st.warning(run.problem)
    else:
        st.caption(one_unit_words.line(next(iter(run.jobs.values())), run.is_paused))
