"""Which viewers look at which jobs, and since when a job has been left alone. Knows no clock: the caller says when."""


class Attendance:
    """Not safe for threads by itself: the book's lock guards it."""

    def __init__(self) -> None:
        self._audiences: dict[str, set[str]] = {}
        self._alone_since: dict[str, float] = {}

    def enter(self, job: str, now: float) -> None:
        """A new job, alone until somebody attaches."""
        self._audiences[job] = set()
        self._alone_since[job] = now

    def forget(self, job: str) -> None:
        del self._audiences[job]
        self._alone_since.pop(job, None)

    def attach(self, job: str, viewer: str) -> None:
        self._audiences[job].add(viewer)
        self._alone_since.pop(job, None)

    def turn_away(self, job: str, viewer: str, now: float) -> None:
        """The viewer looks elsewhere."""
        if viewer in self._audiences[job]:
            self._audiences[job].remove(viewer)
            if not self._audiences[job]:
                self._alone_since[job] = now

    def leave(self, viewer: str, now: float) -> None:
        """The viewer has gone: it looks at nothing any more."""
        for job in self._audiences:
            self.turn_away(job, viewer, now)

    def hear_of(self, job: str, now: float) -> None:
        """A command for a job that nobody looks at is a sign of life."""
        if job in self._alone_since:
            self._alone_since[job] = now

    def alone_since(self, job: str) -> float | None:
        """None while somebody looks."""
        return self._alone_since.get(job)
