"""What a person does: train, pause, scrub, pick a window, reload, come back; and what they may never see."""

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from lstm_core.data.catalogue import load
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.runs.train import train_whole
from tests.helpers.browser.server import PATIENCE, Server, wait_until
from tests.helpers.browser.stage_page import (
    button,
    epoch_trained,
    expect_verdict,
    number,
    open_app,
    open_row,
    part,
    press,
    progress,
    show_span,
    stage,
    train_to_the_end,
    where,
)

LONG = "?epochs=5000&hidden_size=8&window_length=30&burn_in=5"
SHORT = "?epochs=6&hidden_size=4&window_length=20&burn_in=5&sample=FB&seed=9"


def test_train_pause_go_on_scrub_and_reload(page: Page, server: Server):
    open_app(page, server, LONG)
    stage(page).evaluate("node => { node.wasHereBefore = true; }")
    button(page, "Train").click()
    wait_until(lambda: epoch_trained(page) > 5, "it trains")
    losses = part(page, "epoch-label").text_content()
    wait_until(lambda: part(page, "epoch-label").text_content() != losses, "the stage follows")

    button(page, "Pause training").click()
    expect(page.get_by_text(re.compile("Paused: epoch"))).to_be_visible()
    paused_at = epoch_trained(page)
    expect_verdict(page, r"Over \d+ test days")
    assert epoch_trained(page) == paused_at

    button(page, "One epoch").click()
    wait_until(lambda: epoch_trained(page) == paused_at + 1, "one epoch more")
    expect(button(page, "Resume training")).to_be_enabled()

    press(page, "Home")
    press(page, "Shift+ArrowLeft", 3)
    assert float(where(page)["epoch"]) < paused_at + 1
    assert stage(page).evaluate("node => node.wasHereBefore === true"), "the stage was mounted anew"

    address = page.url
    page.reload()
    expect(progress(page)).to_be_visible(timeout=PATIENCE)
    assert page.url == address
    assert epoch_trained(page) == paused_at + 1
    button(page, "Resume training").click()
    wait_until(lambda: epoch_trained(page) > paused_at + 2, "it goes on after the reload")
    button(page, "Stop").click()
    expect(button(page, "Stop")).to_be_disabled()


def drawn_points(page: Page) -> dict[str, int]:
    """How many points each line of the chart has that is drawn as one: two known points beside each other."""
    return page.locator(".gs-plot").evaluate(
        """node => Object.fromEntries((node.data ?? []).map(line => [line.legendgroup ?? "price",
            line.y.filter((value, at) => value !== null && at > 0
                && (line.connectgaps || line.y[at - 1] !== null)).length]))"""
    )


def test_while_it_trains_the_predictions_are_drawn_beside_naive_and_move(page: Page, server: Server):
    open_app(page, server, LONG)
    show_span(page, "all")
    button(page, "Train").click()
    wait_until(lambda: epoch_trained(page) > 1, "it trains")
    wait_until(lambda: drawn_points(page).keys() == {"price", "lstm", "naive"}, "both lines are there")
    points = drawn_points(page)
    assert min(points["lstm"], points["naive"]) > 50
    first = predicted(page)
    wait_until(lambda: predicted(page) != first, "the line moves as the network learns")
    button(page, "Stop").click()


def predicted(page: Page) -> list[float]:
    return page.locator(".gs-plot").evaluate("node => [...node.data.find(line => line.legendgroup === 'lstm').y]")


def test_a_run_trained_here_shows_the_numbers_of_the_same_run_trained_elsewhere(page: Page, server: Server):
    """The command line's training, in this process, against what the page's workers made: same seed, same bits."""
    expected = train_whole(Hyperparameters(epochs=6, hidden_size=4, window_length=20, burn_in=5, seed=9), load("FB"))
    open_app(page, server, SHORT)
    train_to_the_end(page)
    open_row(page, "losses")
    best = expected.history[expected.epoch - 1]
    assert best.validation_loss == min(report.validation_loss for report in expected.history)
    assert best.validation_loss == pytest.approx(number(page, "loss-validation"), rel=5e-3)
    assert best.train_loss == pytest.approx(number(page, "loss-train"), rel=5e-3)
    assert where(page)["epoch"] == str(expected.epoch)


