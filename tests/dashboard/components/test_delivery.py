"""What app and browser hold agrees in the end, whatever is lost between them."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.components import STAGE, Delivered, StageContent, Status
from dashboard.components.delivery import FILMS_HELD
from tests.helpers.stage_content import a_chart, a_content, a_film

SCENES = [
    a_content(1),
    a_content(1, 2),
    a_content(2, chart=a_chart(id="MSFT"), film=a_film(2, id="other:19")),
    a_content(1, film=a_film(1, 2, 2.5, id="run:30"), status=Status(state="paused")),
    a_content(1, film=None, forecast=None, predictions=None),
]


class Page:
    """A browser that keeps what comes, written for these tests: the newest revision of a section, frames by film."""

    def __init__(self) -> None:
        self.sections: dict[str, str] = {}
        self.films: dict[str, tuple[str, set[float]]] = {}

    def read(self, header: dict) -> dict:
        """What it answers to a message."""
        lacks = []
        for name, told in header.items():
            if name == "film" or not isinstance(told, dict):
                continue
            if "body" in told:
                self.sections[name] = told["revision"]
            elif self.sections.get(name) != told["revision"]:
                lacks.append(f"{name}:{told['revision']}")
        if header["film"]:
            lacks += self._film(header["film"])
        answer = {"number": header["number"], "count": 0}
        return answer | ({"lacks": lacks} if lacks else {"digest": header["digest"]})

    def _film(self, told: dict) -> list[str]:
        revision, epochs = self.films.get(told["id"], ("", set()))
        if "body" in told:
            revision = told["revision"]
        epochs = epochs | {snapshot["epoch"] for snapshot in told["snapshots"]} if revision else set()
        self.films[told["id"]] = revision, epochs
        lacks = [f"film:{told['id']}:{epoch}" for epoch in told["epochs"] if epoch not in epochs]
        return lacks + ([f"film:{told['revision']}"] if revision != told["revision"] else [])

    def shows(self, content: StageContent) -> bool:
        """Whether it holds all of the content, as told by an app that begins anew."""
        fresh = STAGE.encode(content)["header"]
        sections = {name: told["revision"] for name, told in fresh.items() if isinstance(told, dict) and name != "film"}
        if any(self.sections.get(name) != revision for name, revision in sections.items()):
            return False
        film = fresh["film"]
        revision, epochs = self.films.get(film["id"], ("", set())) if film else ("", set())
        return not film or (revision == film["revision"] and {*film["epochs"]} <= epochs)


def sent(delivered: Delivered, content: StageContent, is_still: bool = True) -> dict:
    return delivered.stamp(STAGE.encode(content, delivered.names), is_still=is_still)["header"]


def test_a_message_that_was_lost_is_sent_again_and_nothing_else():
    delivered, page = Delivered(), Page()
    page.read(sent(delivered, a_content(1, 2)))
    sent(delivered, a_content(1, 2, 2.5))  # lost
    answer = page.read(sent(delivered, a_content(1, 2, 2.5)))
    assert "film:run:19:2.5" in answer["lacks"]
    delivered.hear(answer)
    again = sent(delivered, a_content(1, 2, 2.5))
    assert [snapshot["epoch"] for snapshot in again["film"]["snapshots"]] == [2.5]
    assert "body" not in again["chart"]
    assert "body" in again["predictions"]  # of epoch 2.5
    assert "lacks" not in page.read(again)


def test_an_answer_to_an_older_message_takes_nothing_back_that_was_sent_since():
    delivered, page = Delivered(), Page()
    sent(delivered, a_content(1))  # lost
    answer = page.read(sent(delivered, a_content(1)))
    for _ in range(2):  # the state of a component comes with every run
        delivered.hear(answer)
    assert "body" in sent(delivered, a_content(1))["chart"]
    delivered.hear(answer)
    assert "body" not in sent(delivered, a_content(1))["chart"]


def test_it_asks_until_the_browser_has_confirmed_this_very_content():
    delivered, page = Delivered(), Page()
    first = sent(delivered, SCENES[0])
    assert first["asks"]
    assert not delivered.is_settled
    delivered.hear(page.read(first))
    assert delivered.is_settled
    assert not sent(delivered, SCENES[0])["asks"]
    assert sent(delivered, SCENES[1])["asks"]
    assert not delivered.is_settled
    sent(delivered, SCENES[0])  # there and back: the browser may have taken up what lies between
    assert not delivered.is_settled
    assert not sent(delivered, SCENES[2], is_still=False)["asks"]  # another message comes anyway


def test_what_is_known_to_be_dropped_comes_again_unasked():
    delivered = Delivered()
    sent(delivered, a_content(1))
    sent(delivered, a_content(1, 2))
    delivered.take_back()
    again = sent(delivered, a_content(1, 2))
    assert [snapshot["epoch"] for snapshot in again["film"]["snapshots"]] == [2]
    assert "body" not in again["chart"]


def test_a_film_that_the_browser_has_let_go_of_is_sent_whole():
    delivered = Delivered()
    for number in range(FILMS_HELD + 1):
        sent(delivered, a_content(1, film=a_film(1, id=f"run:{number}")))
    assert "body" in sent(delivered, a_content(1, film=a_film(1, id="run:0")))["film"]
    assert "body" not in sent(delivered, a_content(1, film=a_film(1, id="run:4")))["film"]


def test_choices_are_counted_as_they_come():
    delivered = Delivered()
    delivered.hear(None, [{"count": 3}, None, {"count": True}, {"count": "9"}])
    assert sent(delivered, a_content(1))["choices"] == 3
    delivered.hear({"number": 1, "digest": "x", "count": 5}, [{"count": 4}])
    assert sent(delivered, a_content(1))["choices"] == 5


@pytest.mark.parametrize("told", [None, 3, [], {}, {"number": "1"}, {"number": True}, {"number": 1, "lacks": [{}, 3]}])
def test_nonsense_from_a_browser_changes_nothing(told):
    delivered = Delivered()
    sent(delivered, a_content(1))
    before = dict(delivered.names)
    delivered.hear(told)
    assert delivered.names == before
    assert not delivered.is_settled


def test_an_answer_to_a_server_that_is_gone_settles_nothing():
    page = Page()
    answer = page.read(sent(Delivered(), a_content(1)))
    delivered = Delivered()
    sent(delivered, a_content(1))
    delivered.hear(answer | {"number": 99})
    assert not delivered.is_settled


Step = tuple[int, bool, bool, bool, bool]  # content, message lost, answer lost, answer late, dropped and known to be


@settings(max_examples=60, deadline=None)
@given(
    steps=st.lists(st.tuples(st.integers(0, len(SCENES) - 1), *[st.booleans()] * 4), max_size=12),
    last=st.integers(0, len(SCENES) - 1),
    seed=st.integers(0, 99),
)
def test_whatever_is_lost_both_agree_once_messages_pass(steps: list[Step], last: int, seed: int):
    delivered, page = Delivered(), Page()
    late: list[dict] = []
    order = random.Random(seed)
    for content, is_lost, is_deaf, is_late, is_dropped in steps:
        message = sent(delivered, SCENES[content], is_still=order.random() < 0.5)
        if is_dropped:
            delivered.take_back()
        elif not is_lost:
            answer = page.read(message)
            if is_late:
                late.append(answer)
            elif not is_deaf:
                delivered.hear(answer)
        if late and order.random() < 0.5:
            delivered.hear(late.pop(order.randrange(len(late))))
    for rounds in range(4):  # messages pass again; the browser's last answer comes with each run
        if delivered.is_settled and rounds:
            break
        delivered.hear(page.read(sent(delivered, SCENES[last])))
    assert delivered.is_settled
    assert page.shows(SCENES[last])
    assert sum("body" in (each or {}) for each in sent(delivered, SCENES[last]).values() if isinstance(each, dict)) == 0


def test_settled_means_that_the_page_shows_it():
    """Two scenes with the same film but other words: never settled before the words have come."""
    delivered, page = Delivered(), Page()
    delivered.hear(page.read(sent(delivered, SCENES[0])))
    other = replace(SCENES[0], words={"stage": "Bühne"})
    message = sent(delivered, other)
    assert not delivered.is_settled
    delivered.hear(page.read(message))
    assert delivered.is_settled
    assert page.shows(other)
