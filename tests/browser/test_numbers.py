"""The numbers on the screen are the network's own: compared with torch.nn, to the digits shown."""

import re

import numpy as np
import pytest
import torch
from playwright.sync_api import Page, expect

from lstm_core.run import Run
from tests.browser.conftest import Server
from tests.browser.stage_page import number, open_app, part, press, stage, to_number, where


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


def test_ten_moments_of_the_first_run_show_what_torch_computes(page: Page, server: Server, first: Run):
    open_app(page, server)
    windows = first.windows()
    press(page, "Home")
    first_day = re.search(r"\d{4}-\d{2}-\d{2}", part(page, "place").text_content() or "")
    assert first_day
    dates = first.series.dates.astype("datetime64[D]").astype(str).tolist()
    end = np.array([dates.index(first_day.group()) + windows.length - 1])
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
            assert number(page, name) == pytest.approx(values[unit], abs=0.00051), (name, t, unit)
        prediction = step["h_now"] @ first.weights["head.weight"][0] + first.weights["head.bias"][0]
        price = today[t] * np.exp(prediction * deviation + mean)
        said = part(page, "readout").text_content() or ""
        amounts = [to_number(text) for text in re.findall(r"\$[\d,]+\.\d\d", said)]
        assert amounts[0] == pytest.approx(price, abs=0.0051), said
        assert amounts[1] == pytest.approx(today[t], abs=0.0051), said
        assert number(page, "ledger-total") == pytest.approx(prediction, abs=0.00051)


def test_the_verdict_is_the_evaluation_of_the_run(page: Page, server: Server, first: Run):
    """RMSE by plain numpy over predictions by torch.nn.LSTM."""
    windows = first.windows()
    ends = windows.ends("test")
    network = torch.nn.LSTM(1, first.hyperparameters.hidden_size, batch_first=True)
    network.load_state_dict({n: torch.tensor(v) for n, v in first.weights.items() if not n.startswith("head.")})
    with torch.no_grad():
        hidden = network(torch.from_numpy(windows.batch(ends).inputs))[0][:, -1].numpy()
    mean, deviation = windows.scales["log_return"]
    scaled = hidden @ first.weights["head.weight"][0] + first.weights["head.bias"][0]
    today, tomorrow = first.series.values[ends], first.series.values[ends + 1]
    of_network = np.sqrt(np.mean((today * np.exp(scaled * deviation + mean) - tomorrow) ** 2))
    of_naive = np.sqrt(np.mean((today - tomorrow) ** 2))
    open_app(page, server)
    expect(page.get_by_text(f"RMSE ${of_network:.4f} against ${of_naive:.4f}.")).to_be_visible()
    worse = of_network / of_naive - 1
    expect(
        page.get_by_text(f"{100 * abs(worse):.1f} % {'worse' if worse > 0 else 'better'} than repeating")
    ).to_be_visible()


def test_an_earlier_age_of_the_network_shows_its_own_numbers(page: Page, server: Server, first: Run):
    open_app(page, server)
    press(page, "Home")
    press(page, "Shift+ArrowLeft", 5)
    expect(stage(page)).not_to_have_attribute("data-epoch", str(first.epoch))
    now = where(page)
    assert int(now["epoch"]) in first.kept
    first_day = re.search(r"\d{4}-\d{2}-\d{2}", part(page, "place").text_content() or "")
    assert first_day
    windows = first.windows()
    dates = first.series.dates.astype("datetime64[D]").astype(str).tolist()
    end = np.array([dates.index(first_day.group()) + windows.length - 1])
    step = step_by_hand(windows.batch(end).inputs[0], dict(first.kept[int(now["epoch"])]))[int(now["timestep"])]
    for name, values in step.items():
        assert number(page, name) == pytest.approx(values[int(now["unit"])], abs=0.00051), name
