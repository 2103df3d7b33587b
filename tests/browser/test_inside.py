"""Inside the cell: every number is torch's, whatever is chosen, changed or held; nothing that is typed breaks it."""

import re

import numpy as np
import pytest
from dieboldmariano import dm_test
from playwright.sync_api import Page, expect

from lstm_core.data.catalogue import load as load_series
from lstm_core.explaining.patterns import Pattern
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.runs.run import Run
from lstm_core.runs.train import train_whole
from lstm_core.work.explaining import explain, find_pattern
from tests.helpers.browser.inside_page import Elsewhere, days, go_to, numbers_in, open_inside, said, tool, train_inside
from tests.helpers.browser.server import PATIENCE, Server, wait_until
from tests.helpers.browser.stage_page import expect_verdict, number, part, press, show_span, where
from tests.helpers.reference import by_hand

DEEP = Hyperparameters(epochs=3, hidden_size=6, num_layers=2, window_length=20, burn_in=5, seed=9)
DEEP_LINK = "?epochs=3&hidden_size=6&num_layers=2&window_length=20&burn_in=5&sample=FB&seed=9"
GATES = ("forget_gate", "input_gate", "candidate", "output_gate")


def test_ten_places_in_windows_layers_units_and_timesteps(page: Page, server: Server):
    """A network of two layers, trained here by the page's workers and in this process; same seed, same bits."""
    run = train_whole(DEEP, load_series("FB"))
    train_inside(page, server, DEEP_LINK)
    expect_verdict(page, r"test days this LSTM \(epoch \d, ")
    random = np.random.default_rng(7)
    for _ in range(10):
        end = int(random.integers(run.windows().first_end, run.windows().last_end))
        part(page, "window-end").fill(days(run)[end])
        t, unit, layer = (int(random.integers(size)) for size in (20, 6, 2))
        wait_until(lambda end=end: _shows_end(page, run, end), "the window has come")
        go_to(page, t, unit, layer)
        truth = Elsewhere(run, end).layers[layer]
        for name in GATES:
            assert number(page, name) == pytest.approx(truth[name][t, unit], abs=0.00051), (name, end, t, unit, layer)
        assert number(page, "c_now") == pytest.approx(truth["cell_state"][t, unit], abs=0.00051)
        assert number(page, "h_now") == pytest.approx(truth["hidden_state"][t, unit], abs=0.00051)
        _check_terms(page, truth, t, unit)


def _shows_end(page: Page, run: Run, end: int) -> bool:
    press(page, "End")
    return where(page)["date"] == days(run)[end] and "=" in said(page, "why-numbers")


def _check_terms(page: Page, truth: dict[str, np.ndarray], t: int, unit: int) -> None:
    """The forget gate's equation, and the sum of the products listed below it."""
    part(page, "focus-forget_gate").click()
    if part(page, "terms").get_attribute("aria-expanded") == "false":
        part(page, "terms").click()
    pre_activation = truth["before"][t, 6 + unit]  # i, f, g, o, six units each
    assert numbers_in(said(page, "why-numbers"))[-2:] == pytest.approx(
        [pre_activation, truth["forget_gate"][t, unit]], abs=0.00051
    )
    assert number(page, "term-total") == pytest.approx(pre_activation, abs=0.00051)
    listed = page.locator('[data-testid="stage-term-list"] .gs-ledger-number').all_text_contents()
    assert sum(numbers_in(" ".join(listed))) == pytest.approx(pre_activation, abs=0.0006 * len(listed))


def test_a_typed_value_answers_as_torch_does_on_the_changed_series(page: Page, server: Server, first, first_end):
    open_inside(page, server)
    tool(page, "what_if")
    go_to(page, 50, 3)
    day = first_end - 59 + 50
    before = Elsewhere(first, first_end)
    after = Elsewhere(first, first_end, {day: 21.5})
    assert numbers_in(said(page, "answer").split(": ")[1])[0] == pytest.approx(before.forecast, abs=0.0051)
    part(page, "day-value").fill("21.5")
    part(page, "day-value").press("Enter")
    wait_until(lambda: "→" in said(page, "answer"), "the answer")
    was, now, change, naive = numbers_in(said(page, "answer").split(": ", 1)[1])[:4]
    assert (was, now) == pytest.approx((before.forecast, after.forecast), abs=0.0051)
    assert change == pytest.approx(after.forecast - before.forecast, abs=0.0051)
    assert naive == pytest.approx(first.series.values[first_end], abs=0.0051)
    for name in GATES:
        assert number(page, name) == pytest.approx(after.layers[0][name][50, 3], abs=0.00051), name
    expect(part(page, "cell-title")).to_contain_text("What if")
    part(page, "undo").click()
    expect(part(page, "answer")).to_contain_text("Nothing is changed yet")
    assert number(page, "h_now") == pytest.approx(before.layers[0]["hidden_state"][50, 3], abs=0.00051)


