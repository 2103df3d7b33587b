"""What workers have answered to one browser tab, or still owe it."""

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from lstm_core.pieces import Pieces

_KEPT = 16
_ASK_EVERY = 1.0


@dataclass
class Answers:
    """The last few, by key; of a key that is a tuple the first parts say of what kind its answer is.

    request: hands a function and its arguments to a worker. request_in_pieces: the same of a function that cuts a long
    answer in pieces. futures: key -> answer, the one asked for last at the end.
    """

    request: Callable[..., Future[Any]]
    request_in_pieces: Callable[..., Future[Any]]
    futures: OrderedDict[Any, Future[Any]] = field(default_factory=OrderedDict)
    asked_at: float = 0.0

    def ask(self, key: Any, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """A short request to a worker, made once for each key."""
        return self._ask(key, self.request, function, *arguments)

    def ask_in_pieces(self, key: Any, function: Callable[..., Pieces], *arguments: Any) -> Future[Any]:
        """A long one, whose pieces take turns with what others want."""
        return self._ask(key, self.request_in_pieces, function, *arguments)

    def _ask(self, key: Any, request: Callable[..., Future[Any]], *arguments: Any) -> Future[Any]:
        if key not in self.futures:
            self.futures[key] = request(*arguments)
            while len(self.futures) > _KEPT:
                self.futures.popitem(last=False)
        self.futures.move_to_end(key)
        return self.futures[key]

    def asked(self, key: Any) -> Future[Any] | None:
        """The one for this key; None if nobody asked, or too long ago."""
        return self.futures.get(key)

    def pending(self, *kind: Any) -> Future[Any] | None:
        """One of this kind that a worker still owes."""
        return next((future for key, future in self.futures.items() if _is_of(key, kind) and not future.done()), None)

    def newest(self, *kind: Any) -> Any:
        """The last one of this kind that a worker could give; None before there is any."""
        given = (answer(future) for key, future in reversed(self.futures.items()) if _is_of(key, kind))
        return next((each for each in given if each is not None), None)

    def forget(self, key: Any) -> None:
        """It is asked for again the next time."""
        self.futures.pop(key, None)

    def forgive(self) -> None:
        """What failed is asked for again."""
        for key in [key for key, future in self.futures.items() if future.done() and future.exception() is not None]:
            self.forget(key)

    def may_ask_again(self) -> bool:
        """For what changes all the time: at most once a second, lest those who look on hold up those who train."""
        now = monotonic()
        is_time = now - self.asked_at >= _ASK_EVERY
        self.asked_at = now if is_time else self.asked_at
        return is_time


def answer(future: Future[Any] | None) -> Any:
    """None until it has come, and where a worker could not give it."""
    return future.result() if future is not None and future.done() and future.exception() is None else None


def _is_of(key: Any, kind: tuple[Any, ...]) -> bool:
    return key[: len(kind)] == kind
