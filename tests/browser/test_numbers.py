"""The numbers on the screen are the network's own: compared with torch.nn, to the digits shown."""

import re

import numpy as np
import pytest
import torch
from dieboldmariano import dm_test
from playwright.sync_api import Page, expect

from lstm_core.runs.run import Run
from tests.helpers.browser.server import Server
from tests.helpers.browser.stage_page import number, open_app, open_row, part, press, stage, where


def step_by_hand(inputs: np.ndarray, weights: dict[str, np.ndarray]) -> list[dict[str, np.ndarray]]:
    """torch.nn.LSTMCell through the window; the gates from the pre-activations, with numpy."""
    cell = torch.nn.LSTMCell(1, len(weights["head.weight"][0]))
    cell.load_state_dict({n.removesuffix("_l0"): torch.tensor(v) for n, v in weights.items() if n.endswith("_l0")})
    h, c = (torch.zeros(1, cell.hidden_size) for _ in range(2))
    steps = []
    for x in torch.from_numpy(inputs):
        pre = (cell.weight_ih @ x + cell.bias_ih + cell.weight_hh @ h[0] + cell.bias_hh).detach().numpy()
        i, f, g, o = np.split(pre, 4)
        before = c[0].detach().numpy()
        h, c = cell(x[None], (h, c))
        sigmoid = [1 / (1 + np.exp(-value)) for value in (i, f, o)]
        steps.append(
            {
                "input_gate": sigmoid[0],
                "forget_gate": sigmoid[1],
                "output_gate": sigmoid[2],
                "candidate": np.tanh(g),
                "c_before": before,
                "c_now": c[0].detach().numpy(),
                "h_now": h[0].detach().numpy(),
            }
        )
    return steps


VALUES = {
    "forget_gate": "forget_gate",
    "input_gate": "input_gate",
    "candidate": "candidate",
    "cell_state": "c_now",
    "output_gate": "output_gate",
    "hidden_state": "h_now",
}


def test_ten_moments_of_the_first_run_show_what_torch_computes(page: Page, server: Server, first: Run):
    open_app(page, server)
    windows = first.windows()
    press(page, "Home")
    first_day = where(page)["date"]
    dates = first.series.dates.astype("datetime64[D]").astype(str).tolist()
    end = np.array([dates.index(first_day) + windows.length - 1])
    steps = step_by_hand(windows.batch(end).inputs[0], dict(first.weights))
    today = first.series.values[windows.days(end)[0]]
    mean, deviation = windows.scales["log_return"]
    random = np.random.default_rng(4)
    for moves in random.integers(1, 7, size=10):
        press(page, "ArrowRight", int(moves))
        press(page, "ArrowDown", int(random.integers(0, 5)))
        now = where(page)
        t, unit = int(now["timestep"]), int(now["unit"])
        step = steps[t]
        for name, values in step.items():
            assert number(page, name) == pytest.approx(values[unit], abs=0.0051), (name, t, unit)
        prediction = step["h_now"] @ first.weights["head.weight"][0] + first.weights["head.bias"][0]
        price = today[t] * np.exp(prediction * deviation + mean)
        shown = {name: number(page, f"next-{name}") for name in ("lstm", "naive", "came")}
        assert shown["lstm"] == pytest.approx(price, abs=0.0051)
        assert shown["naive"] == pytest.approx(today[t], abs=0.0051)
        assert shown["came"] == pytest.approx(first.series.values[end[0] - windows.length + 2 + t], abs=0.0051)
        for row, name in VALUES.items():
            assert number(page, f"value-{row}") == pytest.approx(step[name][unit], abs=0.0051), (row, t, unit)
        events = part(page, "live")
        expect(events).to_contain_text(f"the network says ${shown['lstm']:.2f}, naive ${shown['naive']:.2f};")
        assert number(page, "ledger-total") == pytest.approx(prediction, abs=0.00051)


