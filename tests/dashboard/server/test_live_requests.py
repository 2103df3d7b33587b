"""What a browser asks for at the wrong moment, as messages: of the page before, or in the midst of a run."""

import asyncio

import pytest
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.server import LiveRequests, live_requests

DONE, EARLY = ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_EARLY_FOR_RERUN


def asks(page: str, fragment: str = "", by_itself: bool = False, **pressed: str) -> BackMsg:
    message = BackMsg()
    run = message.rerun_script
    run.page_script_hash, run.fragment_id, run.is_auto_rerun = page, fragment, by_itself
    for name, value in pressed.items():
        run.widget_states.widgets.add(id=name, json_trigger_value=value)
    return message


def with_field(message: BackMsg, value: int) -> BackMsg:
    message.rerun_script.widget_states.widgets.add(id="field", int_value=value)
    return message


def begins(page: str, *fragments: str) -> ForwardMsg:
    message = ForwardMsg()
    message.new_session.page_script_hash = page
    message.metadata.run.fragment_ids.extend(fragments)
    return message


def draws(fragment: str) -> ForwardMsg:
    message = ForwardMsg()
    message.delta.fragment_id = fragment
    message.delta.add_block.vertical.SetInParent()
    return message


def stands_on(page: str) -> ForwardMsg:
    message = ForwardMsg()
    message.navigation.page_script_hash = page
    return message


def ends(how: "ForwardMsg.ScriptFinishedStatus.ValueType" = DONE) -> ForwardMsg:
    return ForwardMsg(script_finished=how)


def rests() -> ForwardMsg:
    message = ForwardMsg()
    message.session_status_changed.script_is_running = False
    return message


def arrived(*messages: BackMsg | ForwardMsg) -> list[BackMsg]:
    """The requests that come to Streamlit, of both sides' messages in this order."""
    queue, said, came = list(messages), [], []

    async def receive():
        if queue and isinstance(queue[0], ForwardMsg):
            return {"type": "websocket.receive", "bytes": None, "text": ""}
        return {"type": "websocket.receive", "bytes": queue.pop(0).SerializeToString()} if queue else HANGS_UP

    async def send(message) -> None:
        said.append(message)

    async def streamlit(scope, receive, send) -> None:
        while True:
            if queue and isinstance(queue[0], ForwardMsg):
                await send({"type": "websocket.send", "bytes": queue.pop(0).SerializeToString()})
                continue
            message = await receive()
            if message is HANGS_UP:
                return
            if message["bytes"]:
                came.append(BackMsg.FromString(message["bytes"]))

    asyncio.run(LiveRequests(streamlit)({"type": "websocket"}, receive, send))
    assert len(said) == sum(isinstance(each, ForwardMsg) for each in messages)
    return came


HANGS_UP = {"type": "websocket.disconnect"}


def reaches(*messages: BackMsg | ForwardMsg) -> list[tuple[str, str]]:
    """Page and fragment of each."""
    return [(each.rerun_script.page_script_hash, each.rerun_script.fragment_id) for each in arrived(*messages)]


OPENED = (asks(""), begins("main"), stands_on("watch"), draws("live"), ends())


def test_a_live_part_of_the_page_that_is_shown_is_let_through():
    ran = (begins("watch", "live"), ends(ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY), rests())
    assert reaches(*OPENED, asks("watch", "live", True), *ran, asks("watch", "live")) == [
        ("", ""),
        ("watch", "live"),
        ("watch", "live"),
    ]


@pytest.mark.parametrize("told", [(), (begins("compare"),), (begins("compare"), stands_on("compare"), ends())])
def test_after_a_turn_the_old_pages_live_part_is_passed_over_and_a_choice_made_there_counts(told):
    late = (asks("watch", "live", True), asks("watch", "live"))
    assert reaches(*OPENED, asks("compare"), *told, *late) == [("", ""), ("compare", ""), ("compare", "")]


def test_what_an_earlier_run_still_says_of_the_page_before_does_not_bring_it_back():
    late = (begins("watch"), asks("watch", "live", True), begins("compare"), ends(), asks("compare", "live", True))
    assert reaches(*OPENED, asks("compare"), *late) == [("", ""), ("compare", ""), ("compare", "live")]


def test_a_page_that_the_server_turned_counts_too():
    turned = (begins("inside"), stands_on("inside"), ends())
    assert reaches(*OPENED, *turned, asks("watch", "live", True), asks("inside", "live", True)) == [
        ("", ""),
        ("inside", "live"),
    ]


ASKED = (*OPENED, asks("watch"), begins("watch"), draws("live"), asks("watch", "live", True))


@pytest.mark.parametrize(
    ("told", "comes"),
    [((), False), ((ends(EARLY),), False), ((ends(EARLY), begins("watch")), False), ((ends(),), True)],
    ids=["under way", "to begin anew", "begun anew", "at its end"],
)
def test_a_live_part_waits_until_the_browser_was_told_that_the_run_has_ended(told, comes):
    assert (reaches(*ASKED, *told)[2:] == [("watch", "live")]) == comes


def test_a_tick_that_waited_is_passed_over_once_the_server_has_turned_the_page():
    """Both pages' live parts have the same name, as they are made in the same place of the code."""
    waits = asks("watch", "live", True)
    turned = (ends(EARLY), begins("inside"), stands_on("inside"), draws("live"), ends())
    assert reaches(*OPENED, asks("watch"), begins("watch"), draws("live"), waits, *turned)[2:] == []


