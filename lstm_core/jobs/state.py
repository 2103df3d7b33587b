"""JobState: how a training of the book stands."""

from enum import StrEnum


class JobState(StrEnum):
    """``QUEUED`` until its first slice since it was let run, then ``TRAINING``; ``PAUSING`` while the slice under way
    comes home, then ``PAUSED``; at last one of `ENDS`: the outcomes of a training, and two that the book adds.
    """

    QUEUED = "queued"
    TRAINING = "training"
    PAUSING = "pausing"
    PAUSED = "paused"
    FINISHED = "finished"
    STOPPED_EARLY = "stopped_early"
    SOLVED = "solved"
    STOPPED = "stopped"
    DIVERGED = "diverged"
    FAILED = "failed"

    @property
    def runs(self) -> bool:
        """It takes slices as they come."""
        return self in (JobState.QUEUED, JobState.TRAINING)

    @property
    def is_still(self) -> bool:
        """Nobody is training it just now, so it can be judged."""
        return not self.runs and self is not JobState.PAUSING

    @property
    def has_ended(self) -> bool:
        return self in ENDS


ENDS = (
    JobState.FINISHED,
    JobState.STOPPED_EARLY,
    JobState.SOLVED,
    JobState.STOPPED,
    JobState.DIVERGED,
    JobState.FAILED,
)