def test_the_first_sentence_is_about_the_largest_move_and_its_numbers_come_out(page: Page, server: Server, first: Run):
    """The move by plain prices; what the unit keeps, writes and shows by torch.nn; the product as printed."""
    open_app(page, server)
    now = where(page)
    windows, dates = first.windows(), first.series.dates.astype("datetime64[D]").astype(str).tolist()
    day, t = dates.index(now["date"]), int(now["timestep"])
    start = day - t
    prices = first.series.values[start - 1 : start + windows.length]
    moves = prices[1:] / prices[:-1] - 1
    assert t == np.argmax(np.abs(moves))
    end = np.array([start + windows.length - 1])
    steps = step_by_hand(windows.batch(end).inputs[0], dict(first.weights))
    weight = first.weights["head.weight"][0]
    changes = np.abs(weight * (steps[t]["h_now"] - steps[t - 1]["h_now"]))
    unit = int(now["unit"])
    assert unit == np.argmax(changes)
    said = (part(page, "readout").text_content() or "").replace("\u00a0", " ").replace("−", "-")
    assert f"{abs(moves[t]):.1%}".replace("%", " %") in said
    assert ("falls" if moves[t] < 0 else "rises") in said
    found = re.search(
        r"keeps ([\d.]+) % of its memory: of ([+-][\d.]+),? (?:only )?([+-][\d.]+) is left\..*"
        r"writes ([+-][\d.]+) and . ?shows (\d+) %",
        said,
    )
    assert found, said
    share, before, left, written, shows = (float(each) for each in found.groups())
    step = {name: float(values[unit]) for name, values in steps[t].items()}
    assert share == pytest.approx(100 * step["forget_gate"], abs=0.51)
    assert before == pytest.approx(step["c_before"], abs=0.0051)
    assert left == pytest.approx(step["forget_gate"] * step["c_before"], abs=0.0051)
    assert share / 100 * before == pytest.approx(left, abs=0.00501)
    assert written == pytest.approx(step["input_gate"] * step["candidate"], abs=0.0051)
    assert shows == pytest.approx(100 * step["output_gate"], abs=0.51)


def told_by_hand(run: Run, first_day: str) -> tuple[int, np.ndarray, np.ndarray]:
    """Of the window that begins on a day: its place in the series, its prices (T + 1,), and what the network said on
    each day of the next one (T,), by torch.nn and the definition of a log return."""
    windows = run.windows()
    start = run.series.dates.astype("datetime64[D]").astype(str).tolist().index(first_day)
    steps = step_by_hand(windows.batch(np.array([start + windows.length - 1])).inputs[0], dict(run.weights))
    mean, deviation = windows.scales["log_return"]
    hidden = np.array([step["h_now"] for step in steps])
    scaled = hidden @ run.weights["head.weight"][0] + run.weights["head.bias"][0]
    prices = run.series.values[start : start + windows.length + 1]
    return start, prices, prices[:-1] * np.exp(scaled * deviation + mean)


def test_nearer_than_naive_is_counted_on_the_days_so_far(page: Page, server: Server, first: Run):
    """All of the window's forecasts by torch.nn, at three timesteps."""
    open_app(page, server)
    press(page, "Home")
    expect(part(page, "nearer")).to_be_hidden()  # nothing has come yet
    start, prices, said = told_by_hand(first, where(page)["date"])
    windows = first.windows()
    nearer = np.abs(said - prices[1:]) < np.abs(prices[:-1] - prices[1:])
    for t in (1, 38, windows.length - 1):
        part(page, "scrubber").fill(str(t))
        days = "1 day" if t == 1 else f"{t} days"
        expect(part(page, "nearer-count")).to_have_text(f"{nearer[:t].sum()} of {days}")
    known = "it did not train on" if start >= windows.bounds["train"][1] else "trained on"
    expect(part(page, "trained-on")).to_contain_text(known)


