"""What a browser asks for a page that it no longer shows, as messages."""

import asyncio

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.door import LateRequests


def asks(page: str, fragment: str = "", by_itself: bool = False) -> BackMsg:
    message = BackMsg()
    message.rerun_script.page_script_hash = page
    message.rerun_script.fragment_id = fragment
    message.rerun_script.is_auto_rerun = by_itself
    return message


def begins(page: str) -> ForwardMsg:
    message = ForwardMsg()
    message.new_session.page_script_hash = page
    return message


def stands_on(page: str) -> ForwardMsg:
    message = ForwardMsg()
    message.navigation.page_script_hash = page
    return message


def reaches(*messages: BackMsg | ForwardMsg) -> list[tuple[str, str]]:
    """Page and fragment of the requests that come to Streamlit, of both sides' messages in this order."""
    queue, said = list(messages), []

    async def receive():
        if not queue or isinstance(queue[0], ForwardMsg):
            return {"type": "websocket.receive", "bytes": None, "text": ""}
        return {"type": "websocket.receive", "bytes": queue.pop(0).SerializeToString()}

    async def send(message) -> None:
        said.append(message)

    async def streamlit(scope, receive, send) -> None:
        while queue:
            if isinstance(queue[0], ForwardMsg):
                await send({"type": "websocket.send", "bytes": queue.pop(0).SerializeToString()})
                continue
            message = await receive()
            if message["bytes"]:
                run = BackMsg.FromString(message["bytes"]).rerun_script
                arrived.append((run.page_script_hash, run.fragment_id))

    arrived: list[tuple[str, str]] = []
    asyncio.run(LateRequests(streamlit)({"type": "websocket"}, receive, send))
    assert len(said) == sum(isinstance(each, ForwardMsg) for each in messages)
    return arrived


OPENED = (asks(""), begins("main"), stands_on("watch"))


def test_a_live_part_of_the_page_that_is_shown_is_let_through():
    assert reaches(*OPENED, asks("watch", "live", True), asks("watch", "live")) == [
        ("", ""),
        ("watch", "live"),
        ("watch", "live"),
    ]


@pytest.mark.parametrize("told", [(), (begins("compare"),), (begins("compare"), stands_on("compare"))])
def test_after_a_turn_the_old_pages_live_part_is_passed_over_and_a_choice_made_there_counts(told):
    late = (asks("watch", "live", True), asks("watch", "live"))
    assert reaches(*OPENED, asks("compare"), *told, *late) == [("", ""), ("compare", ""), ("compare", "")]


def test_what_an_earlier_run_still_says_of_the_page_before_does_not_bring_it_back():
    late = (begins("watch"), asks("watch", "live", True), begins("compare"), asks("compare", "live", True))
    assert reaches(*OPENED, asks("compare"), *late) == [("", ""), ("compare", ""), ("compare", "live")]


def test_a_page_that_the_server_turned_counts_too():
    turned = (begins("inside"), stands_on("inside"))
    assert reaches(*OPENED, *turned, asks("watch", "live", True), asks("inside", "live", True)) == [
        ("", ""),
        ("inside", "live"),
    ]
