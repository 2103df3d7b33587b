"""Compare: two to four networks side by side, on one clock and one window, each with its difference from the first."""

from datetime import date
from functools import partial
from typing import NamedTuple

import numpy as np
import streamlit as st

from dashboard.components.compare import COMPARE, MOST, Comparison
from dashboard.components.component import Message
from dashboard.panels import race, skeleton, stage_page
from dashboard.panels.live import live
from dashboard.panels.next_step import what_it_reads
from dashboard.run_view.comparison import Compared, compared, earliest_end, shared_end, watch
from dashboard.run_view.contenders import Contender, comparable, contenders
from dashboard.session import current
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.link import COMPARISONS
from dashboard.texts import say
from dashboard.texts.series import no_observation
from lstm_core.hyperparameters import Resolved

_KEY = "compare"


def page() -> None:
    tab = current.tab()
    with st.sidebar:
        stage_page.title()
        asked = stage_page.fields(tab)
    stage_page.tell((*tab.problems, *asked.problems))
    tab.fields.taken.add("compare")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        heading = st.container(width="stretch")
        _choose(tab)
    said = say(f"compare_page.help_{tab.state.compare}")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if tab.state.compare == "ages":  # nothing is to be chosen but the day: the sentence stands beside it
            with st.container(width="stretch"):
                st.caption(said)
        chosen, planned = _controls(tab, asked.can_train)
        some = contenders(tab, chosen, planned)
        if some:
            _window(tab, some)
    heading.header(_title(some), anchor=False)
    if tab.state.compare != "ages":
        st.caption(said)
    if some:
        look, delivered = partial(_look, tab, chosen, planned), tab.browser.deliveries[_KEY]
        with skeleton.place(skeleton.columns(say("compare_page.fetching"), len(some))):
            live(look, partial(_show, tab), delivered=delivered)
    current.write_link(tab)


def _title(some: tuple[Contender, ...]) -> str:
    """With what all of them read."""
    if not some:
        return say("compare_page.title_empty")
    return say("compare_page.title", what=what_it_reads(some[0].viewed.series))


def _choose(tab: BrowserTab) -> None:
    """What differs between the columns."""
    kind = st.segmented_control(
        say("compare_page.compare"),
        COMPARISONS,
        default=tab.state.compare,
        format_func=lambda kind: say(f"compare_page.kind_{kind}"),
        key=tab.fields.key("compare"),
        label_visibility="collapsed",
    )
    tab.change(compare=kind or tab.state.compare)


def _controls(tab: BrowserTab, is_possible: bool) -> tuple[tuple[str, ...], tuple[Resolved, ...]]:
    """What each kind of comparison asks for: the runs that were chosen by hand, and what a race would train."""
    kind = tab.state.compare
    if kind == "runs":
        return _runs(tab), ()
    return (), race.controls(tab, is_possible) if kind in ("cells", "seeds") else ()


def _runs(tab: BrowserTab) -> tuple[str, ...]:
    titles = comparable(tab)
    chosen = st.multiselect(
        say("compare_page.runs"),
        list(titles),
        list(titles)[-2:],
        format_func=titles.__getitem__,
        max_selections=MOST,
    )
    if len(chosen) < 2:
        st.info(say("compare_page.choose_runs" if len(titles) > 1 else "compare_page.one_run_only"))
    return tuple(chosen)


def _window(tab: BrowserTab, some: tuple[Contender, ...]) -> None:
    """The day on which everybody's window ends; of a day without an observation the last one before it."""
    dates, end = some[0].viewed.series.dates, shared_end(tab, some)
    first, last = _day(dates[earliest_end(some)]), _day(dates[-1])
    key = tab.fields.key(
        f"window-{some[0].id}-{end}-{tab.fields.days_typed}"
    )  # another where it has to show another day
    with st.container(width=220):
        label = say("compare_page.window_end")
        day = st.date_input(label, _day(dates[end]), min_value=first, max_value=last, key=key)
        if tab.fields.snapped[:1] == (end,):
            st.caption(no_observation(*tab.fields.snapped[1:]))
    if day == _day(dates[end]):
        return
    picked = int(np.searchsorted(dates.astype("datetime64[D]"), np.datetime64(day), side="right")) - 1
    tab.fields.days_typed += 1
    tab.fields.snapped = () if _day(dates[picked]) == day else (picked, np.datetime64(day), dates[picked])
    watch(tab, some, picked)
    st.rerun()


def _day(moment: np.datetime64) -> date:
    return moment.astype("datetime64[D]").item()


class _Ready(NamedTuple):
    """Who is compared, what is known of them, and the message that tells the page's picture of it."""

    contenders: tuple[Contender, ...]
    compared: Compared
    message: Message[Comparison]

    @property
    def is_changing(self) -> bool:
        return self.compared.is_changing


def _look(tab: BrowserTab, chosen: tuple[str, ...], planned: tuple[Resolved, ...]) -> _Ready | None:
    some = contenders(tab, chosen, planned)
    if not some:
        return None
    now, is_large = compared(tab, some, tab.browser.ages), tab.state.letters == "large"
    delivered = tab.browser.deliveries[_KEY]
    ready = COMPARE.message(now.comparison, _KEY, delivered, is_still=not now.is_changing, is_large=is_large)
    return _Ready(some, now, ready)


def _show(tab: BrowserTab, ready: _Ready) -> bool:
    with st.container(key="race-line"):
        if tab.state.compare in ("cells", "seeds"):
            race.progress(ready.contenders)
        if ready.compared.problem:
            st.warning(ready.compared.problem)
    chosen = COMPARE.mount(ready.message)
    return tab.hear_size(chosen["large"]) or tab.browser.hear_ages(chosen["ages"])
