"""Lanes of several sequences as a person sees them: the numbers shown are torch's, in each way and at each boundary."""

import re

import numpy as np
import pytest
import torch
from playwright.sync_api import Locator, Page, expect
from torch import nn

from lstm_core.experiments.first_model import FirstModel
from lstm_core.experiments.variable_length import LENGTHS
from tests.helpers.browser.experiments_page import open_experiment, run
from tests.helpers.browser.server import PATIENCE, Server
from tests.helpers.browser.stage_page import overhang, to_number, view
from tests.helpers.samples.sequences import in_float64, run_alone, walks
from tests.helpers.slices import train

FIRST_MODEL, SINE = "First model: sequences of different lengths", "Sine"
SHOWN = 0.00051  # numbers have three decimals


def part(page: Page, name: str) -> Locator:
    return page.get_by_test_id(f"batch-{name}")


def open_lanes(page: Page, server: Server, title: str) -> None:
    open_experiment(page, server, title)
    expect(page.get_by_test_id("batch")).to_be_visible(timeout=PATIENCE)


def answers(page: Page) -> list[float]:
    texts = [part(page, f"side-{row}").locator("b").text_content() or "" for row in range(len(LENGTHS))]
    return [to_number(text) for text in texts]


def answers_by_torch(networks: tuple[nn.LSTM, nn.Linear], padded_to: int = 0) -> list[float]:
    """The output after the last of each sequence alone, or after the zeros that follow it."""
    sequences = walks(LENGTHS, 0)
    padded = [np.pad(each, (0, max(0, padded_to - len(each)))) for each in sequences]
    return [run_alone(networks, each)[1][-1] for each in padded]


def pytorchs_own(hidden_size: int) -> tuple[nn.LSTM, nn.Linear]:
    torch.manual_seed(0)
    return nn.LSTM(1, hidden_size), nn.Linear(hidden_size, 1)


def in_order(page: Page) -> list[str]:
    return page.locator("[data-testid=batch] .gs-batch-head b").all_text_contents()


def test_four_ways_have_torchs_outputs_and_the_padded_one_its_own(page: Page, server: Server):
    open_lanes(page, server, FIRST_MODEL)
    network, head = pytorchs_own(50)
    networks = network.double(), head.double()
    alone, over_padding = answers_by_torch(networks), answers_by_torch(networks, max(LENGTHS))
    for way in ("one_by_one", "padded", "packed", "masked"):
        part(page, f"way-{way}").click()
        expect(part(page, f"way-{way}")).to_have_attribute("aria-pressed", "true")
        assert answers(page) == pytest.approx(over_padding if way == "padded" else alone, abs=SHOWN), way
        where = "read at timestep 12" if way == "padded" else "read at timestep 3"
        expect(part(page, "side-2")).to_contain_text(where)
    assert np.abs(np.array(alone) - over_padding)[2] > 0.01  # or all that would say nothing


def test_the_playhead_counts_who_is_still_there(page: Page, server: Server):
    open_lanes(page, server, FIRST_MODEL)
    readout, counter = part(page, "readout"), part(page, "counter")
    expect(counter).to_have_text("12 / 12")  # stands still by itself: motion is unwelcome here
    part(page, "scrubber").fill("6")
    expect(readout).to_have_text("Timestep 7: 3 of 6 sequences still have a value; packed batch size 3.")
    assert in_order(page) == [f"sequence {number}" for number in (2, 5, 4, 1, 3, 6)]
    part(page, "on").click()
    expect(readout).to_have_text(
        "Timestep 8: 3 of 6 sequences still have a value; packed batch size 3. Read here: the output of sequence 4."
    )
    page.get_by_test_id("batch").focus()
    page.keyboard.press("ArrowRight")
    expect(readout).to_have_text("Timestep 9: 2 of 6 sequences still have a value; packed batch size 2.")
    part(page, "way-padded").click()
    expect(readout).to_contain_text("the padded batch computes all 6, 4 of them over padding.")
    assert in_order(page) == [f"sequence {number}" for number in range(1, 7)]
    page.get_by_test_id("batch").focus()
    page.keyboard.press("Home")
    expect(counter).to_have_text("1 / 12")
    page.keyboard.press("Space")
    expect(counter).not_to_have_text("1 / 12")
    page.keyboard.press("Space")
    expect(page.get_by_test_id("batch")).to_have_attribute("data-playing", "false")


