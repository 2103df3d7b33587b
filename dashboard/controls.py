"""Train, Pause, One epoch, Stop, Reset; progress; and what a change of the fields makes necessary."""

import streamlit as st

from dashboard import looks, words
from dashboard.jobs import BookIsFull, Job
from dashboard.visit import Visit
from lstm_core.moves import interesting_end
from lstm_core.windows import Windows, resolved


def buttons(visit: Visit, job: Job | None, is_possible: bool) -> None:
    """What makes no sense just now is greyed; order and places never change."""
    runs, over = job is not None and job.runs, job is not None and job.has_ended
    wish, play = visit.wish_for, ":material/play_arrow:"
    st.button("Train", type="primary", icon=play, disabled=not is_possible, on_click=wish, args=("train",))
    if job is None or runs or over:
        st.button("Pause", disabled=not runs, on_click=_command, args=(visit, "pause"))
    else:
        st.button("Resume", on_click=_command, args=(visit, "resume"))
    nothing_to_train = job is None and not is_possible
    st.button("One epoch", disabled=over or nothing_to_train, on_click=wish, args=("one_epoch",), help=words.ONE_EPOCH)
    st.button("Stop", disabled=job is None or over, on_click=_command, args=(visit, "stop"), help=words.STOP)
    st.button("Reset", disabled=job is None, on_click=_command, args=(visit, "reset"), help=words.RESET)


def what_would_change(visit: Visit) -> str:
    """The fields against the run that is shown: what the next run would do otherwise."""
    subject = looks.subject(visit)
    if visit.series is None:
        return words.NO_RETRAINING
    wanted = resolved(visit.state.hyperparameters, visit.series)
    same = visit.series.fingerprint == subject.series.fingerprint
    said = words.changes(subject.hyperparameters, wanted, same)
    return words.needs_training(said) if said else words.NO_RETRAINING


def progress(job: Job) -> None:
    """Epoch, loss, time left, place in the queue."""
    planned = job.hyperparameters.epochs
    st.progress(min(job.share, 1.0), text=words.progress(job.state, job.epoch, planned, job.seconds_left, job.place))


def grant(visit: Visit, is_possible: bool) -> None:
    """Train what the fields say, if a button asked for it."""
    if visit.wants("train") and is_possible:
        begin(visit)
    if visit.wants("one_epoch") and (visit.subject_job is not None or (is_possible and begin(visit))):
        _command(visit, "one_epoch")


def begin(visit: Visit) -> bool:
    """The fields' values begin a new job; the one looked at makes room, unless others look at it too."""
    assert visit.series is not None
    hyperparameters = resolved(visit.state.hyperparameters, visit.series)
    end = interesting_end(Windows(visit.series.values, hyperparameters))
    try:
        job = visit.book.train(hyperparameters, visit.series, visit.id, window_end=end)
    except BookIsFull as error:
        visit.problems = (str(error),)
        return False
    visit.problems = ()
    visit.show_job(job)
    return True


def _command(visit: Visit, command: str) -> None:
    assert visit.subject_job is not None
    getattr(visit.book, command)(visit.subject_job)
    visit.change(epoch=None)
