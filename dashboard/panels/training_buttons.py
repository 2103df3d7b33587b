"""Train, Pause, One epoch, Stop, Reset; progress; and where the fields differ from the network on show."""

from typing import Any

import streamlit as st

from dashboard.run_view import looks
from dashboard.run_view.chosen import unfit
from dashboard.session.visit import Visit
from dashboard.texts import page as words
from lstm_core.forecasting.moves import interesting_end
from lstm_core.jobs import BookIsFull, Job
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.training.windows import Windows, resolved


def train(visit: Visit, is_possible: bool) -> None:
    play, wish = ":material/play_arrow:", visit.wish_for
    st.button(
        "Train", type="primary", icon=play, disabled=not is_possible, on_click=wish, args=("train",), help=words.TRAIN
    )


def buttons(visit: Visit, job: Job) -> None:
    """What makes no sense just now is greyed; order and places never change. Who looks on sees what they may do."""
    if visit.runs.owns(job.id):
        _commands(visit, job)
        return
    st.caption(words.GUEST)
    if job.checkpoint is None or not job.checkpoint.is_over:
        st.button(words.GO_ON, on_click=visit.go_on, help=words.GO_ON_HELP)


def _commands(visit: Visit, job: Job) -> None:
    runs, over = job.runs, job.has_ended
    if runs or over:
        st.button("Pause training", disabled=not runs, on_click=_command, args=(visit, "pause"))
    else:
        st.button("Resume training", on_click=_command, args=(visit, "resume"))
    st.button("One epoch", disabled=over, on_click=visit.wish_for, args=("one_epoch",), help=words.ONE_EPOCH)
    st.button("Stop", disabled=over, on_click=_command, args=(visit, "stop"), help=words.STOP)
    st.button("Reset", on_click=_command, args=(visit, "reset"), help=words.RESET)


def differences(visit: Visit) -> dict[str, Any]:
    """Name of a hyperparameter -> what the network on show was trained with, where the fields say otherwise."""
    subject = looks.subject(visit)
    if subject.is_untrained:
        return {}
    wanted = resolved(visit.state.hyperparameters, visit.series or subject.series)
    pairs = {name: (getattr(wanted, name), getattr(subject.hyperparameters, name)) for name in words.FIELDS}
    return {name: shown for name, (mine, shown) in pairs.items() if mine not in (shown, "auto")}


def progress(job: Job) -> None:
    """Epoch, loss, time left, place in the queue."""
    planned = job.hyperparameters.epochs
    st.progress(min(job.share, 1.0), text=words.progress(job.state, job.epoch, planned, job.seconds_left, job.place))


def grant(visit: Visit, is_possible: bool) -> None:
    """Train what the fields say, if a button asked for it."""
    if visit.wants("train") and is_possible:
        begin(visit)
    if visit.wants("one_epoch") and visit.subject_job is not None:
        _command(visit, "one_epoch")


def begin(visit: Visit) -> bool:
    """The fields' values begin a new job; the one looked at makes room, unless others look at it too."""
    assert visit.series is not None
    hyperparameters = resolved(visit.state.hyperparameters, visit.series)
    windows = Windows(visit.series.values, hyperparameters)
    picked = looks.picked_end(visit, windows)
    end = interesting_end(windows) if picked is None else picked
    try:
        job = visit.book.train(
            Forecasting(hyperparameters, visit.series), visit.id, window_end=end, owner=visit.runs.token
        )
    except BookIsFull as error:
        visit.problems = (str(error),)
        return False
    visit.problems = ()
    visit.show_job(job)
    visit.change(window=picked)
    visit.change(**dict.fromkeys(unfit(visit.state, looks.subject(visit))))
    return True


def _command(visit: Visit, command: str) -> None:
    assert visit.subject_job is not None
    visit.command(visit.subject_job, command)
    if command == "reset":
        visit.change(epoch=None)  # there is none yet
