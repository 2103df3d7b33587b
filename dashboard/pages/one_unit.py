"""The smallest LSTM: train one unit with twelve scalars, watch its two predictions part, and edit the scalars."""

from functools import partial
from typing import NamedTuple

import streamlit as st

from dashboard.components.component import Message
from dashboard.components.one_unit import ONE_UNIT
from dashboard.panels import skeleton, stage_page
from dashboard.panels.live import live
from dashboard.panels.number_fields import decimal
from dashboard.panels.training_buttons import pause_and_stop
from dashboard.session import current
from dashboard.session.browser_tab import SMALLEST, BrowserTab
from dashboard.session.experiment_run import ExperimentRun
from dashboard.texts import say
from dashboard.texts.training import one_unit_line
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
    st.header(say("one_unit_page.title"), anchor=False)
    st.markdown(say("one_unit_page.introduction"))
    with skeleton.place(skeleton.panels(say("one_unit_page.fetching"), skeleton.SMALLEST)):
        live(partial(_look, tab), _show, delivered=tab.browser.deliveries[SMALLEST])
    current.write_link(tab)


def _training(tab: BrowserTab) -> ExperimentRun | None:
    """The training that the page shows. The first one begins by itself; None where the book has no room for it."""
    if tab.runs.group(SMALLEST) is None:
        tab.begin_one_unit(OneUnitSettings())
    return tab.runs.group(SMALLEST)


def _fields(tab: BrowserTab, run: ExperimentRun | None) -> None:
    """What to train with, and the buttons; nothing else trains before one is pressed."""
    now = _settings(run)
    stage_page.title()
    st.header(say("one_unit_page.fields"), anchor=False)
    fields = f"{now.seed}-{now.epochs}-{now.learning_rate}"  # other keys, so that fields show what a button chose
    seed = st.number_input(
        say("one_unit_page.seed"), 0, 2**31 - 1, now.seed, key=f"seed-{fields}", help=say("one_unit_page.seed_help")
    )
    label, told = say("one_unit_page.epochs"), say("one_unit_page.epochs_help")
    epochs = st.slider(label, 1, MOST_EPOCHS, now.epochs, key=f"epochs-{fields}", help=told)
    rate = decimal(
        tab,
        say("one_unit_page.rate"),
        LOWEST_RATE,
        HIGHEST_RATE,
        now.learning_rate,
        step=0.01,
        key=f"rate-{fields}",
        help=say("one_unit_page.rate_help"),
    )
    train = st.button(say("one_unit_page.train"), type="primary", icon=":material/play_arrow:", width="stretch")
    another = st.button(say("one_unit_page.another"), width="stretch", help=say("one_unit_page.another_help"))
    if train or another:
        tab.problems = ()
        tab.begin_one_unit(OneUnitSettings(seed=seed + another, epochs=epochs, learning_rate=rate))
        st.rerun()
    with st.container(horizontal=True, gap="small"):
        pause_and_stop(tab, SMALLEST, "_training")
    if run is not None and not run.is_mine:
        st.caption(say("training.guest"))
    st.caption(say("one_unit_page.share"))


def _settings(run: ExperimentRun | None) -> OneUnitSettings:
    settings = next(iter(run.settings.values())) if run is not None else OneUnitSettings()
    assert isinstance(settings, OneUnitSettings)
    return settings


class _Ready(NamedTuple):
    """The training on show, whether it goes on, and the message of the newest unit that stands still."""

    run: ExperimentRun | None
    is_changing: bool
    message: Message[OneUnitRun] | None


def _look(tab: BrowserTab) -> _Ready:
    """While another unit trains, the one before it stays."""
    run, delivered = tab.runs.group(SMALLEST), tab.browser.deliveries[SMALLEST]
    if run is not None and not run.runs:
        tab.one_unit = _found(run) or tab.one_unit
    is_changing = run is not None and run.may_change
    unit = tab.one_unit
    message = None if unit is None else ONE_UNIT.message(unit, SMALLEST, delivered, is_still=not is_changing)
    return _Ready(run, is_changing, message)


def _show(ready: _Ready) -> None:
    with st.container(key="smallest-line"):
        _line(ready.run)
    if ready.message is not None:
        ONE_UNIT.mount(ready.message)


def _found(run: ExperimentRun) -> OneUnitRun | None:
    """None before the first epoch is done."""
    jobs = (job for job in run.jobs.values() if len(job.history))
    return next((run_of(job.history, job.kept) for job in jobs), None)


def _line(run: ExperimentRun | None) -> None:
    if run is None:
        st.caption(say("one_unit_page.not_begun"))
    elif run.problem:
        st.warning(run.problem)
    else:
        st.caption(one_unit_line(next(iter(run.jobs.values())), run.is_paused))
