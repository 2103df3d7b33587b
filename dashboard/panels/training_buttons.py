"""Train, Pause, One epoch, Stop, Reset; progress; and where the fields differ from the network on show."""

from typing import Any

import streamlit as st

from dashboard.run_view import viewing
from dashboard.run_view.unfit_choices import unfit
from dashboard.session.browser_tab import BrowserTab
from dashboard.texts import say, sentences
from dashboard.texts import training as training_texts
from lstm_core.forecasting.moves import interesting_end
from lstm_core.hyperparameters import RULES
from lstm_core.jobs import BookIsFull, Job
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.training.windows import resolved, windows_of


def train(tab: BrowserTab, is_possible: bool) -> None:
    play, requested = ":material/play_arrow:", tab.fields.request
    st.button(
        say("training.train"),
        type="primary",
        icon=play,
        disabled=not is_possible,
        on_click=requested,
        args=("train",),
        help=say("training.train_help"),
    )


def buttons(tab: BrowserTab, job: Job) -> None:
    """What makes no sense just now is greyed; order and places never change. Who looks on sees what they may do."""
    if tab.runs.owns(job.id):
        _commands(tab, job)
        return
    st.caption(say("training.guest"))
    if job.checkpoint is None or not job.checkpoint.is_over:
        st.button(say("training.go_on"), on_click=tab.go_on, help=say("training.go_on_help"))


def _commands(tab: BrowserTab, job: Job) -> None:
    runs, over = job.runs, job.has_ended
    if runs or over:
        st.button(say("training.pause"), disabled=not runs, on_click=_command, args=(tab, "pause"))
    else:
        st.button(say("training.resume"), on_click=_command, args=(tab, "resume"))
    st.button(
        say("training.one_epoch"),
        disabled=over,
        on_click=tab.fields.request,
        args=("one_epoch",),
        help=say("training.one_epoch_help"),
    )
    st.button(
        say("training.stop"), disabled=over, on_click=_command, args=(tab, "stop"), help=say("training.stop_help")
    )
    st.button(say("training.reset"), on_click=_command, args=(tab, "reset"), help=say("training.reset_help"))


def pause_and_stop(tab: BrowserTab, group: str, what: str = "") -> None:
    """Of a group of trainings, such as an experiment's; both wait for a training that this browser may command.

    what: is paused ("_training"), where something else on the page can be paused too.
    """
    now = tab.runs.group(group)
    ends = now is not None and now.is_mine and (now.runs or now.is_paused)
    pause = "resume" if now is not None and now.is_paused else "pause"
    for command in (pause, "stop"):
        help = say("training.stop_help" if command == "stop" else "training.pause_help")
        label = say("experiments.button_stop" if command == "stop" else f"experiments.button_{command}{what}")
        if st.button(label, disabled=not ends, help=help, key=f"{command}-{group}"):
            tab.command_experiment(group, command)
            st.rerun()


def differences(tab: BrowserTab) -> dict[str, Any]:
    """Name of a hyperparameter -> what the network on show was trained with, where the fields say otherwise."""
    viewed = viewing.viewed_run(tab)
    if viewed.is_untrained:
        return {}
    wanted = resolved(tab.state.hyperparameters, tab.search.series or viewed.series)
    pairs = {name: (getattr(wanted, name), getattr(viewed.hyperparameters, name)) for name in RULES}
    return {name: shown for name, (mine, shown) in pairs.items() if mine not in (shown, "auto")}


def progress(job: Job) -> None:
    """Epoch, loss, time left, place in the queue."""
    planned = job.hyperparameters.epochs
    said = training_texts.progress(job.state, job.epoch, planned, job.seconds_left, job.place)
    st.progress(min(job.share, 1.0), text=said)


def grant(tab: BrowserTab, is_possible: bool) -> None:
    """Train what the fields say, if a button asked for it."""
    if tab.fields.is_requested("train") and is_possible:
        begin(tab)
    if tab.fields.is_requested("one_epoch") and tab.viewed_job_id is not None:
        _command(tab, "one_epoch")


def begin(tab: BrowserTab) -> bool:
    """The fields' values begin a new job; the one looked at makes room, unless others look at it too."""
    assert tab.search.series is not None
    hyperparameters = resolved(tab.state.hyperparameters, tab.search.series)
    windows = windows_of(tab.search.series, hyperparameters)
    picked = viewing.picked_end(tab, windows)
    end = interesting_end(windows) if picked is None else picked
    try:
        job = tab.book.train(
            Forecasting(hyperparameters, tab.search.series), tab.id, window_end=end, owner=tab.runs.token
        )
    except BookIsFull as error:
        tab.problems = (sentences.refusal(error),)
        return False
    tab.problems = ()
    tab.show_job(job)
    tab.change(window=picked)
    tab.change(**dict.fromkeys(unfit(tab.state, viewing.viewed_run(tab))))
    return True


def _command(tab: BrowserTab, command: str) -> None:
    assert tab.viewed_job_id is not None
    tab.command(tab.viewed_job_id, command)
    if command == "reset":
        tab.change(epoch=None)  # there is none yet
