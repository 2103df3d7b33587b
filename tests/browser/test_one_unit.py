"""The smallest LSTM as a person sees it: every number is what torch.nn.LSTMCell makes of the twelve scalars shown."""

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from lstm_core.experiments.one_unit import COMPANIES
from tests.helpers.browser.server import PATIENCE, Server
from tests.helpers.browser.stage_page import overhang, to_number, view
from tests.helpers.samples.one_unit import days_by_torch

GATES = ("input_gate", "forget_gate", "candidate", "output_gate")
COLUMNS = ("weight_on_x", "weight_on_h", "bias")
SHOWN = 0.00051  # numbers have three decimals
# Where the scalars themselves are read off the page, each is off by up to 0.0005.
READ_OFF = 0.005


def open_smallest(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/smallest")
    expect(part(page, "A-prediction")).to_be_visible(timeout=PATIENCE)


def part(page: Page, name: str) -> Locator:
    return page.get_by_test_id(f"smallest-{name}")


def field(page: Page, gate: str, column: str) -> Locator:
    return part(page, f"{gate}-{column}")


def scalars_shown(page: Page) -> np.ndarray:
    return np.array([[float(field(page, gate, column).input_value()) for column in COLUMNS] for gate in GATES])


def expect_torchs_numbers(page: Page, scalars: np.ndarray, tolerance: float) -> None:
    for name, (prices, _) in COMPANIES.items():
        days = days_by_torch(scalars, prices)
        for day, activations in enumerate(days, start=1):
            for activation, value in activations.items():
                got = to_number(part(page, f"{name}-{day}-{activation}").text_content() or "")
                assert got == pytest.approx(value, abs=tolerance), (name, day, activation)
        predicted = to_number(part(page, f"{name}-prediction").text_content() or "")
        assert predicted == pytest.approx(days[-1]["hidden_state"], abs=tolerance)


@pytest.fixture
def one_unit(page: Page, server: Server) -> Page:
    open_smallest(page, server)
    return page


def test_it_opens_on_a_trained_unit_with_torchs_numbers_beside_the_naive_answer(one_unit: Page):
    expect(part(one_unit, "origin")).to_have_text("As trained, epoch 500")
    expect_torchs_numbers(one_unit, scalars_shown(one_unit), READ_OFF)
    assert to_number(part(one_unit, "A-prediction").text_content() or "") == pytest.approx(0, abs=0.05)
    assert to_number(part(one_unit, "B-prediction").text_content() or "") == pytest.approx(1, abs=0.05)
    expect(one_unit.get_by_text("naive: last price")).to_have_count(2)


def test_an_earlier_age_has_other_scalars_and_their_numbers(one_unit: Page):
    slider = part(one_unit, "scrubber")
    slider.focus()
    one_unit.keyboard.press("Home")
    expect(part(one_unit, "origin")).to_have_text("As trained, epoch 0")
    beginning = scalars_shown(one_unit)
    assert not beginning[:, 2].any()  # biases begin at zero
    expect_torchs_numbers(one_unit, beginning, READ_OFF)
    for _ in range(3):
        one_unit.keyboard.press("ArrowRight")
    expect(part(one_unit, "counter")).to_have_text("3 / 500")
    assert not np.array_equal(scalars_shown(one_unit), beginning)


def test_scalars_typed_by_hand_make_torchs_numbers_at_once(one_unit: Page):
    chosen = np.random.default_rng(8).normal(0, 2, (4, 3)).round(2)
    for row, gate in enumerate(GATES):
        for column, name in enumerate(COLUMNS):
            field(one_unit, gate, name).fill(str(chosen[row, column]))
    expect(part(one_unit, "origin")).to_have_text("Edited: 12 of 12")
    expect_torchs_numbers(one_unit, chosen, SHOWN)
    one_unit.get_by_role("button", name="Undo").click()
    expect(part(one_unit, "origin")).to_have_text("Edited: 11 of 12")
    one_unit.get_by_role("button", name="Back to the trained").click()
    expect(part(one_unit, "origin")).to_have_text("As trained, epoch 500")


def test_a_forget_gate_that_is_shut_brings_the_answers_together(one_unit: Page):
    """What the page tells people to try."""

    def gap() -> float:
        a, b = (to_number(part(one_unit, f"{name}-prediction").text_content() or "") for name in COMPANIES)
        return abs(a - b)

    trained = gap()
    field(one_unit, "forget_gate", "bias").fill("-20")
    assert gap() < trained / 3
    expect(part(one_unit, "B-4-forget_gate")).to_have_text("0.000")
    for gate in GATES:
        field(one_unit, gate, "weight_on_h").fill("0")
    assert gap() <= 0.001


def test_arrow_keys_move_a_scalar_by_a_tenth(one_unit: Page):
    bias = field(one_unit, "output_gate", "bias")
    before = float(bias.input_value())
    bias.focus()
    one_unit.keyboard.press("ArrowUp")
    one_unit.keyboard.press("ArrowUp")
    assert float(bias.input_value()) == pytest.approx(before + 0.2, abs=1e-9)
    one_unit.keyboard.press("ArrowDown")
    expect_torchs_numbers(one_unit, scalars_shown(one_unit), READ_OFF)


@pytest.mark.parametrize("bad", ["", "101", "-1e9"])
def test_a_bad_scalar_keeps_the_last_good_numbers_and_says_so(one_unit: Page, bad: str):
    weight = field(one_unit, "candidate", "weight_on_x")
    weight.fill("1.25")
    good = part(one_unit, "B-prediction").text_content()
    weight.fill(bad)
    refusal = part(one_unit, "refusal")
    expect(refusal).to_have_text("A scalar is a number from −100 to 100; g, weight on x stays at 1.250.")
    assert part(one_unit, "B-prediction").text_content() == good
    weight.blur()
    expect(refusal).to_have_text("")
    expect(weight).to_have_value("1.250")


def test_a_day_opens_the_cell_and_its_worked_equations(one_unit: Page):
    scalars = np.array([[1, 0.5, -0.25], [2, -1, 0.5], [-1.5, 1, 0], [0.75, 0.25, 1]])
    for row, gate in enumerate(GATES):
        for column, name in enumerate(COLUMNS):
            field(one_unit, gate, name).fill(str(scalars[row, column]))
    one_unit.get_by_role("button", name="Company A, day 3: look inside the unit").focus()
    expect(part(one_unit, "place")).to_have_text("company A · day 3")
    days = days_by_torch(scalars, COMPANIES["A"][0])
    h, f, c = days[1]["hidden_state"], days[2]["forget_gate"], days[2]["cell_state"]
    pre = 2 * 0.25 - h + 0.5
    lines = part(one_unit, "equations").locator("div")
    worked = (lines.nth(0).text_content() or "").replace("−", "-")
    assert [float(each) for each in re.findall(r"-?\d+\.\d+", worked)] == pytest.approx(
        [2, 0.25, -1, h, 0.5, pre, f], abs=SHOWN
    )
    assert to_number((lines.nth(4).text_content() or "").split("=")[-1]) == pytest.approx(c, abs=SHOWN)
    diagram = part(one_unit, "diagram")
    assert to_number(diagram.get_by_test_id("stage-c_now").text_content() or "") == pytest.approx(c, abs=SHOWN)
    assert len(diagram.get_attribute("aria-label") or "") > 40


def test_the_epochs_run_when_asked_and_stop_when_asked(one_unit: Page):
    counter = part(one_unit, "counter")
    expect(part(one_unit, "scrubber")).to_have_value("500")  # stands still by itself: motion is unwelcome here
    one_unit.get_by_role("button", name="Let the epochs run").click()
    expect(counter).not_to_have_text("500 / 500")
    one_unit.get_by_test_id("smallest-play").click()
    stood = counter.text_content()
    expect(one_unit.get_by_role("button", name="Let the epochs run")).to_be_visible()
    one_unit.wait_for_timeout(200)
    assert counter.text_content() == stood


def test_another_seed_is_another_unit_in_the_same_place(one_unit: Page):
    before = scalars_shown(one_unit)
    one_unit.get_by_role("button", name="Train from new random scalars").click()
    expect(field(one_unit, "forget_gate", "bias")).not_to_have_value(f"{before[1, 2]:.3f}", timeout=PATIENCE)
    expect(one_unit.get_by_role("spinbutton", name="Seed")).to_have_value("17")
    expect_torchs_numbers(one_unit, scalars_shown(one_unit), READ_OFF)


@pytest.mark.parametrize("width", [375, 768, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_screen(page: Page, server: Server, width: int, scheme):
    view(page, width, scheme)
    open_smallest(page, server)
    assert overhang(page, "smallest") == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    assert page.get_by_test_id("smallest").get_attribute("data-theme") == scheme
