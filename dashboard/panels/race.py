"""A race: several trainings that one visit begins together on the same data, with the buttons for all of them."""

from dataclasses import replace

import streamlit as st

from dashboard.run_view import looks
from dashboard.run_view.contenders import Contender, raced
from dashboard.session.visit import Visit
from dashboard.texts import compare as compare_words
from dashboard.texts import page as words
from lstm_core.forecasting.moves import interesting_end
from lstm_core.hyperparameters import RULES, Hyperparameters
from lstm_core.jobs import BookIsFull
from lstm_core.network.size import each_cell
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.training.windows import Windows, resolved

_EQUAL = {"hidden_size": "hidden size", "parameters": "parameters"}


def controls(visit: Visit, is_possible: bool) -> tuple[Hyperparameters, ...]:
    """What differs, and the buttons; what makes no sense just now is greyed. Returns what they would train."""
    settings = _cells(visit) if visit.state.compare == "cells" else _seeds(visit)
    if visit.wants("race") and is_possible:
        begin(visit, settings)
        st.rerun()
    jobs = raced(visit)
    runs, over = any(job.runs for job in jobs), all(job.has_ended for job in jobs)
    label = "Train all three" if visit.state.compare == "cells" else "Train all"
    icon = ":material/play_arrow:"
    st.button(label, type="primary", icon=icon, disabled=not is_possible, on_click=visit.wish_for, args=("race",))
    if not all(visit.runs.owns(job.id) for job in jobs):
        st.caption(words.GUEST)
        return settings if is_possible else ()
    if runs or over:
        st.button("Pause all", disabled=not runs, on_click=_command, args=(visit, "pause"))
    else:
        st.button("Resume all", on_click=_command, args=(visit, "resume"))
    st.button("Stop all", disabled=over, on_click=_command, args=(visit, "stop"), help=words.STOP)
    return settings if is_possible else ()


def _cells(visit: Visit) -> tuple[Hyperparameters, ...]:
    equal = st.segmented_control(
        "Equal", list(_EQUAL), default="hidden_size", format_func=_EQUAL.__getitem__, help=compare_words.EQUAL
    )
    return each_cell(_settings(visit), by_parameters=equal == "parameters")


def _seeds(visit: Visit) -> tuple[Hyperparameters, ...]:
    count = st.segmented_control("How many seeds", [2, 3, 4], default=3) or 3
    settings = _settings(visit)
    first = min(settings.seed, int(RULES["seed"].high) + 1 - count)
    return tuple(replace(settings, seed=first + each) for each in range(count))


def _settings(visit: Visit) -> Hyperparameters:
    """The fields' values; ``auto`` inputs count as one feature until there is a series to decide by."""
    return resolved(visit.state.hyperparameters, visit.series or visit.first_run.run.series)


def begin(visit: Visit, several: tuple[Hyperparameters, ...]) -> None:
    """Train each of these on the fields' series, watching one window; the race before gives way."""
    assert visit.series is not None
    windows = Windows(visit.series.values, several[0])
    picked = looks.picked_end(visit, windows)
    end = interesting_end(windows) if picked is None else picked
    jobs: list[str] = []
    try:
        for settings in several:
            jobs.append(
                visit.book.train(Forecasting(settings, visit.series), visit.id, window_end=end, owner=visit.runs.token)
            )
    except BookIsFull as error:
        visit.problems = (str(error),)
        for job in jobs:
            visit.book.abandon(job, visit.id, by=visit.runs.token)
        return
    visit.problems = ()
    visit.show_race(tuple(jobs))
    visit.change(window=picked)


def progress(some: tuple[Contender, ...]) -> None:
    """One line for all that train, or have trained: its place is kept."""
    jobs = [each.job for each in some if each.job is not None]
    if len(jobs) < len(some) or not jobs:
        st.html('<p class="race-place"></p>')  # where the line will be, so that nothing moves
        return
    share = sum(each.job.share if each.job else 1.0 for each in some) / len(some)
    left = max((job.seconds_left or 0.0 for job in jobs), default=0.0)
    st.progress(min(share, 1.0), text=compare_words.progress([job.state for job in jobs], left))


def _command(visit: Visit, command: str) -> None:
    for job in raced(visit):
        visit.command(job.id, command)
