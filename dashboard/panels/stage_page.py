"""What pages around the stage share: the sidebar, the head with its buttons, and the part that changes by itself."""

from collections.abc import Iterable
from functools import partial
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.components import STAGE, StageContent, StageEvents
from dashboard.components.component import Message
from dashboard.panels import code_export as take_home
from dashboard.panels import series_fields, sidebar, skeleton
from dashboard.panels import training_buttons as controls
from dashboard.panels.head import head
from dashboard.panels.live import live
from dashboard.run_view import stage_content, viewing
from dashboard.run_view.viewing import RunView
from dashboard.session import current
from dashboard.session.browser_tab import BrowserTab
from dashboard.texts import say, sentences
from dashboard.texts.steps import steps
from lstm_core.data.steps import short_step_of
from lstm_core.errors import DataUnavailable, InvalidArgument, InvalidFile, Refusal

_KEY = "stage"
_FIRST_PICTURE = 0.3  # seconds for which the page waits for it, rather than show an empty stage and ask again
_PICTURE_ALONE = 0.5  # seconds that a browser takes to draw the first one, where nothing else keeps it busy


class Asked(NamedTuple):
    """What the fields ask for: whether it can be trained, and the sentences why not."""

    can_train: bool
    problems: tuple[str, ...]


def show(page: str) -> None:
    """The whole page; ``page`` is the stage's. Its skeleton goes out before all that hangs on data."""
    tab = current.tab()
    with st.sidebar:
        title()
    place = _Place(st.container(), skeleton.place(_skeleton(tab, page)))
    if tab.search.is_new and tab.state.data.is_at_hand:
        now = _picture_before_fields(tab, page, place)
    else:
        with st.sidebar:
            asked = fields(tab)
        now = _picture(tab, page, place, asked)
    take_home.show_code(now)
    current.write_link(tab)


class _Place(NamedTuple):
    """Where on the page they stand, whatever is sent first."""

    head: DeltaGenerator
    picture: DeltaGenerator


def _picture_before_fields(tab: BrowserTab, page: str, place: _Place) -> RunView:
    """A tab that opens waits for its picture: a browser that has to draw thirty fields as well shows it late."""
    _refusal_of_series(tab)  # which the fields will tell
    link = tab.state
    now = _picture(tab, page, place, _asked(tab))
    current.wait(_PICTURE_ALONE)
    with st.sidebar:
        fields(tab)
    if tab.state != link:
        st.rerun()  # a browser that came back knows more of its fields than its link says
    return now


def _picture(tab: BrowserTab, page: str, place: _Place, asked: Asked) -> RunView:
    now = viewing.view_run(tab, page, _FIRST_PICTURE)
    with place.head:
        tell((*tab.problems, *asked.problems))
        head(tab, page, now, is_possible=asked.can_train)
    first, delivered = _prepared(tab, page, now), tab.browser.deliveries[_KEY]
    with place.picture:
        live(partial(_look, tab, page), partial(_show, tab), first=first, delivered=delivered)
    return now


def title() -> None:
    """How every page's sidebar begins: it opens at once, and nothing beside it moves when its fields come."""
    st.title("Gatescope", anchor=False)
    st.caption(say("page.tagline"))


def _skeleton(tab: BrowserTab, page: str) -> str:
    viewed = viewing.viewed_run(tab)
    how_many = steps(viewed.hyperparameters.window_length, short_step_of(viewed.series.dates))
    sentence = say("page.fetching_window", how_many=how_many, title=viewed.series.title)
    return skeleton.stage(sentence, how_many, viewed.hyperparameters.cell, inside=page == "inside")


def tell(said: Iterable[str]) -> None:
    """What could not be taken, above all else; as it was written, whatever marks of Markdown are in it."""
    for sentence in said:
        st.warning(sentences.literal(sentence))


def fields(tab: BrowserTab) -> Asked:
    """The sidebar's, and what a button asked for by its values."""
    st.header(say("settings.data"), anchor=False)
    series_fields.data_fields(tab)
    _find_series(tab)
    unfit, places = sidebar.settings(tab)
    asked = _asked(tab, unfit)
    controls.grant(tab, asked.can_train)
    sidebar.tell_differences(tab, places, controls.differences(tab))
    letters(tab)
    return asked


def _asked(tab: BrowserTab, unfit: str | None = None) -> Asked:
    problem = unfit or viewing.misfit(tab)
    return Asked(problem is None and tab.search.series is not None, tuple(filter(None, [problem])))


def letters(tab: BrowserTab) -> None:
    """How every page's sidebar ends: the size of all that the page writes."""
    now = tab.state.letters
    other = "usual" if now == "large" else "large"
    st.button(
        say(f"page.letters_{now}"), key="letters", type="tertiary", on_click=tab.change, kwargs={"letters": other}
    )


def _find_series(tab: BrowserTab) -> None:
    """The series of the fields; where it cannot be had, a sentence, and the last one stays."""
    error = _refusal_of_series(tab)
    if error is not None:
        st.error(sentences.literal(sentences.refusal(error)))
    if isinstance(error, DataUnavailable):
        st.button(say("page.retry"), icon=":material/refresh:", on_click=tab.search.forget)
    if tab.search.series is not None:
        series_fields.describe(tab.search.series, stayed=tab.search.latest.found is None)


def _refusal_of_series(tab: BrowserTab) -> Refusal | None:
    try:
        tab.find_series()
    except (InvalidArgument, InvalidFile, DataUnavailable) as error:
        return error
    return None


class _Ready(NamedTuple):
    """What is known of the run, and the message that tells the stage of it."""

    view: RunView
    message: Message[StageContent]

    @property
    def is_changing(self) -> bool:
        return self.view.is_changing


def _look(tab: BrowserTab, page: str) -> _Ready:
    return _prepared(tab, page, viewing.view_run(tab, page))


def _prepared(tab: BrowserTab, page: str, now: RunView) -> _Ready:
    content, is_large = stage_content.of_view(now, page, tab.chosen), tab.state.letters == "large"
    delivered = tab.browser.deliveries[_KEY]
    return _Ready(now, STAGE.message(content, _KEY, delivered, is_still=not now.is_changing, is_large=is_large))


def _show(tab: BrowserTab, ready: _Ready) -> bool:
    tell(filter(None, [ready.view.problem]))
    is_news = tab.hear(StageEvents.of(STAGE.mount(ready.message)))
    current.write_news(tab)
    return is_news