def test_a_click_on_a_lane_moves_the_playhead_there(page: Page, server: Server):
    open_lanes(page, server, FIRST_MODEL)
    lane = part(page, "lane-0")
    lane.scroll_into_view_if_needed()
    width = lane.evaluate("(node) => node.clientWidth")
    lane.click(position={"x": width * 2.5 / 12, "y": 20})
    expect(part(page, "counter")).to_have_text("3 / 12")
    expect(lane).to_have_attribute("aria-label", re.compile(r"^sequence 1: .* 50 units over 12 timesteps"))


def test_trained_it_says_the_mean_and_over_padding_that_with_the_zeros(page: Page, server: Server):
    """The same training in this process: seed and steps make the weights."""
    open_lanes(page, server, FIRST_MODEL)
    untrained = answers(page)
    run(page)
    expect(page.get_by_text("It worked")).to_be_visible(timeout=3 * PATIENCE)
    before = part(page, "side-0").locator("b")
    expect(before).not_to_have_text(re.compile(rf"^.0*{abs(untrained[0]):.3f}$"), timeout=PATIENCE)
    settings = FirstModel(seed=0)
    state = train(settings)
    networks = in_float64(state.weights, 50)
    part(page, "way-packed").click()
    assert answers(page) == pytest.approx(answers_by_torch(networks), abs=0.02)
    assert answers(page) == pytest.approx([each.mean() for each in walks(LENGTHS, 0)], abs=0.15)
    part(page, "way-padded").click()
    assert answers(page) == pytest.approx(answers_by_torch(networks, 12), abs=0.02)
    assert answers(page) == pytest.approx([each.sum() / 12 for each in walks(LENGTHS, 0)], abs=0.15)


def largest_at(networks: tuple[nn.LSTM, nn.Linear], values: np.ndarray) -> np.ndarray:
    return np.abs(run_alone(networks, values)[0]).max(axis=1)


def boundary_numbers(page: Page) -> list[float]:
    """Carried over before and after, begun from zero before and after."""
    text = (part(page, "readout").text_content() or "").replace("−", "-")
    assert "chunk 2 begins" in text
    return [float(each) for each in re.findall(r"\d\.\d+", text)][:4]


def test_at_a_chunks_boundary_one_row_goes_on_and_the_other_begins_from_zero(page: Page, server: Server):
    open_lanes(page, server, SINE)
    part(page, "chunk-2").click()
    expect(part(page, "counter")).to_have_text("41 / 160")
    network, head = pytorchs_own(100)
    with torch.no_grad():
        dict(network.named_parameters())["bias_ih_l0"][100:200] += 1.0  # the forget gate's
    values = np.sin(2 * np.pi * np.arange(80) / 40)
    networks = network.double(), head.double()
    carried, restarted = largest_at(networks, values), largest_at(networks, values[40:])
    expected = [carried[39], carried[40], carried[39], restarted[0]]
    assert boundary_numbers(page) == pytest.approx(expected, abs=SHOWN)
    lanes = page.get_by_test_id("batch")
    lanes.press("End")
    values = np.sin(2 * np.pi * np.arange(160) / 40)
    beside = part(page, "side-0").locator("span")
    expect(beside.nth(1)).to_have_text(f"naive {values[-1]:.3f}".replace("-", "−"))
    said = to_number(beside.nth(0).text_content() or "")
    assert said == pytest.approx(run_alone(networks, values)[1][-1], abs=SHOWN)
    part(page, "chunk-2").click()
    lanes.evaluate("node => { node.wasHereBefore = true; }")
    run(page)
    part(page, "chunk-2").focus()
    expect(part(page, "way-stateful")).to_have_attribute("aria-pressed", "true", timeout=3 * PATIENCE)
    expect(part(page, "chunk-2")).to_be_focused()
    assert lanes.evaluate("node => node.wasHereBefore"), "the lanes were mounted anew"
    for way in ("stateful", "windowed"):
        part(page, f"way-{way}").click()
        before, after, _, fresh = boundary_numbers(page)
        assert abs(after - before) < 0.1
        assert fresh < 0.4 * after, way


@pytest.mark.parametrize("title", [FIRST_MODEL, SINE])
@pytest.mark.parametrize("width", [375, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_screen(page: Page, server: Server, title: str, width: int, scheme):
    view(page, 1440, scheme)
    open_lanes(page, server, title)
    view(page, width, scheme)
    expect(page.get_by_test_id("batch")).to_have_attribute("data-theme", scheme)
    page.wait_for_function(f"() => document.querySelector('[data-testid=batch]').clientWidth < {width}")
    assert overhang(page, "batch") == []
