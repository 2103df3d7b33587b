"""What pages around the stage share: the sidebar, the head with its buttons, and the part that changes by itself."""

from collections.abc import Iterable
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import components as stage
from dashboard.panels import code_export as take_home
from dashboard.panels import series_fields, sidebar, skeleton
from dashboard.panels import training_buttons as controls
from dashboard.panels.head import head
from dashboard.panels.live import REFRESH, begin_anew, live, rests
from dashboard.run_view import looks, scenes
from dashboard.run_view.looks import Look
from dashboard.session import current as session
from dashboard.session.visit import Visit
from dashboard.texts import formatting, sentences
from dashboard.texts import page as words
from lstm_core.data.steps import short_step_of
from lstm_core.errors import DataUnavailable, InvalidArgument, InvalidFile

_KEY = "stage"
_FIRST_PICTURE = 0.3  # seconds for which the page waits for it, rather than show an empty stage and ask again
_PICTURE_ALONE = 0.5  # seconds that a browser takes to draw the first one, where nothing else keeps it busy


class Asked(NamedTuple):
    """What the fields ask for: whether it can be trained, and the sentences why not."""

    can_train: bool
    problems: tuple[str, ...]


def show(page: str) -> None:
    """The whole page; ``page`` is the stage's. Its skeleton goes out before all that hangs on data."""
    visit = session.visit()
    with st.sidebar:
        title()
    place = _Place(st.container(), skeleton.place(_skeleton(visit, page)))
    if visit.is_new and visit.state.data.is_at_hand:
        now = _picture_before_fields(visit, page, place)
    else:
        with st.sidebar:
            asked = fields(visit)
        now = _picture(visit, page, place, asked)
    take_home.show_code(now)
    session.write_link(visit)


class _Place(NamedTuple):
    """Where on the page they stand, whatever is sent first."""

    head: DeltaGenerator
    picture: DeltaGenerator


def _picture_before_fields(visit: Visit, page: str, place: _Place) -> Look:
    """A visit that begins waits for its picture: a browser that has to draw thirty fields as well shows it late."""
    _refusal_of_series(visit)  # which the fields will tell
    link = visit.state
    now = _picture(visit, page, place, _asked(visit))
    session.wait(_PICTURE_ALONE)
    with st.sidebar:
        fields(visit)
    if visit.state != link:
        st.rerun()  # a browser that came back knows more of its fields than its link says
    return now


def _picture(visit: Visit, page: str, place: _Place, asked: Asked) -> Look:
    now = looks.look(visit, page, _FIRST_PICTURE)
    with place.head:
        tell((*visit.problems, *asked.problems))
        head(visit, page, now, is_possible=asked.can_train)
    first, delivered = [_prepared(visit, now, page)], visit.deliveries[_KEY]
    every = REFRESH if now.is_changing else None
    with place.picture:
        live(_live, visit, page, now.is_changing, first, every=every, delivered=delivered)
    return now


def title() -> None:
    """How every page's sidebar begins: it opens at once, and nothing beside it moves when its fields come."""
    st.title("Gatescope", anchor=False)
    st.caption(words.TAGLINE)


def _skeleton(visit: Visit, page: str) -> str:
    subject = looks.subject(visit)
    steps = formatting.count(subject.hyperparameters.window_length, short_step_of(subject.series.dates))
    sentence = words.fetching(steps, subject.series.title)
    return skeleton.stage(sentence, steps, subject.hyperparameters.cell, inside=page == "inside")


def tell(said: Iterable[str]) -> None:
    """What could not be taken, above all else; as it was written, whatever marks of Markdown are in it."""
    for sentence in said:
        st.warning(sentences.literal(sentence))


def fields(visit: Visit) -> Asked:
    """The sidebar's, and what a button asked for by its values."""
    st.header("Data", anchor=False)
    series_fields.data_fields(visit)
    _find_series(visit)
    unfit, places = sidebar.settings(visit)
    asked = _asked(visit, unfit)
    controls.grant(visit, asked.can_train)
    sidebar.tell_differences(visit, places, controls.differences(visit))
    letters(visit)
    return asked


def _asked(visit: Visit, unfit: str | None = None) -> Asked:
    problem = unfit or looks.misfit(visit)
    return Asked(problem is None and visit.series is not None, tuple(filter(None, [problem])))


def letters(visit: Visit) -> None:
    """How every page's sidebar ends: the size of all that the page writes."""
    now = visit.state.letters
    other = "usual" if now == "large" else "large"
    st.button(words.LETTERS[now], key="letters", type="tertiary", on_click=visit.change, kwargs={"letters": other})


def _find_series(visit: Visit) -> None:
    """The series of the fields; where it cannot be had, a sentence, and the last one stays."""
    error = _refusal_of_series(visit)
    if error is not None:
        st.error(sentences.literal(sentences.refusal(error)))
    if isinstance(error, DataUnavailable):
        st.button(words.RETRY, icon=":material/refresh:", on_click=visit.search_again)
    if visit.series is not None:
        series_fields.describe(visit.series, stayed=visit.search.found is None)


def _refusal_of_series(visit: Visit) -> Exception | None:
    try:
        visit.find_series()
    except (InvalidArgument, InvalidFile, DataUnavailable) as error:
        return error
    return None


def _prepared(visit: Visit, now: Look, page: str) -> tuple[Look, stage.Message]:
    scene, is_large = scenes.scene(now, page, visit.chosen), visit.state.letters == "large"
    is_still = not now.is_changing
    return now, stage.message(scene, _KEY, visit.deliveries[_KEY], is_still=is_still, is_large=is_large)


def _live(visit: Visit, page: str, was_changing: bool, first: list[tuple[Look, stage.Message]]) -> None:
    """``first``: what was prepared when the page began, once."""
    now, ready = first.pop() if first else _prepared(visit, looks.look(visit, page), page)
    tell(filter(None, [now.problem]))
    news = visit.hear(stage.stage(ready))
    session.write_news(visit)
    if news or rests(was_changing, now.is_changing, visit.deliveries[_KEY]):
        begin_anew(visit.deliveries[_KEY])
