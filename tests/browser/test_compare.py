"""Compare: every column's numbers are its own network's by torch.nn, on one clock; and what a person does there."""

import re
from dataclasses import replace

import numpy as np
import pytest
import torch
from playwright.sync_api import Locator, Page, expect

from lstm_core.data.catalogue import load as load_series
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.network.cells import CELLS
from lstm_core.runs.run import Run
from lstm_core.runs.train import train_whole
from tests.helpers.browser.server import PATIENCE, Server, wait_until
from tests.helpers.browser.stage_page import button, expect_verdict, open_app, overhang, part, to_number, view
from tests.helpers.reference import lstm_trace

TINY = Hyperparameters(hidden_size=4, window_length=20, burn_in=5, epochs=3, seed=7)
QUERY = "hidden_size=4&window_length=20&burn_in=5&epochs=3&seed=7&sample=FB"


def open_compare(page: Page, server: Server, query: str = "") -> None:
    page.goto(f"{server.url}/compare?{query}")
    expect(page.get_by_text("Look for").first).to_be_visible(timeout=PATIENCE)


def choose(page: Page, kind: str) -> None:
    page.get_by_test_id("stMain").get_by_role("radio", name=kind, exact=True).click()


def columns(page: Page) -> list[Locator]:
    return page.get_by_test_id("column").all()


def wait_for_columns(page: Page, count: int) -> list[Locator]:
    expect(page.get_by_test_id("column")).to_have_count(count, timeout=PATIENCE)
    for column in columns(page):
        expect(column).to_have_attribute("data-timestep", re.compile(r"\d+"), timeout=PATIENCE)
    return columns(page)


def place(column: Locator) -> dict[str, int]:
    data = column.evaluate("node => ({...node.dataset})")
    return {name: int(data[name]) for name in ("timestep", "epoch", "unit", "layer")}


def number(column: Locator, name: str) -> float:
    return to_number(column.get_by_test_id(f"stage-{name}").first.text_content() or "")


def amounts(column: Locator) -> list[float]:
    said = column.get_by_test_id("column-readout").text_content() or ""
    return [to_number(text) for text in re.findall(r"\$[\d,]+\.\d\d", said)]


def figures(page: Page, name: str) -> list[float]:
    return [to_number(text) for text in page.get_by_test_id(f"figure-{name}").all_text_contents()]


def window_end(page: Page, run: Run) -> int:
    field = page.get_by_test_id("stDateInput").get_by_role("spinbutton")
    day = "-".join(text.zfill(2) for text in field.all_text_contents())
    return run.series.dates.astype("datetime64[D]").astype(str).tolist().index(day)