def shown_dates(page: Page) -> str:
    return page.locator(".gs-plot").evaluate("node => node._fullLayout.xaxis.range.join(' to ')")


def zoom_by_mouse(page: Page) -> str:
    """Drag over the middle of the chart; returns the dates then shown."""
    before = shown_dates(page)
    box = page.locator(".gs-plot .nsewdrag").first.bounding_box()
    assert box is not None
    height = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.4, height)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.7, height, steps=5)
    page.mouse.up()
    wait_until(lambda: shown_dates(page) != before, "the chart zooms")
    return shown_dates(page)


def test_zoom_playhead_and_unit_survive_live_updates(page: Page, server: Server):
    open_app(page, server, LONG)
    button(page, "Train").click()
    wait_until(lambda: epoch_trained(page) > 2, "it trains")
    press(page, "Home")
    press(page, "ArrowRight", 4)
    press(page, "ArrowDown", 3)
    before = where(page)
    show_span(page, "all")
    zoomed = zoom_by_mouse(page)
    seen = epoch_trained(page)
    wait_until(lambda: epoch_trained(page) > seen + 5, "it trains on")
    after = where(page)
    assert (after["timestep"], after["unit"]) == ("4", before["unit"])
    assert shown_dates(page) == zoomed
    button(page, "Stop").click()


def test_picking_a_date_shows_the_window_that_ends_there(page: Page, server: Server):
    open_app(page, server)
    before = where(page)["date"]
    show_span(page, "all")
    box = page.locator(".gs-plot").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5)
    press(page, "Home")
    wait_until(lambda: where(page)["date"] != before, "another window")
    page.wait_for_url(re.compile("[?&]window="))
    wait_until(lambda: "2004" <= where(page)["date"] < "2010", "a day of then")


def test_a_typed_date_and_the_spans_of_the_chart(page: Page, server: Server):
    """The keyboard's way to a window, and what the chart then shows of it."""
    open_app(page, server)
    show_span(page, "all")
    before, whole = where(page), shown_dates(page)
    press(page, "End")
    part(page, "window-end").fill("2012-08-15")
    wait_until(lambda: where(page)["date"] == "2012-08-15", "the window of that day")
    assert where(page)["unit"] == before["unit"]
    part(page, "span-test").click()
    wait_until(lambda: shown_dates(page) != whole, "the chart shows the test part")
    assert shown_dates(page)[:4] == "2011"
    part(page, "span-window").click()
    expect(part(page, "window-chart")).to_be_visible()
    expect(part(page, "plot")).to_be_hidden()
    zoomed_back = shown_dates(page)
    part(page, "span-all").click()
    wait_until(lambda: shown_dates(page) != zoomed_back, "all years again")
    assert shown_dates(page) == whole


def test_a_csv_file_from_upload_to_forecast(page: Page, server: Server, tmp_path: Path):
    days = np.arange("2021-01-01", "2022-06-01", dtype="datetime64[D]")
    values = 50 + 5 * np.sin(np.arange(len(days)) / 9)
    file = tmp_path / "tides.csv"
    file.write_text("date,height\n" + "\n".join(f"{day},{value:.4f}" for day, value in zip(days, values, strict=True)))
    open_app(page, server, "?source=csv&epochs=5&hidden_size=4&window_length=20&burn_in=5")
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(file)
    expect(page.get_by_text(f"{len(days)} days")).to_be_visible()
    button(page, "Train").click()
    expect_verdict(page, r"test days this LSTM \(epoch \d, ")
    expect(page.get_by_role("heading", name=re.compile("tides"))).to_be_visible()


def test_reset_plays_the_untrained_network_at_once_and_says_so(page: Page, server: Server):
    open_app(page, server, LONG)
    button(page, "Train").click()
    for _ in range(3):
        wait_until(lambda: epoch_trained(page) > 1, "it trains")
        button(page, "Reset").click()
        wait_until(
            lambda: (where(page)["film"], where(page)["epoch"]) == ("present", "0"), "the untrained network plays"
        )
        expect_verdict(page, r"^Untrained: epoch 0.*naive|\(epoch 0, untrained, one seed\).*repeating yesterday")
        expect(page.get_by_text("The first epoch is under way")).to_have_count(0)
        button(page, "Resume training").click()
    button(page, "Stop").click()