def test_a_live_part_waits_for_a_run_that_is_asked_for():
    assert reaches(*OPENED, asks("watch"), asks("watch", "live")) == [("", ""), ("watch", "")]


REDRAWN = (asks("watch"), begins("watch"), asks("watch", "old", True), draws("live"), ends())


def test_a_live_part_that_is_gone_keeps_the_next_one_waiting_for_no_run_of_its_own():
    old, live = asks("watch", "old", True), asks("watch", "live", True)
    had_both = (*OPENED[:-1], draws("old"), ends())
    assert reaches(*had_both, *REDRAWN, live)[2:] == [("watch", "old"), ("watch", "live")], "released"
    assert reaches(*OPENED, old, live)[1:] == [("watch", "old"), ("watch", "live")], "at once"


def test_what_was_chosen_in_a_live_part_that_is_gone_counts_on_the_page_there_is():
    assert reaches(*OPENED, asks("watch", "old", chosen="a"))[1:] == [("watch", "")]


def test_the_whole_page_waits_for_nothing_and_takes_with_it_what_was_pressed():
    pressed = with_field(asks("watch", "live", chosen="a"), 1)
    came = arrived(*OPENED, asks("watch"), begins("watch"), pressed, with_field(asks("watch"), 2), begins("watch"))
    assert len(came) == 3
    values = {each.id: each.json_trigger_value or each.int_value for each in came[2].rerun_script.widget_states.widgets}
    assert values == {"chosen": "a", "field": 2}, "the field as it is now"


def test_requests_that_wait_become_one():
    ticks = [asks("watch", "live", True) for _ in range(3)]
    came = arrived(*ASKED, asks("watch", "live", chosen="a"), *ticks, ends())
    assert len(came) == 3
    run = came[2].rerun_script
    assert (run.fragment_id, run.is_auto_rerun) == ("live", False)
    assert [(each.id, each.json_trigger_value) for each in run.widget_states.widgets] == [("chosen", "a")]


def test_two_parts_that_wait_become_the_whole_page():
    assert reaches(*ASKED, asks("watch", "other"), ends())[2:] == [("watch", "")]


def test_what_has_waited_does_not_say_what_the_browser_held_before():
    held = asks("watch", "live")
    held.rerun_script.cached_message_hashes.append("old")
    assert not arrived(*OPENED, asks("watch"), begins("watch"), held, ends())[2].rerun_script.cached_message_hashes


def test_a_run_that_never_ends_keeps_nobody_waiting_for_ever(monkeypatch):
    monkeypatch.setattr(live_requests, "_PATIENCE", 0.01)
    came: list[str] = []

    async def receive():
        await asyncio.sleep(0.004)  # one tick follows another
        request = asks("watch", "live", True) if came else asks("watch")
        return {"type": "websocket.receive", "bytes": request.SerializeToString()}

    async def streamlit(scope, receive, send) -> None:
        for _ in range(2):
            came.append(BackMsg.FromString((await receive())["bytes"]).rerun_script.fragment_id)

    asyncio.run(LiveRequests(streamlit)({"type": "websocket"}, receive, None))  # type: ignore[arg-type]
    assert came == ["", "live"]


def test_a_long_run_that_is_still_heard_of_keeps_a_live_part_waiting(monkeypatch):
    monkeypatch.setattr(live_requests, "_PATIENCE", 0.2)
    asked = iter([asks("watch"), asks("watch", "live", True)])
    came: list[str] = []

    async def receive():
        request = next(asked, None)
        if request is None:
            await asyncio.Event().wait()
            raise AssertionError
        return {"type": "websocket.receive", "bytes": request.SerializeToString()}

    async def streamlit(scope, receive, send) -> None:
        await receive()
        next_one = asyncio.ensure_future(receive())
        for _ in range(8):
            await send({"type": "websocket.send", "bytes": begins("watch").SerializeToString()})
            await asyncio.sleep(0.05)
        came.append("too early" if next_one.done() else "in the midst")
        await send({"type": "websocket.send", "bytes": ends().SerializeToString()})
        came.append(BackMsg.FromString((await next_one)["bytes"]).rerun_script.fragment_id)

    async def send(message) -> None:
        pass

    async def limited() -> None:
        tab = LiveRequests(streamlit)({"type": "websocket"}, receive, send)
        await asyncio.wait_for(tab, 5)

    asyncio.run(limited())
    assert came == ["in the midst", "live"]


def test_a_browser_that_has_gone_while_it_was_told_something_ends_its_connection_as_any_other():
    """As Streamlit uses starlette's WebSocket: told of the failed send it would not hear that the browser left."""
    events = iter([{"type": "websocket.connect"}, HANGS_UP | {"code": 1006}])
    ended: list[str] = []

    async def receive():
        return next(events)

    async def send(message) -> None:
        if message["type"] == "websocket.send":
            raise OSError("the line is gone")  # as uvicorn says it

    async def streamlit(scope, receive, send) -> None:
        websocket = WebSocket(scope, receive, send)
        await websocket.accept()
        for message in (begins("watch"), ends()):
            await websocket.send_bytes(message.SerializeToString())
        try:
            await websocket.receive_bytes()
        except WebSocketDisconnect:
            ended.append("the browser left")

    asyncio.run(LiveRequests(streamlit)({"type": "websocket"}, receive, send))
    assert ended == ["the browser left"]