def by_torch(run: Run, weights, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Hidden states (B, T, H) of the last layer and scaled predictions (B, T), by torch.nn or, without it, by numpy."""
    settings, inputs = run.hyperparameters, run.windows().batch(ends).inputs
    if settings.cell == "PeepholeLSTM":
        hidden = np.array([lstm_trace(weights, window)["hidden_state"][-1] for window in inputs])
    else:
        network = getattr(torch.nn, settings.cell)(1, settings.hidden_size, settings.num_layers, batch_first=True)
        network.load_state_dict({n: torch.tensor(v) for n, v in weights.items() if not n.startswith("head.")})
        with torch.no_grad():
            hidden = network(torch.from_numpy(inputs))[0].numpy()
    return hidden, hidden @ weights["head.weight"][0] + weights["head.bias"][0]


def check_column(column: Locator, run: Run, weights, end: int) -> None:
    """h now and before, and the prices said, of the unit and timestep that the column shows."""
    now, windows = place(column), run.windows()
    hidden, scaled = (values[0] for values in by_torch(run, weights, np.array([end])))
    t, unit = now["timestep"], now["unit"]
    assert number(column, "hidden_state" if run.hyperparameters.cell == "RNN" else "h_now") == pytest.approx(
        hidden[t, unit], abs=0.00051
    )
    assert number(column, "h_before") == pytest.approx(hidden[t - 1, unit] if t else 0, abs=0.00051)
    today = run.series.values[windows.days(np.array([end]))[0]][t]
    mean, deviation = windows.scales["log_return"]
    said = amounts(column)
    assert said[0] == pytest.approx(today * np.exp(scaled[t] * deviation + mean), abs=0.0051)
    assert said[1] == pytest.approx(today, abs=0.0051)


def skill(run: Run, weights) -> float:
    """1 - RMSE / naive's over the test part, with numpy."""
    windows = run.windows()
    ends = windows.ends("test")
    mean, deviation = windows.scales["log_return"]
    today, tomorrow = run.series.values[ends], run.series.values[ends + 1]
    said = today * np.exp(by_torch(run, weights, ends)[1][:, -1] * deviation + mean)
    return 1 - np.sqrt(np.mean((said - tomorrow) ** 2)) / np.sqrt(np.mean((today - tomorrow) ** 2))


def wait_for_skills(page: Page, wanted: list[float]) -> None:
    cells = page.get_by_test_id("figure-skill")
    wait_until(lambda: all("%" in text for text in cells.all_text_contents()), "all are judged")
    assert figures(page, "skill") == pytest.approx([100 * each for each in wanted], abs=0.051)


def test_two_ages_of_the_first_run_side_by_side(page: Page, server: Server, first: Run):
    open_compare(page, server)
    young, old = wait_for_columns(page, 2)
    expect(young.get_by_test_id("column-state")).to_have_text("untrained")
    end = window_end(page, first)
    wait_for_skills(page, [skill(first, first.kept[0]), skill(first, first.weights)])
    young.get_by_test_id("stage-epoch").select_option("5")
    page.get_by_test_id("compare").focus()
    for presses in (2, 9, 17):
        for _ in range(presses):
            page.keyboard.press("ArrowLeft")
        check_column(young, first, first.kept[5], end)
        check_column(old, first, first.weights, end)
        assert place(young)["timestep"] == place(old)["timestep"]
    wait_for_skills(page, [skill(first, first.kept[5]), skill(first, first.weights)])
    history = {report.epoch: report for report in first.history}
    wanted = [history[epoch].validation_loss for epoch in (5, first.epoch)]
    assert figures(page, "validation") == pytest.approx(wanted, rel=0.005)
    off = page.get_by_test_id("difference-validation").text_content() or ""
    assert to_number(off) == pytest.approx(100 * (wanted[1] / wanted[0] - 1), abs=0.051)


def test_all_cells_train_from_one_button_and_show_their_own_numbers(page: Page, server: Server):
    series = load_series("FB")
    runs = [train_whole(replace(TINY, cell=cell), series) for cell in CELLS]
    open_compare(page, server, QUERY)
    choose(page, "Cells")
    button(page, "Train all").click()
    expect(page.get_by_text("Finished", exact=True)).to_be_visible(timeout=PATIENCE)
    shown = wait_for_columns(page, len(CELLS))
    end = window_end(page, runs[0])
    for column, run in zip(shown, runs, strict=True):
        best = run.epoch
        wait_until(lambda column=column, best=best: place(column)["epoch"] == best, "the judged epoch is shown")
        check_column(column, run, run.weights, end)
    counts = [sum(value.size for value in run.weights.values()) for run in runs]
    assert figures(page, "parameters") == counts
    ratios = [to_number(text) for text in page.get_by_test_id("difference-parameters").all_text_contents()]
    assert ratios == pytest.approx([count / counts[0] for count in counts[1:]], abs=0.0051)
    assert figures(page, "train") == pytest.approx([run.history[run.epoch - 1].train_loss for run in runs], rel=0.005)
    assert figures(page, "naive") == pytest.approx([run.naive_loss for run in runs], rel=0.005)
    wait_for_skills(page, [skill(run, run.weights) for run in runs])

    page.reload()
    again = wait_for_columns(page, len(CELLS))
    check_column(again[1], runs[1], runs[1].weights, end)


def test_with_equal_parameters_gru_and_rnn_have_more_units(page: Page, server: Server):
    open_compare(page, server, QUERY.replace("hidden_size=4", "hidden_size=32"))
    choose(page, "Cells")
    choose(page, "parameters")
    button(page, "Train all").click()
    wait_for_columns(page, len(CELLS))
    titles = page.get_by_test_id("scoreboard").get_by_role("columnheader").all_text_contents()
    sizes = [int(re.findall(r"hidden units (\d+)", title)[0]) for title in titles]
    cells = ("LSTM", "GRU", "RNN", "LSTM")  # and the last with three peepholes a unit
    counts = [
        sum(p.numel() for p in getattr(torch.nn, cell)(1, size).parameters()) + size + 1
        for cell, size in zip(cells, sizes, strict=True)
    ]
    counts[-1] += 3 * sizes[-1]
    assert figures(page, "parameters") == counts
    assert max(counts) / min(counts) < 1.03


def test_seeds_race_live_with_naive_and_pause_together(page: Page, server: Server):
    open_compare(page, server, "hidden_size=8&window_length=20&burn_in=5&epochs=3000&seed=3")
    choose(page, "Seeds")
    choose(page, "2")
    button(page, "Train all").click()
    wait_for_columns(page, 2)
    line = page.get_by_test_id("race").locator(".gs-race-line").first
    wait_until(lambda: (line.get_attribute("d") or "").count("L") > 3, "the race is drawn")
    before = line.get_attribute("d")
    wait_until(lambda: line.get_attribute("d") != before, "the race goes on")
    names = page.get_by_test_id("race").locator(".gs-race-name").all_text_contents()
    assert sorted(names) == ["LSTM, seed 3", "LSTM, seed 4", "naive"]
    button(page, "Pause all").click()
    expect(button(page, "Resume all")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_test_id("column-state").first).to_have_text("paused", timeout=PATIENCE)
    page.get_by_test_id("race-seconds").click()
    expect(page.get_by_test_id("race-seconds")).to_have_attribute("aria-pressed", "true")
    button(page, "Stop all").click()
    expect(page.get_by_text("Stopped", exact=True)).to_be_visible(timeout=PATIENCE)


def test_one_window_for_all_and_one_clock(page: Page, server: Server, first: Run):
    open_compare(page, server)
    young, old = wait_for_columns(page, 2)
    page.get_by_test_id("stDateInput").get_by_role("spinbutton").first.click()
    page.keyboard.type(first.series.dates[-200].astype("datetime64[D]").item().strftime("%Y%m%d"))
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    tomorrow = pytest.approx(first.series.values[-199], abs=0.0051)
    wait_until(lambda: tomorrow in amounts(old)[-1:], "the window moves")
    check_column(young, first, first.kept[0], len(first.series) - 200)
    check_column(old, first, first.weights, len(first.series) - 200)
    page.get_by_test_id("stage-play").click()
    wait_until(lambda: place(young)["timestep"] not in (0, 59), "it plays")
    page.get_by_test_id("stage-play").click()
    assert place(young)["timestep"] == place(old)["timestep"]


def test_two_runs_of_the_other_page(page: Page, server: Server):
    open_app(page, server, f"?{QUERY}")
    runs = [train_whole(replace(TINY, seed=seed), load_series("FB")) for seed in (7, 8)]
    for seed, run in zip((7, 8), runs, strict=True):
        page.get_by_label("Seed", exact=True).fill(str(seed))
        page.get_by_label("Seed", exact=True).press("Enter")
        expect(page).to_have_url(re.compile(f"[&?]seed={seed}"))
        button(page, "Train").click()
        expect_verdict(page, r"Over \d+ test days this LSTM \(epoch \d, ")
        expect(part(page, "epoch")).to_have_value(str(run.epoch), timeout=PATIENCE)
    page.get_by_role("link", name="Compare").click()
    choose(page, "Runs")
    expect(page.get_by_test_id("column").last).to_contain_text("seed 8", timeout=PATIENCE)  # no age's column any more
    shown = wait_for_columns(page, 2)
    for column, run in zip(shown, runs, strict=True):
        expect(column).to_have_attribute("data-epoch", str(run.epoch), timeout=PATIENCE)  # none that is still training
        check_column(column, run, run.weights, window_end(page, run))
    expect(page.get_by_test_id("column").first).to_contain_text("LSTM, seed 7")


@pytest.mark.parametrize(("width", "scheme"), [(375, "light"), (375, "dark"), (1440, "light")])
def test_nothing_is_wider_than_the_screen(page: Page, server: Server, width: int, scheme):
    view(page, width, scheme)
    open_compare(page, server)
    wait_for_columns(page, 2)
    assert overhang(page, "compare") == []
