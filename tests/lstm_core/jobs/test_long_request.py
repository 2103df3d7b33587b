"""Long requests: cut in calls that take turns with slices of training."""

from functools import partial
from itertools import pairwise

import pytest

from lstm_core.errors import InvalidArgument
from lstm_core.pieces import Pieces
from tests.helpers.small_training import train

pytestmark = pytest.mark.usefixtures("one_batch_a_slice")


def test_a_long_request_takes_turns_with_slices_call_by_call(book, engine):
    """Two trainings fill the line; the request gets a call in after each slice, and its answer at the end."""
    for seed in range(2):
        train(book, seed=seed, epochs=500)
    engine.step()
    engine.step()
    future = book.ask_in_pieces(counted, 4)
    done = []
    while not future.done():
        done.append(engine.calls[0].name)
        engine.step()
    pieces = [at for at, name in enumerate(done) if name != "train_slice"]
    assert [done[at] for at in pieces] == ["square"] * 4 + ["sum_of"]
    assert all(later - earlier > 1 for earlier, later in pairwise(pieces)), "never two without a slice between"
    assert future.result() == 0 + 1 + 4 + 9


def test_what_a_long_request_cannot_do_is_its_answer(book, engine):
    with pytest.raises(InvalidArgument, match="count must be"):
        book.ask_in_pieces(counted, -1).result(0)
    broken = book.ask_in_pieces(lambda: Pieces((partial(int, "x"), partial(int, "1")), sum_of))
    engine.drain()
    assert isinstance(broken.exception(0), ValueError)
    assert engine.calls == []


def counted(count: int) -> Pieces:
    if count < 0:
        raise InvalidArgument("count", "a number from 0 on", count)
    return Pieces(tuple(partial(square, number) for number in range(count)), sum_of)


def square(number: int) -> int:
    return number**2


def sum_of(numbers: tuple[int, ...]) -> int:
    return sum(numbers)