def test_the_chart_tells_a_day_under_the_pointer_what_it_was_and_what_both_had_said(
    page: Page, server: Server, first: Run
):
    """A click goes there."""
    open_app(page, server)
    press(page, "Home")
    start, prices, said = told_by_hand(first, where(page)["date"])
    box = part(page, "window-chart").bounding_box()
    assert box is not None
    apart = np.flatnonzero(np.round(said, 2) != np.round(prices[:-1], 2)) + 1  # days on which both can be told apart
    for t in apart[[5, 20]]:
        at = (box["x"] + box["width"] * (t + 0.5) / 60, box["y"] + 60)
        page.mouse.move(*at)
        day = first.series.dates[start + t].astype("datetime64[D]").item()
        expect(part(page, "tip-value")).to_have_text(f"${prices[t]:.2f} · {day.day} {day:%b %Y}")
        expect(part(page, "tip-equation")).to_have_text(
            f"The day before, LSTM said ${said[t - 1]:.2f}, naive ${prices[t - 1]:.2f}."
        )
        page.mouse.click(*at)
        expect(stage(page)).to_have_attribute("data-timestep", str(t))


def test_the_verdict_is_the_evaluation_of_the_run(page: Page, server: Server, first: Run):
    """RMSE by plain numpy over predictions by torch.nn.LSTM; whether chance could have done it by the package."""
    windows = first.windows()
    ends = windows.ends("test")
    network = torch.nn.LSTM(1, first.hyperparameters.hidden_size, batch_first=True)
    network.load_state_dict({n: torch.tensor(v) for n, v in first.weights.items() if not n.startswith("head.")})
    with torch.no_grad():
        hidden = network(torch.from_numpy(windows.batch(ends).inputs))[0][:, -1].numpy()
    mean, deviation = windows.scales["log_return"]
    scaled = hidden @ first.weights["head.weight"][0] + first.weights["head.bias"][0]
    today, tomorrow = first.series.values[ends], first.series.values[ends + 1]
    foreseen = today * np.exp(scaled * deviation + mean)
    of_network = np.sqrt(np.mean((foreseen - tomorrow) ** 2))
    of_naive = np.sqrt(np.mean((today - tomorrow) ** 2))
    open_app(page, server)
    open_row(page, "verdict")
    said = part(page, "verdict-words")
    expect(said).to_contain_text(f"RMSE ${of_network:.4f} against ${of_naive:.4f}.")
    worse = of_network / of_naive - 1
    compared = f"{100 * abs(worse):.1f} % {'worse' if worse > 0 else 'better'} than"
    expect(said).to_contain_text(f"{compared} repeating")
    statistic, p_value = dm_test(list(tomorrow), list(foreseen), list(today), variance_estimator="acf")
    size = f"the difference is {abs(statistic):.1f} standard errors."
    chance = f"Chance could have done that: {size}"
    more = f"That is more than chance, which does it once in twenty times at most: {size}"
    expect(said).to_contain_text(chance if p_value >= 0.05 else more)
    sure = "may be chance" if p_value >= 0.05 else "more than chance"
    expect(part(page, "verdict-aside")).to_have_text(f"{compared} naive: {sure}")


def test_an_earlier_age_of_the_network_shows_its_own_numbers(page: Page, server: Server, first: Run):
    open_app(page, server)
    press(page, "Home")
    press(page, "Shift+ArrowLeft", 5)
    expect(stage(page)).not_to_have_attribute("data-epoch", str(first.epoch))
    now = where(page)
    assert int(now["epoch"]) in first.kept
    first_day = where(page)["date"]
    windows = first.windows()
    dates = first.series.dates.astype("datetime64[D]").astype(str).tolist()
    end = np.array([dates.index(first_day) + windows.length - 1])
    step = step_by_hand(windows.batch(end).inputs[0], dict(first.kept[int(now["epoch"])]))[int(now["timestep"])]
    for name, values in step.items():
        assert number(page, name) == pytest.approx(values[int(now["unit"])], abs=0.0051), name
