"""Experiments: one click, and what was promised happens before one's eyes."""

import re
from contextlib import closing

import numpy as np
from playwright.sync_api import Locator, Page, expect

from lstm_core.experiments import sine
from tests.helpers.browser.experiments_page import open_experiment, run
from tests.helpers.browser.server import PATIENCE, Server
from tests.helpers.browser.stage_page import button
from tests.helpers.slices import train


def conclusion(page: Page) -> Locator:
    return page.locator(".st-key-conclusion")


def top(located: Locator) -> float:
    return located.evaluate("node => node.getBoundingClientRect().top")


def test_over_a_gap_gates_remember_and_a_plain_rnn_does_not(page: Page, server: Server):
    open_experiment(page, server, "Vanishing and exploding gradients")
    page.get_by_role("slider", name="Gap").press("Home")
    for _ in range(3):
        page.get_by_role("slider", name="Gap").press("ArrowRight")
    expect(page.get_by_test_id("stSliderThumbValue")).to_have_text("20")
    run(page)
    told = conclusion(page).get_by_text(
        re.compile(r"After a gap of 20: LSTM remembers \(\d+ % right\), GRU remembers .*, RNN does not remember")
    )
    expect(told).to_be_visible(timeout=PATIENCE)
    expect(told).to_have_css("font-weight", re.compile("[67]00"))
    assert top(told) < top(page.locator("[data-testid=stVegaLiteChart]").first)
    expect(page.locator("[data-testid=stVegaLiteChart]")).to_have_count(2)
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_disabled()


def test_three_ways_differ_by_rounding_alone(page: Page, server: Server):
    open_experiment(page, server, "One LSTM, three ways")
    run(page)
    told = conclusion(page).get_by_text(re.compile(r"The three give the same outputs"))
    expect(told).to_be_visible(timeout=PATIENCE)
    ratios = [float(each) for each in re.findall(r"takes (\d+\.\d) times", told.text_content() or "")]
    (said,) = re.findall(r"at most (\S+) in float64", told.text_content() or "")
    apart = float(said.replace("\u2212", "-"))
    assert apart < 1e-12
    assert len(ratios) == 2
    assert min(ratios) > 1


def test_a_sine_goes_on_alone_in_phase_and_its_two_ways_part_where_a_chunk_begins(page: Page, server: Server):
    open_experiment(page, server, "Sine")
    run(page)
    told = conclusion(page).get_by_text(re.compile("Three periods on its own"))
    expect(told).to_be_visible(timeout=PATIENCE)
    text = told.text_content() or ""
    correlations = [float(each) for each in re.findall(r"correlation (\d\.\d+)", text)]
    assert len(correlations) == 2
    assert min(correlations) > 0.95

    states = {mode: trained_chunks(mode) for mode in sine.MODES}
    carried = abs(states["stateful"].carried_forecast[:-1] - states["stateful"].values[1:])
    restarted = abs(states["windowed"].restarted_forecast[:-1] - states["windowed"].values[1:])
    naive = abs(states["stateful"].values[:-1] - states["stateful"].values[1:])
    halves = [float(np.mean([each[at : at + 20] for at in (40, 80, 120)])) for each in (carried, restarted, naive)]
    stateful, windowed, held = (f"{each:.3f}" for each in halves)
    assert f"the stateful one errs by {stateful}, the windowed one by {windowed}, naive by {held}." in text
    assert halves[1] > 5 * halves[0]  # it can be seen
    expect(page.locator("[data-testid=stVegaLiteChart]")).to_have_count(3)


def trained_chunks(mode: str) -> sine.ChunkStates:
    """The page's defaults, trained here."""
    settings = sine.Sine(mode=mode)
    return sine.chunk_states(settings, train(settings).weights)


def test_lengths_that_are_none_are_a_sentence(page: Page, server: Server):
    open_experiment(page, server, "First model: sequences of different lengths")
    expect(page.get_by_text("Batch sizes: 6, 5, 5, 4, 4, 3, 3, 3, 2, 2, 2, 2")).to_be_visible(timeout=PATIENCE)
    for typed, sentence in {"abc": "whole numbers", "0, 3": "from 1 to 200", "5," * 90 + "5": "from 1 to 64"}.items():
        page.get_by_role("textbox", name="Lengths").fill(typed)
        page.get_by_role("textbox", name="Lengths").press("Enter")
        expect(page.get_by_test_id("stAlert")).to_contain_text(sentence, timeout=PATIENCE)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_it_pauses_is_found_again_by_its_link_and_a_guest_only_looks_on(page: Page, server: Server):
    open_experiment(page, server, "Vanishing and exploding gradients")
    run(page)
    expect(conclusion(page)).to_contain_text(re.compile(r"Training: LSTM step [1-9]"), timeout=PATIENCE)
    button(page, "Pause").click()
    expect(conclusion(page)).to_contain_text(re.compile("Paused: LSTM step"), timeout=PATIENCE)
    expect(button(page, "Resume")).to_be_enabled(timeout=PATIENCE)
    stands = conclusion(page).inner_text()
    assert "trainings=" in page.url
    page.reload()
    expect(conclusion(page)).to_have_text(stands, timeout=PATIENCE)

    browser = page.context.browser
    assert browser is not None
    with closing(browser.new_context()) as context:
        guest = context.new_page()
        guest.goto(page.url)
        expect(conclusion(guest)).to_have_text(stands, timeout=PATIENCE)
        expect(guest.get_by_text("You are looking at somebody's training")).to_be_visible()
        expect(button(guest, "Stop")).to_be_disabled()
        button(page, "Resume").click()
        expect(conclusion(guest)).to_contain_text("After a gap of 100", timeout=2 * PATIENCE)
