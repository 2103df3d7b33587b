"""An engine whose work is done when the test says so, in this process: real slices, in an order that can be told."""

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any, NamedTuple

from lstm_core.engine import Engine, EngineClosed
from lstm_core.work.training import train_slice, warm_up


class Call(NamedTuple):
    future: Future[Any]
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    keywords: dict[str, Any]

    @property
    def is_slice(self) -> bool:
        return self.function is train_slice

    @property
    def name(self) -> str:
        """Of the function that a worker would run."""
        return getattr(self.function, "func", self.function).__name__

    @property
    def seed(self) -> int:
        """Whose slice it is: tests give each job a seed of its own."""
        return self.arguments[0].hyperparameters.seed

    def run(self) -> None:
        self.settle(partial(self.function, *self.arguments, **self.keywords))

    def fail(self, error: Exception) -> None:
        self.future.set_exception(error)

    def settle(self, work: Callable[[], Any]) -> None:
        try:
            result = work()
        except Exception as error:
            self.future.set_exception(error)
        else:
            self.future.set_result(result)


class SteppingEngine(Engine):
    """``calls`` are those that were submitted and not yet run, in their order."""

    def __init__(self, workers: int = 2) -> None:
        self.calls: list[Call] = []
        self._workers = workers
        self._is_closed = False
        warm_up()

    @property
    def workers(self) -> int:
        return self._workers

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        if self._is_closed:
            raise EngineClosed
        call = Call(Future(), fn, args, kwargs)
        self.calls.append(call)
        return call.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._is_closed = True
        while self.calls:
            self.calls.pop(0).fail(EngineClosed())

    def step(self, position: int = 0) -> Call:
        """Do the work at this position of the queue, by default the oldest."""
        call = self.calls.pop(position)
        call.run()
        return call

    def drain(self) -> None:
        while self.calls:
            self.step()

    @property
    def slices(self) -> list[Call]:
        return [call for call in self.calls if call.is_slice]
