"""A race: several trainings that one tab begins together on the same data, with the buttons for all of them."""

from dataclasses import replace

import streamlit as st

from dashboard.run_view import viewing
from dashboard.run_view.contenders import Contender, raced
from dashboard.session.browser_tab import BrowserTab
from dashboard.texts import say, sentences
from dashboard.texts.training import progress_of_all
from lstm_core.forecasting.moves import interesting_end
from lstm_core.hyperparameters import RULES, Resolved
from lstm_core.jobs import BookIsFull
from lstm_core.network.size import each_cell
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.training.windows import resolved, windows_of

_EQUAL = ("hidden_size", "parameters")


def controls(tab: BrowserTab, is_possible: bool) -> tuple[Resolved, ...]:
    """What differs, and the buttons; what makes no sense just now is greyed. Returns what they would train."""
    settings = _cells(tab) if tab.state.compare == "cells" else _seeds(tab)
    if tab.fields.is_requested("race") and is_possible:
        begin(tab, settings)
        st.rerun()
    jobs = raced(tab)
    runs, over = any(job.runs for job in jobs), all(job.has_ended for job in jobs)
    icon = ":material/play_arrow:"
    st.button(
        say("compare_page.train_all"),
        type="primary",
        icon=icon,
        disabled=not is_possible,
        on_click=tab.fields.request,
        args=("race",),
    )
    if not all(tab.runs.owns(job.id) for job in jobs):
        st.caption(say("training.guest"))
        return settings if is_possible else ()
    if runs or over:
        st.button(say("compare_page.pause_all"), disabled=not runs, on_click=_command, args=(tab, "pause"))
    else:
        st.button(say("compare_page.resume_all"), on_click=_command, args=(tab, "resume"))
    st.button(
        say("compare_page.stop_all"),
        disabled=over,
        on_click=_command,
        args=(tab, "stop"),
        help=say("training.stop_help"),
    )
    return settings if is_possible else ()


def _cells(tab: BrowserTab) -> tuple[Resolved, ...]:
    equal = st.segmented_control(
        say("compare_page.equal"),
        _EQUAL,
        default="hidden_size",
        format_func=lambda what: say(f"compare_page.equal_{what}"),
        help=say("compare_page.equal_help"),
    )
    return each_cell(_settings(tab), by_parameters=equal == "parameters")


def _seeds(tab: BrowserTab) -> tuple[Resolved, ...]:
    count = st.segmented_control(say("compare_page.how_many_seeds"), [2, 3, 4], default=3) or 3
    settings = _settings(tab)
    first = min(settings.seed, int(RULES["seed"].high) + 1 - count)
    return tuple(replace(settings, seed=first + each) for each in range(count))


def _settings(tab: BrowserTab) -> Resolved:
    """The fields' values; ``auto`` inputs count as one feature until there is a series to decide by."""
    return resolved(tab.state.hyperparameters, tab.search.series or tab.first_run.run.series)


def begin(tab: BrowserTab, several: tuple[Resolved, ...]) -> None:
    """Train each of these on the fields' series, watching one window; the race before gives way."""
    assert tab.search.series is not None
    windows = windows_of(tab.search.series, several[0])
    picked = viewing.picked_end(tab, windows)
    end = interesting_end(windows) if picked is None else picked
    jobs: list[str] = []
    try:
        for settings in several:
            jobs.append(
                tab.book.train(Forecasting(settings, tab.search.series), tab.id, window_end=end, owner=tab.runs.token)
            )
    except BookIsFull as error:
        tab.problems = (sentences.refusal(error),)
        for job in jobs:
            tab.book.abandon(job, tab.id, by=tab.runs.token)
        return
    tab.problems = ()
    tab.show_race(tuple(jobs))
    tab.change(window=picked)


def progress(some: tuple[Contender, ...]) -> None:
    """One line for all that train, or have trained: its place is kept."""
    jobs = [each.job for each in some if each.job is not None]
    if len(jobs) < len(some) or not jobs:
        st.html('<p class="race-place"></p>')  # where the line will be, so that nothing moves
        return
    share = sum(each.job.share if each.job else 1.0 for each in some) / len(some)
    left = max((job.seconds_left or 0.0 for job in jobs), default=0.0)
    st.progress(min(share, 1.0), text=progress_of_all([job.state for job in jobs], left))


def _command(tab: BrowserTab, command: str) -> None:
    for job in raced(tab):
        tab.command(job.id, command)