def test_a_day_is_dragged_the_last_state_is_kept_outside_and_reset_leads_back(page: Page, server: Server):
    open_inside(page, server)
    tool(page, "what_if")
    untouched = said(page, "answer")
    part(page, "price-drag").scroll_into_view_if_needed()
    box = part(page, "price-drag").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] * 0.75, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 20, steps=4)
    wait_until(lambda: "→" in said(page, "answer"), "the answer follows the drag")
    dragged = said(page, "answer")
    page.mouse.move(x, y + 400, steps=3)
    expect(part(page, "problem")).to_have_text("That is outside the price row; the last value stays.")
    page.mouse.up()
    assert numbers_in(said(page, "answer").split(": ", 1)[1])[0] == numbers_in(dragged.split(": ", 1)[1])[0]
    assert where(page)["timestep"] == "45"
    part(page, "reset").click()
    expect(part(page, "answer")).to_have_text(untouched)


def test_a_value_that_is_none_is_refused_and_the_last_one_stays(page: Page, server: Server):
    open_inside(page, server)
    tool(page, "what_if")
    before, value = said(page, "answer"), part(page, "day-value").input_value()
    refusals = {**dict.fromkeys(("abc", "", "Infinity"), "not a number"), "-3": "above 0", "1e12": "within"}
    for typed, sentence in refusals.items():
        part(page, "day-value").fill(typed)
        part(page, "day-value").press("Enter")
        expect(part(page, "problem")).to_contain_text(sentence)
        assert (said(page, "answer"), part(page, "day-value").input_value()) == (before, value), typed


def test_clamped_gates_change_this_window_and_the_whole_test_part(page: Page, server: Server, first, first_end):
    open_inside(page, server)
    tool(page, "what_if")
    part(page, "clamp-where").select_option("all")
    part(page, "clamp-never_forget").click()
    clamps = [{"name": "forget_gate", "layer": None, "unit": None, "value": 1.0}]
    windows = first.windows()
    weights = dict(first.weights)

    def price(ends: np.ndarray) -> np.ndarray:
        inputs = windows.batch(ends).inputs
        scaled = np.array([by_hand("LSTM", 1, weights, each, clamps) for each in inputs])
        return windows.to_values(scaled, windows.values[windows.days(ends)])[:, -1]

    wait_until(lambda: "→" in said(page, "answer"), "the answer")
    shown = numbers_in(said(page, "answer").split(": ", 1)[1])[1]
    assert shown == pytest.approx(price(np.array([first_end]))[0], abs=0.0051)
    expect(part(page, "clamped-test")).to_contain_text("RMSE", timeout=PATIENCE)
    ends = windows.ends("test")
    tomorrow = windows.values[ends + 1]
    clamped = np.sqrt(np.mean((price(ends) - tomorrow) ** 2))
    naive = np.sqrt(np.mean((windows.values[ends] - tomorrow) ** 2))
    days, rmse, _, rmse_naive = numbers_in(said(page, "clamped-test"))
    assert (days, rmse, rmse_naive) == pytest.approx((len(ends), clamped, naive), abs=0.00051)
    _, p_value = dm_test(list(tomorrow), list(price(ends)), list(windows.values[ends]), variance_estimator="acf")
    sure = "more than chance" if p_value < 0.05 else "may be chance"
    expect(part(page, "clamped-test")).to_contain_text(f"clamped against naive: {sure}.")
    page.get_by_role("button", name=re.compile("Let go")).click()
    expect(part(page, "clamped-test")).to_have_text("")


def test_what_is_left_of_a_memory_is_the_product_of_the_forget_gates(page: Page, server: Server, first, first_end):
    open_inside(page, server)
    tool(page, "memory")
    go_to(page, 40, 5)
    part(page, "written").click()
    go_to(page, 44, 5)
    forget = Elsewhere(first, first_end).layers[0]["forget_gate"][:, 5]
    left, steps = re.findall(r"([\d.]+) % is left on .*, (\d+) (?:trading )?days later", said(page, "memory"))[0]
    assert int(steps) == 4
    assert float(left) == pytest.approx(100 * forget[41:45].prod(), abs=0.051)
    life = float(re.findall(r"window: ([\d.]+) (?:trading )?day", said(page, "memory"))[0])
    assert life == pytest.approx(np.log(0.5) / np.log(forget).mean(), rel=0.06)


