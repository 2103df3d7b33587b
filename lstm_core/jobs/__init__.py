"""Who trains what: the JobBook, one a server."""

from lstm_core.jobs.book import BookIsFull, JobBook
from lstm_core.jobs.job import ENDS, Job
from lstm_core.jobs.owner import NotYours

__all__ = ["ENDS", "BookIsFull", "Job", "JobBook", "NotYours"]
