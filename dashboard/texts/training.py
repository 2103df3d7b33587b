"""How a training goes, in one line; and what the network under training is worth so far."""

from collections.abc import Sequence

import numpy as np

from dashboard.texts import counted, say
from dashboard.texts.durations import duration
from lstm_core.formatting import number, percent
from lstm_core.jobs import Job, JobState


def learning(validation: np.ndarray, naive_loss: float) -> str:
    """While it trains: where the newest validation loss stands beside naive's."""
    newest = number(validation[-1], 4)
    if not naive_loss:
        return say("training.learning_no_naive", validation=newest)
    share = validation[-1] / naive_loss - 1
    return say(
        "training.learning_worse" if share > 0 else "training.learning_better",
        validation=newest,
        naive=number(naive_loss, 4),
        share=percent(abs(share)),
    )


def progress(state: JobState, epoch: int, planned: int, seconds_left: float | None, place: int | None) -> str:
    """One line: how far, how long still, and how many go first."""
    parts = [say("training.progress", state=say(f"training.state_{state}"), epoch=epoch, planned=planned)]
    if state.runs and seconds_left is not None:
        parts.append(say("training.left", time=duration(seconds_left)))
    if state is JobState.QUEUED and place:
        parts.append(say("training.next_in_line") if place == 1 else counted("training.go_first", place - 1))
    return ", ".join(parts)


def progress_of_all(states: Sequence[JobState], seconds_left: float) -> str:
    """One line for several trainings: what they do, and when the last of them will be done."""
    doing = ", ".join(dict.fromkeys(say(f"training.state_{state}") for state in states))
    if JobState.TRAINING not in states or not seconds_left:
        return doing
    return say("compare_page.progress_left", states=doing, time=duration(seconds_left))


def one_unit_line(job: Job, is_paused: bool) -> str:
    """How far the training of the smallest LSTM is, or how to read what stands there."""
    if job.checkpoint is not None and job.checkpoint.is_over:
        return say("one_unit_page.read")
    now = "paused" if is_paused else "stopped" if job.has_ended else "training"
    return say(f"one_unit_page.line_{now}", epoch=job.epoch, epochs=job.task.epochs)