def test_gradients_and_norms_are_autograds(page: Page, server: Server, first, first_end):
    open_inside(page, server)
    tool(page, "mattered")
    go_to(page, 58, 0)
    expect(part(page, "mattered")).to_contain_text("would move by", timeout=PATIENCE)
    truth = explain(first.hyperparameters, first.series, dict(first.weights), first_end)
    gradient = float(re.findall(r"∂ŷ/∂x = ([+−][\d.]+)\.", said(page, "mattered"))[0].replace("−", "-"))
    assert gradient == pytest.approx(truth.input_gradients[58, 0], abs=0.000051)
    _check_in_words(page, first, first_end, truth.input_gradients[:, 0])
    norm, share = re.findall(r"norm (\S+), ([\d.]+) %", said(page, "norms"))[0]
    norms = truth.gradient_norms[0]
    assert float(norm.replace("\u2212", "-")) == pytest.approx(norms[58], rel=0.006)
    assert float(share) == pytest.approx(100 * norms[58] / norms.max(), abs=0.051)


def _check_in_words(page: Page, first: Run, first_end: int, gradients: np.ndarray) -> None:
    """One standard deviation of a return in percent, and what it does to tomorrow's price: by hand."""
    mean, deviation = first.windows().scales["log_return"]
    shown = float(re.findall(r"standard deviation \(([\d.]+)", said(page, "mattered"))[0])
    assert shown == pytest.approx(100 * deviation, abs=0.051)
    hidden = Elsewhere(first, first_end).layers[-1]["hidden_state"][-1]
    scaled = hidden @ first.weights["head.weight"][0] + first.weights["head.bias"][0]
    slope = first.series.values[first_end] * np.exp(scaled * deviation + mean) * deviation
    moved = float(re.findall(r"move by ([+−]\$[\d.]+)", said(page, "mattered"))[0].replace("−", "-").replace("$", ""))
    assert moved == pytest.approx(gradients[58] * slope, rel=0.06)
    ends = [said(page, f"scale-{end}").replace("−", "-").replace("$", "") for end in ("low", "high")]
    assert [float(each) for each in ends] == pytest.approx(np.array([-1, 1]) * abs(gradients).max() * slope, rel=0.06)


def test_a_pattern_is_found_again_marked_on_the_chart_and_leads_to_its_window(page: Page, server: Server, first):
    open_inside(page, server)
    tool(page, "find")
    part(page, "threshold").fill("0.25")
    unit = _an_active_unit(page)
    part(page, "find").click()
    expect(part(page, "found")).to_contain_text("Found", timeout=PATIENCE)
    others = said(page, "active").split("time: ")
    units = [int(each) - 1 for each in re.findall(r"\d+", others[1])] if len(others) > 1 else [unit]
    assert units[0] == unit
    signs = tuple(int(np.sign(_state(page, each))) for each in units)
    count = int(re.findall(r"\((\d+) (?:trading )?days?\)", said(page, "active"))[0])
    pattern = Pattern("hidden_state", 0, tuple(units), signs, 0.25, min(3, count))
    truth = find_pattern(first.hyperparameters, first.series, dict(first.weights), pattern)
    assert numbers_in(said(page, "found"))[:3] == [len(truth.first), truth.days, truth.active]
    show_span(page, "all")
    marks = "node => node.layout.shapes.filter((shape) => shape.y1 === 0.06).length"
    wait_until(lambda: page.locator(".gs-plot").evaluate(marks) == min(200, len(truth.first)), "the marks")
    unit = where(page)["unit"]
    press(page, "Home")
    match = page.locator('[data-testid="stage-matches"] button').last
    last = re.findall(r"^(.*), \d+ (?:trading )?days?$", match.inner_text())[0]
    match.click()
    wait_until(lambda: last == said(page, "date"), "the window of that stretch, the playhead on its last day")
    assert (where(page)["timestep"], where(page)["unit"], where(page)["layer"]) == ("59", unit, "0")


def _an_active_unit(page: Page) -> int:
    """Down the units until one is active at the playhead."""
    for _ in range(16):
        if "is active" in said(page, "active"):
            return int(where(page)["unit"])
        press(page, "ArrowDown")
    raise AssertionError("no unit is active")


def _state(page: Page, unit: int) -> float:
    part(page, "unit").select_option(index=unit)
    return number(page, "h_now")
