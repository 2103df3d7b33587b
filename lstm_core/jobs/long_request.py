"""LongRequest: a long request on its way, call by call."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from functools import partial
from typing import Any

from lstm_core.pieces import Pieces, Rest


class LongRequest:
    """future: the answer, once the last call has come home. Not safe for threads by itself."""

    def __init__(self, pieces: Pieces) -> None:
        self.future: Future[Any] = Future()
        self._waiting = deque(pieces.calls)
        self._results: list[Any] = []
        self._finish: Callable[[tuple[Any, ...]], Any] | None = pieces.finish
        self._is_light = pieces.is_light

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
            else:
                self._take_result(done.result())
        return self.future.done()

    def _take_result(self, result: Any) -> None:
        if self._finish is None:
            self.future.set_result(result)
        elif isinstance(result, Rest):
            self._waiting.appendleft(result.call)
        else:
            self._results.append(result)
            if self._is_light and not self._waiting:
                self._finish_here(self._finish)

    def _finish_here(self, finish: Callable[[tuple[Any, ...]], Any]) -> None:
        try:
            answer = finish(tuple(self._results))
        except Exception as error:  # whatever it is, whoever asked is told, as of a worker's errors
            self.future.set_exception(error)
        else:
            self.future.set_result(answer)
