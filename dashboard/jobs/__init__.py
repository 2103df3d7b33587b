"""Who trains what: the JobBook, one a server."""

from dashboard.jobs.book import BookIsFull, JobBook
from dashboard.jobs.job import ENDS, Job
from dashboard.jobs.owner import NotYours

__all__ = ["ENDS", "BookIsFull", "Job", "JobBook", "NotYours"]
