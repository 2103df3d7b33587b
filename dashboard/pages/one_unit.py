"""The smallest LSTM: train one unit with twelve scalars, watch its two predictions part, and edit the scalars."""

from concurrent.futures import Future
from functools import partial
from typing import NamedTuple

import streamlit as st

from dashboard.components.component import Message
from dashboard.components.one_unit import ONE_UNIT
from dashboard.panels import skeleton, stage_page
from dashboard.panels.live import live
from dashboard.panels.number_fields import decimal
from dashboard.session import current
from dashboard.session.browser_tab import BrowserTab
from dashboard.texts import say, sentences
from lstm_core.errors import InvalidArgument
from lstm_core.experiments.one_unit import (
    HIGHEST_RATE,
    LOWEST_RATE,
    MOST_EPOCHS,
    OneUnitRun,
    OneUnitSettings,
    training_one_unit,
)

_KEY = "smallest"


def page() -> None:
    tab = current.tab()
    with st.sidebar:
        _fields(tab)
        stage_page.letters(tab)
    stage_page.tell(tab.problems)
    st.header(say("one_unit_page.title"), anchor=False)
    st.markdown(say("one_unit_page.introduction"))
    with skeleton.place(skeleton.panels(say("one_unit_page.fetching"), skeleton.SMALLEST)):
        live(partial(_look, tab), _show, delivered=tab.browser.deliveries[_KEY])
    current.write_link(tab)


def _fields(tab: BrowserTab) -> None:
    """What to train with, and the two buttons; nothing trains before one is pressed."""
    now = tab.one_unit.settings
    stage_page.title()
    st.header(say("one_unit_page.fields"), anchor=False)
    fields = f"{now.seed}-{now.epochs}-{now.learning_rate}"  # other keys, so that fields show what a button chose
    wanted = OneUnitSettings(
        seed=st.number_input(
            say("one_unit_page.seed"),
            0,
            2**31 - 1,
            now.seed,
            key=f"seed-{fields}",
            help=say("one_unit_page.seed_help"),
        ),
        epochs=st.slider(
            say("one_unit_page.epochs"),
            1,
            MOST_EPOCHS,
            now.epochs,
            key=f"epochs-{fields}",
            help=say("one_unit_page.epochs_help"),
        ),
        learning_rate=decimal(
            tab,
            say("one_unit_page.rate"),
            LOWEST_RATE,
            HIGHEST_RATE,
            now.learning_rate,
            step=0.01,
            key=f"rate-{fields}",
            help=say("one_unit_page.rate_help"),
        ),
    )
    train = st.button(say("one_unit_page.train"), type="primary", icon=":material/play_arrow:", width="stretch")
    another = st.button(say("one_unit_page.another"), width="stretch", help=say("one_unit_page.another_help"))
    if train or another:
        _begin(tab, wanted._replace(seed=wanted.seed + another))
    st.caption(say("one_unit_page.share"))


def _begin(tab: BrowserTab, wanted: OneUnitSettings) -> None:
    """An answer that failed is asked for again."""
    if tab.one_unit.settings == wanted and _problem(_asked(tab)):
        tab.answers.forget(_key(wanted))
    tab.one_unit.settings = wanted
    st.rerun()


def _asked(tab: BrowserTab) -> Future[OneUnitRun]:
    settings = tab.one_unit.settings
    return tab.answers.ask_in_pieces(_key(settings), training_one_unit, *settings)


def _key(settings: OneUnitSettings) -> tuple[str, OneUnitSettings]:
    return _KEY, settings


class _Ready(NamedTuple):
    """Whether a worker still trains, what went wrong, and the message of the newest run there is."""

    is_changing: bool
    problem: str
    message: Message[OneUnitRun] | None


def _look(tab: BrowserTab) -> _Ready:
    """While another trains, the run before it stays."""
    future = _asked(tab)
    is_training, problem = not future.done(), _problem(future)
    if not is_training and not problem:
        tab.one_unit.run = future.result()
    run, delivered = tab.one_unit.run, tab.browser.deliveries[_KEY]
    message = None if run is None else ONE_UNIT.message(run, _KEY, delivered, is_still=not is_training)
    return _Ready(is_training, problem, message)


def _show(ready: _Ready) -> None:
    with st.container(key="smallest-line"):
        _line(ready.problem, is_training=ready.is_changing)
    if ready.message is not None:
        ONE_UNIT.mount(ready.message)


def _line(problem: str, is_training: bool) -> None:
    if problem:
        st.warning(problem)
    else:
        st.caption(say("one_unit_page.training" if is_training else "one_unit_page.read"))


def _problem(future: Future[OneUnitRun]) -> str:
    error = future.exception() if future.done() else None
    if error is None:
        return ""
    return sentences.refusal(error) if isinstance(error, InvalidArgument) else say("one_unit_page.no_answer")
