"""Who may command a training: the browser that began it. The book keeps a hash of its token, never the token."""

from hashlib import sha256
from hmac import compare_digest

from lstm_core.errors import Refusal
from lstm_core.jobs.job import Job


class NotYours(Refusal, RuntimeError):
    """A command from somebody who may only look on."""


def hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest() if token else ""


def may_command(job: Job, token: str) -> bool:
    """A training that nobody owns obeys everybody."""
    return not job.owner or compare_digest(job.owner, hashed(token))
