"""Engine: an executor that says how many workers it has and can be warmed before the first click."""

from abc import abstractmethod
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from lstm_core.errors import Refusal
from lstm_core.phrases import Argument, Phrase
from lstm_core.work.training import warm_up

# How often one piece of work may take its worker down before it counts as the cause.
TRIES = 3
WORKER_DIED = Phrase(
    "worker_died",
    tries=TRIES,
    hidden_size=Argument("hidden_size"),
    window_length=Argument("window_length"),
    batch_size=Argument("batch_size"),
)


class EngineClosed(RuntimeError):
    """The engine was shut down before this work was done."""

    def __init__(self) -> None:
        super().__init__("The engine was shut down before this work was done.")


class WorkLost(Refusal, RuntimeError):
    """This work could not be done where it ran, and not for a fault in its arguments. The sentence says what to do."""


class Engine(Executor):
    """Runs pure functions in worker processes, with one torch thread each.

    Work must be pure: when its worker dies it is tried again elsewhere, at most `TRIES` times; then its future raises
    `WorkLost`. Work that a shutdown cuts off raises `EngineClosed`. Results arrive on a thread of the engine, where
    callbacks may submit further work but must not wait for any.
    """

    @property
    @abstractmethod
    def workers(self) -> int:
        """How many pieces of work run side by side; at least 1. A cluster's number may change."""

    @abstractmethod
    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Work is taken up in the order in which it came. Raises `EngineClosed` after a shutdown."""

    @abstractmethod
    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no further work. ``wait``: finish what was taken; else it is cut off."""

    def warm_up(self) -> list[Future[None]]:
        """Start the workers now, so that the first click need not wait; the futures end when they are ready."""
        return [self.submit(warm_up) for _ in range(self.workers)]
