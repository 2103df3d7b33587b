"""Who trains what: the JobBook, one a server."""

from lstm_core.jobs.book import BookIsFull, JobBook
from lstm_core.jobs.job import Job
from lstm_core.jobs.owner import NotYours
from lstm_core.jobs.state import ENDS, JobState

__all__ = ["ENDS", "BookIsFull", "Job", "JobBook", "JobState", "NotYours"]
