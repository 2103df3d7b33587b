"""Experiments: one click, and what was promised happens before one's eyes."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE, Server


def open_experiment(page: Page, server: Server, title: str) -> None:
    page.goto(f"{server.url}/experiments")
    page.get_by_test_id("stSidebar").get_by_text(title, exact=True).click(timeout=PATIENCE)
    expect(page.get_by_role("heading", name=title)).to_be_visible(timeout=PATIENCE)


def run(page: Page) -> None:
    page.get_by_role("button", name="Run", exact=True).click()


def test_over_a_gap_gates_remember_and_a_plain_rnn_does_not(page: Page, server: Server):
    open_experiment(page, server, "Vanishing and exploding gradients")
    page.get_by_role("slider", name="Gap").press("Home")
    for _ in range(3):
        page.get_by_role("slider", name="Gap").press("ArrowRight")
    expect(page.get_by_test_id("stSliderThumbValue")).to_have_text("20")
    run(page)
    expect(page.get_by_text("LSTM remembers, GRU remembers, RNN does not remember")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("[data-testid=stVegaLiteChart]")).to_have_count(2)
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_disabled()


def test_three_ways_differ_by_rounding_alone(page: Page, server: Server):
    open_experiment(page, server, "One LSTM, three ways")
    run(page)
    told = page.get_by_text(re.compile(r"Times as long as torch.nn.LSTM"))
    expect(told).to_be_visible(timeout=PATIENCE)
    ratios = [float(each) for each in re.findall(r"loop (\d+\.\d)", told.text_content() or "")]
    assert len(ratios) == 2
    assert min(ratios) > 1


def test_a_sine_goes_on_alone_in_phase(page: Page, server: Server):
    open_experiment(page, server, "Sine")
    run(page)
    told = page.get_by_text(re.compile(r"on its own for three periods, correlation"))
    expect(told).to_have_count(2, timeout=PATIENCE)
    for text in told.all_text_contents():
        assert float(re.findall(r"correlation (\S+)", text)[0]) > 0.95, text


def test_lengths_that_are_none_are_a_sentence(page: Page, server: Server):
    open_experiment(page, server, "First model: sequences of different lengths")
    expect(page.get_by_text("Batch sizes: 6, 5, 5, 4, 4, 3, 3, 3, 2, 2, 2, 2")).to_be_visible(timeout=PATIENCE)
    for typed, sentence in {"abc": "whole numbers", "0, 3": "from 1 to 200", "5," * 90 + "5": "from 1 to 64"}.items():
        page.get_by_role("textbox", name="Lengths").fill(typed)
        page.get_by_role("textbox", name="Lengths").press("Enter")
        expect(page.get_by_test_id("stAlert")).to_contain_text(sentence, timeout=PATIENCE)
    expect(page.get_by_test_id("stException")).to_have_count(0)
