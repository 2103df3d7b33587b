"""Parts that run again by themselves, while the browser has not heard of them yet.

Streamlit then forgets what it has not sent of such a part. What it does send must still find its place: a browser that
is told of the third child of a block with one child shows nothing any more.
"""

import copy

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.testing.v1 import AppTest

from dashboard.pages.experiments.table import EXPERIMENTS
from tests.helpers.places import ROOT

DASHBOARD = ROOT / "dashboard"
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
    check_places(still_to_send(messages_of(script("experiments"), experiment=experiment)))


def test_nor_where_something_follows_it():
    messages = messages_of(FOLLOWED)
    assert 0 < check_places(still_to_send(messages)) < check_places(messages)


def test_a_hole_would_be_noticed():
    with pytest.raises(AssertionError, match="no place for"):
        check_places(still_to_send(messages_of(HOLE)))


def test_every_live_part_is_made_in_one_place():
    """Or the next one would be made without a thought for the above."""
    users = [file.name for file in DASHBOARD.rglob("*.py") if "st.fragment" in file.read_text(encoding="utf-8")]
    assert users == ["live.py"]
