"""Parts that run again by themselves, while the browser has not heard of them yet.

Streamlit then forgets what it has not sent of such a part. What it does send must still find its place: a browser that
is told of the third child of a block with one child shows nothing any more.
"""

import copy
import json

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.testing.v1 import AppTest

from dashboard.components import Delivered
from dashboard.pages.experiments.table import EXPERIMENTS
from dashboard.panels import live
from tests.helpers.places import ROOT

DASHBOARD = ROOT / "dashboard"
LOOP = """
from types import SimpleNamespace
import streamlit as st
from dashboard.components import Delivered
from dashboard.panels.live import live
state = st.session_state
state.runs = state.get("runs", 0) + 1
def look():
    return SimpleNamespace(is_changing=state.runs < 3)
def show(now):
    st.text(f"run {state.runs}")
    now.is_changing = False
live(look, show)
st.text("the end")
"""
NEWS = """
from types import SimpleNamespace
import streamlit as st
from dashboard.components import STAGE, Delivered
from dashboard.panels.live import live
from tests.helpers.stage_content import a_content
state, delivered = st.session_state, st.session_state.setdefault("delivered", Delivered())
state.runs = state.get("runs", 0) + 1
def look():
    message = STAGE.message(a_content(1), "stage", delivered, is_still=True)
    return SimpleNamespace(is_changing=False, message=message)
def show(now):
    STAGE.mount(now.message)
    return state.runs < 3
live(look, show, delivered=delivered)
"""
PAGES = ["forecast", "inside", "compare", "one_unit"]
HOLE = """
import streamlit as st
st.fragment(lambda: st.text("live"))()
st.text("after")
"""
FOLLOWED = """
from types import SimpleNamespace
import streamlit as st
from dashboard.panels.live import live
def show(now):
    st.text("live")
live(lambda: SimpleNamespace(is_changing=True), show)
st.text("after")
"""


def messages_of(script: str, **query: str) -> list[ForwardMsg]:
    """What a tab's first run sends to a browser."""
    said: list[ForwardMsg] = []
    app = AppTest.from_string(script, default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ForwardMsgQueue, "_before_enqueue_msg", lambda message: said.append(copy.deepcopy(message)))
        assert not app.run().exception
    return said


def fragments(messages: list[ForwardMsg]) -> list[str]:
    return sorted({message.delta.fragment_id for message in messages} - {""})


def still_to_send(messages: list[ForwardMsg]) -> list[ForwardMsg]:
    """Of what nothing was sent yet, what is left when all live parts run again."""
    queue = ForwardMsgQueue()
    for message in messages:
        queue.enqueue(message)
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=fragments(messages))
    return queue.flush()


def place(blocks: dict, path: list[int]) -> None:
    """As a browser does: into a place there is, or the next one."""
    for index in path:
        assert index <= len(blocks), f"no place for {path}"
        blocks = blocks.setdefault(index, {})


def check_places(messages: list[ForwardMsg]) -> int:
    root: dict = {index: {} for index in range(4)}  # main, sidebar, event, bottom
    deltas = [message for message in messages if message.HasField("delta")]
    for message in deltas:
        place(root, list(message.metadata.delta_path))
    return len(deltas)


def script(page: str) -> str:
    return f"from dashboard.pages import {page}\n{page}.page()"


@pytest.mark.parametrize("page", PAGES)
def test_a_live_part_that_was_not_sent_leaves_no_hole_in_the_page(page):
    messages = messages_of(script(page))
    left = still_to_send(messages)
    assert 0 < check_places(left) < check_places(messages)


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_nor_in_an_experiment(experiment):
    assert check_places(still_to_send(messages_of(script("experiments"), experiment=experiment))) > 0


def test_nor_where_something_follows_it():
    messages = messages_of(FOLLOWED)
    assert 0 < check_places(still_to_send(messages)) < check_places(messages)


def test_a_hole_would_be_noticed():
    with pytest.raises(AssertionError, match="no place for"):
        check_places(still_to_send(messages_of(HOLE)))


def test_the_page_begins_anew_where_a_part_comes_to_rest():
    """Its first two runs find that what still changed has ended when it was shown; the third one rests."""
    app = AppTest.from_string(LOOP, default_timeout=60).run()
    assert [each.value for each in app.text] == ["run 3", "the end"]


def test_and_where_a_person_chose_something_and_what_was_not_sent_comes_again():
    app = AppTest.from_string(NEWS, default_timeout=60).run()
    assert app.session_state["runs"] == 3
    data = app.get("bidi_component")[0].proto.bytes
    header = json.loads(data[8 : 8 + int.from_bytes(data[4:8], "little")])
    assert header["number"] == 3
    assert "body" in header["chart"]


@pytest.mark.parametrize(
    ("changed", "asked", "changes", "settled", "expected"),
    [
        (True, False, True, False, False),
        (True, False, False, False, False),  # it comes to rest: its browser has a moment to answer
        (True, False, False, True, True),
        (False, False, True, True, True),
        (False, False, False, True, False),
        (False, False, False, False, True),  # to ask again
        (False, True, False, False, False),
        (False, True, False, True, True),  # no longer
    ],
)
def test_when_a_part_needs_another_pace(changed, asked, changes, settled, expected):
    delivered = Delivered()
    delivered.stamp({"header": {"chart": {"revision": "a", "body": {}}}}, is_still=True)
    if settled:
        delivered.hear({"number": 1, "digest": delivered.digest})
    assert live._needs_another_pace(changed, asked, changes, delivered) is expected


def test_without_a_component_nobody_is_waited_for():
    assert live._needs_another_pace(True, False, False, None)
    assert not live._needs_another_pace(False, False, False, None)


def test_a_browser_that_does_not_answer_is_waited_for_a_moment_alone(monkeypatch):
    delivered = Delivered()
    delivered.stamp({"header": {"chart": {"revision": "a", "body": {}}}}, is_still=True)
    monkeypatch.setattr(live, "_AT_ONCE", -1.0)
    assert live._needs_another_pace(True, False, False, delivered)


def test_every_live_part_is_made_in_one_place():
    """Or the next one would be made without a thought for the above."""
    users = [file.name for file in DASHBOARD.rglob("*.py") if "st.fragment" in file.read_text(encoding="utf-8")]
    assert users == ["live.py"]
