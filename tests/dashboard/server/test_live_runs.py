"""What a browser hears of the runs of a live part, as messages."""

import asyncio

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.server import LiveRequests, live_requests
from dashboard.server.live_runs import LiveRuns, Told

LARGE = 20_000  # letters: Streamlit lets the browser keep such an element


def begins(*parts: str) -> ForwardMsg:
    message = ForwardMsg()
    message.new_session.page_script_hash = "watch"
    message.metadata.run.fragment_ids.extend(parts)
    return message


def runs(is_running: bool) -> ForwardMsg:
    message = ForwardMsg()
    message.session_status_changed.script_is_running = is_running
    return message


def box(*path: int) -> ForwardMsg:
    message = ForwardMsg(hash=f"box {path}")
    message.metadata.delta_path.extend(path)
    message.delta.add_block.vertical.SetInParent()
    return message


def says(text: str, *path: int) -> ForwardMsg:
    message = ForwardMsg(hash=f"says {text}")
    message.metadata.delta_path.extend(path)
    message.metadata.cacheable = len(text) >= LARGE
    message.delta.new_element.markdown.body = text
    return message


def kept_earlier(text: str, *path: int) -> ForwardMsg:
    """In the place of an element that the browser keeps."""
    message = ForwardMsg(ref_hash=f"says {text}")
    message.metadata.delta_path.extend(path)
    return message


def to_the_page_around(text: str) -> ForwardMsg:
    message = ForwardMsg()
    message.parent_message.message = text
    return message


def run(*parts: ForwardMsg, how=ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY, part: str = "live") -> list[ForwardMsg]:
    return [begins(part), runs(True), *parts, ForwardMsg(script_finished=how), runs(False)]


def events(*messages: ForwardMsg) -> list[ForwardMsg]:
    live = LiveRuns()
    told = [each for said in messages for each in live.add(Told({"bytes": said.SerializeToString()}, said))]
    return [ForwardMsg.FromString(each.message["bytes"]) for each in told if each.is_news]


FIRST = run(box(0), says("a", 0, 0), says("b", 0, 1))


def test_a_run_comes_whole_and_only_when_it_has_ended():
    assert events(*FIRST[:-1]) == []
    assert events(*FIRST) == FIRST


def test_what_belongs_to_no_live_run_comes_at_once():
    whole = [begins(), runs(True), box(0), says("a", 0, 0)]
    for count in range(1, 5):
        assert events(*whole[:count]) == whole[:count]


def test_where_an_element_alone_shows_something_else_that_is_all_that_comes():
    assert events(*FIRST, *run(box(0), says("a", 0, 0), says("c", 0, 1))) == [*FIRST, says("c", 0, 1)]


def test_of_a_run_without_news_nothing_comes():
    assert events(*FIRST, *FIRST, *FIRST) == FIRST


def test_each_live_part_is_held_against_itself():
    other = run(says("x", 5, 0), part="other")
    assert events(*FIRST, *other, *FIRST, *other) == [*FIRST, *other]


@pytest.mark.parametrize(
    "second",
    [
        run(box(0), says("a", 0, 0), says("b", 0, 1), says("c", 0, 2)),
        run(box(0), says("a", 0, 0)),
        run(box(0), says("c", 0, 0), box(0, 1)),
        run(box(0), says("c", 0, 0), to_the_page_around("m")),
        run(box(0), says("c", 0, 0), says("b", 0, 1), how=ForwardMsg.FINISHED_EARLY_FOR_RERUN),
        run(box(0), says("c", 0, 0), kept_earlier("d", 0, 1)),
    ],
    ids=["one more", "one less", "another box", "more than elements", "broken off", "what the browser keeps"],
)
def test_a_run_that_did_anything_else_comes_whole(second):
    assert events(*FIRST, *second) == [*FIRST, *second]


def test_after_a_run_of_the_whole_page_a_live_run_comes_whole():
    ended = ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)
    whole = [begins(), box(0), says("a", 0, 0), says("b", 0, 1), ended]
    assert events(*FIRST, *whole, *FIRST) == [*FIRST, *whole, *FIRST]


def test_a_run_of_the_whole_page_that_breaks_in_loses_nothing_of_what_was_said():
    broken = FIRST[:4]
    assert events(*broken, begins(), box(0)) == [*broken, begins(), box(0)]


def test_the_browser_need_not_keep_what_comes_alone():
    large = "c" * LARGE
    assert says(large, 0, 1).metadata.cacheable
    news = events(*FIRST, *run(box(0), says("a", 0, 0), says(large, 0, 1)))[-1]
    assert news.delta.new_element.markdown.body == large
    assert not news.metadata.cacheable


def test_a_live_part_that_runs_for_long_is_shown_as_it_grows(monkeypatch):
    monkeypatch.setattr(live_requests, "_LONG", 0.01)
    said: list[ForwardMsg] = []

    async def send(message) -> None:
        said.append(ForwardMsg.FromString(message["bytes"]))

    async def streamlit(scope, receive, send) -> None:
        for message in FIRST[:3]:
            await send({"type": "websocket.send", "bytes": message.SerializeToString()})
        assert said == []
        await asyncio.sleep(0.1)
        assert said == FIRST[:3]

    asyncio.run(LiveRequests(streamlit)({"type": "websocket"}, None, send))  # type: ignore[arg-type]
    assert said == FIRST[:3]


def test_a_line_that_is_closed_says_first_what_was_kept():
    said: list[dict] = []

    async def send(message) -> None:
        said.append(message)

    async def streamlit(scope, receive, send) -> None:
        await send({"type": "websocket.send", "bytes": FIRST[0].SerializeToString()})
        await send({"type": "websocket.close"})

    asyncio.run(LiveRequests(streamlit)({"type": "websocket"}, None, send))  # type: ignore[arg-type]
    assert [message["type"] for message in said] == ["websocket.send", "websocket.close"]
