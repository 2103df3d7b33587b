"""LongRequest: a long request on its way, call by call."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from functools import partial
from typing import Any

from lstm_core.pieces import Pieces


class LongRequest:
    """future: the answer, once the last call has come home. Not safe for threads by itself."""

    def __init__(self, pieces: Pieces) -> None:
        self.future: Future[Any] = Future()
        self._waiting = deque(pieces.calls)
        self._results: list[Any] = []
        self._finish: Callable[[tuple[Any, ...]], Any] | None = pieces.finish

    def next_call(self) -> Callable[[], Any]:
        if self._waiting:
            return self._waiting.popleft()
        finish, self._finish = self._finish, None
        assert finish is not None
        return partial(finish, tuple(self._results))

    def take(self, done: Future[Any]) -> bool:
        """Take in what a call gave; True where nothing is left to do."""
        error = None if done.cancelled() else done.exception()
        with suppress(InvalidStateError):  # whoever asked has cancelled it
            if done.cancelled():
                self.future.cancel()
            elif error is not None:
                self.future.set_exception(error)
            elif self._finish is None:
                self.future.set_result(done.result())
            else:
                self._results.append(done.result())
        return self.future.done()
