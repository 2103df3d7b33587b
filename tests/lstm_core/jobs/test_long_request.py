"""Long requests: cut in calls that take turns with slices of training."""

from functools import partial
from itertools import pairwise

import pytest

from lstm_core.errors import InvalidArgument
from lstm_core.phrases import verbatim
from lstm_core.pieces import Pieces, Rest
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


def test_a_piece_that_goes_on_takes_another_turn_and_results_keep_their_order(book, engine):
    for seed in range(2):
        train(book, seed=seed, epochs=500)
    engine.step()
    engine.step()
    future = book.ask_in_pieces(lambda: Pieces((partial(count_down, 3), partial(square, 2)), tuple))
    done = []
    while not future.done():
        done.append(engine.calls[0].name)
        engine.step()
    assert [name for name in done if name != "train_slice"] == ["count_down"] * 4 + ["square", "tuple"]
    assert all({one, other} - {"train_slice", "tuple"} != {one} for one, other in pairwise(done) if one == other)
    assert future.result() == ("done", 4)


def test_what_comes_in_one_piece_is_a_short_request_and_waits_for_no_slice_in_line(book, engine):
    for seed in range(4):
        train(book, seed=seed, epochs=500)
    future = book.ask_in_pieces(counted, 1)
    assert [call.is_slice for call in engine.calls] == [True, True, True, False]  # right behind the slices under way
    engine.step(3)
    assert future.result(0) == 0


def test_a_light_finish_is_done_where_the_results_are(book, engine):
    future = book.ask_in_pieces(lambda: Pieces((partial(square, 2), partial(square, 3)), sum_of, is_light=True))
    engine.step()
    engine.step()
    assert (future.result(0), engine.calls) == (13, [])
    failing = book.ask_in_pieces(lambda: Pieces((partial(int, "1"), partial(int, "2")), len_of_nothing, is_light=True))
    engine.drain()
    assert isinstance(failing.exception(0), TypeError)


def count_down(number: int) -> Rest | str:
    return Rest(partial(count_down, number - 1)) if number else "done"


def len_of_nothing(_: tuple[int, ...]) -> int:
    return len(None)  # type: ignore[arg-type]


def counted(count: int) -> Pieces:
    if count < 0:
        raise InvalidArgument("count", verbatim("a number from 0 on"), count)
    return Pieces(tuple(partial(square, number) for number in range(count)), sum_of)


def square(number: int) -> int:
    return number**2


def sum_of(numbers: tuple[int, ...]) -> int:
    return sum(numbers)
