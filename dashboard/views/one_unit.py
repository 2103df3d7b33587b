"""The smallest LSTM: train one unit with twelve scalars, watch its two predictions part, and edit the scalars."""

from concurrent.futures import Future

import streamlit as st

from dashboard.components.one_unit import smallest
from dashboard.panels import skeleton
from dashboard.panels import stage_page as frame
from dashboard.panels.live import REFRESH, begin_anew, live
from dashboard.panels.number_fields import decimal
from dashboard.session import current as session
from dashboard.session.visit import Visit
from dashboard.texts import one_unit as smallest_words
from dashboard.texts import sentences
from lstm_core.errors import InvalidArgument
from lstm_core.experiments.one_unit import (
    HIGHEST_RATE,
    LOWEST_RATE,
    MOST_EPOCHS,
    SmallestRun,
    SmallestSettings,
    training_smallest,
)

_KEY = "smallest"


def page() -> None:
    visit = session.visit()
    with st.sidebar:
        _fields(visit)
        frame.letters(visit)
    frame.tell(visit.problems)
    st.header(smallest_words.TITLE, anchor=False)
    st.markdown(smallest_words.INTRODUCTION)
    is_training = not _asked(visit).done()
    with skeleton.place(skeleton.panels(smallest_words.FETCHING, skeleton.SMALLEST)):
        every = REFRESH if is_training else None
        live(_live, visit, is_training, every=every, delivered=visit.deliveries[_KEY])
    session.write_link(visit)


def _fields(visit: Visit) -> None:
    """What to train with, and the two buttons; nothing trains before one is pressed."""
    now = visit.smallest.settings
    frame.title()
    st.header("Training", anchor=False)
    fields = f"{now.seed}-{now.epochs}-{now.learning_rate}"  # other keys, so that fields show what a button chose
    wanted = SmallestSettings(
        seed=st.number_input("Seed", 0, 2**31 - 1, now.seed, key=f"seed-{fields}", help=smallest_words.SEED),
        epochs=st.slider("Epochs", 1, MOST_EPOCHS, now.epochs, key=f"epochs-{fields}", help=smallest_words.EPOCHS),
        learning_rate=decimal(
            visit,
            "Learning rate",
            LOWEST_RATE,
            HIGHEST_RATE,
            now.learning_rate,
            step=0.01,
            key=f"rate-{fields}",
            help=smallest_words.RATE,
        ),
    )
    train = st.button("Train", type="primary", icon=":material/play_arrow:", width="stretch")
    another = st.button("Train from new random scalars", width="stretch", help=smallest_words.ANOTHER)
    if train or another:
        _begin(visit, wanted._replace(seed=wanted.seed + another))
    st.caption(smallest_words.SHARE)


def _begin(visit: Visit, wanted: SmallestSettings) -> None:
    """An answer that failed is asked for again."""
    if visit.smallest.settings == wanted and _problem(_asked(visit)):
        visit.answers.forget(_key(wanted))
    visit.smallest.settings = wanted
    st.rerun()


def _asked(visit: Visit) -> Future[SmallestRun]:
    settings = visit.smallest.settings
    return visit.answers.ask_in_pieces(_key(settings), training_smallest, *settings)


def _key(settings: SmallestSettings) -> tuple[str, SmallestSettings]:
    return _KEY, settings


def _live(visit: Visit, was_training: bool) -> None:
    """The picture of the newest run; while another trains, the one before it stays."""
    owed = _asked(visit)
    problem = _problem(owed)
    if owed.done() and not problem:
        visit.smallest.run = owed.result()
    with st.container(key="smallest-line"):
        _line(problem, is_training=not owed.done())
    if visit.smallest.run is not None:
        smallest(visit.smallest.run, _KEY, visit.deliveries[_KEY])
    if was_training and owed.done():
        begin_anew(visit.deliveries[_KEY])


def _line(problem: str, is_training: bool) -> None:
    if problem:
        st.warning(problem)
    else:
        st.caption(smallest_words.TRAINING if is_training else smallest_words.READ)


def _problem(owed: Future[SmallestRun]) -> str:
    error = owed.exception() if owed.done() else None
    if error is None:
        return ""
    return sentences.refusal(error) if isinstance(error, InvalidArgument) else smallest_words.NO_ANSWER
