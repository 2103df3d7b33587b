"""Layers: stack, layer and cell lead the stage, and what stands on their wires is what torch has there."""

import re

import numpy as np
import pytest
import torch
from playwright.sync_api import Locator, Page, expect

from lstm_core.data.catalogue import load as load_series
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.network.forecaster import build
from lstm_core.runs.run import Run
from lstm_core.runs.train import train_whole
from tests.helpers.browser.inside_page import numbers_in, open_inside, said, tool, train_inside
from tests.helpers.browser.server import Server, wait_until
from tests.helpers.browser.stage_page import expect_verdict, number, part, press, stage, where

BOTH = ("log_return", "relative")
DEEP = Hyperparameters(
    epochs=1,
    hidden_size=8,
    num_layers=2,
    window_length=20,
    burn_in=5,
    dropout=0.25,
    output_dropout=0.5,
    inputs=BOTH,
    seed=4,
)
LINK = "?epochs=1&hidden_size=8&num_layers=2&window_length=20&burn_in=5&dropout=0.25&output_dropout=0.5"
LINK += "&inputs=log_return+relative&sample=FB&seed=4"
MARKED = "aria-current"


@pytest.fixture(scope="module")
def run() -> Run:
    return train_whole(DEEP, load_series("FB"))


def open_trained(page: Page, server: Server) -> None:
    """The page's workers train the same run: same seed, same bits."""
    train_inside(page, server, LINK)
    expect_verdict(page, r"test days this LSTM \(epoch \d, ")
    wait_until(lambda: " of 20" in said(page, "counter"), "the film of the new run")
    tool(page, "layers")
    expect(part(page, "layers-picture")).to_be_visible()


def wires(page: Page) -> dict[str, tuple[int, ...]]:
    """Wire -> the shape that stands on it."""
    texts = page.locator("[data-wire]").evaluate_all(
        "nodes => nodes.map((node) => [node.dataset.wire, node.textContent])"
    )
    return {name: shapes_in(text)[0] for name, text in texts}


def shapes_in(text: str) -> list[tuple[int, ...]]:
    found = re.findall(r"\(([\d,\s\u00a0]+)\)", text)
    return [tuple(int(each) for each in re.findall(r"\d+", inside)) for inside in found]


def to_layer(page: Page, layer: int) -> Locator:
    return part(page, f"to-layer-{layer}")


def to_cell(page: Page, timestep: int) -> Locator:
    return part(page, f"to-cell-{timestep}")


def window_on_stage(page: Page, run: Run) -> np.ndarray:
    """(T, D) inputs of the window that the stage plays, from the run's own windows."""
    press(page, "End")
    last = where(page)["date"]
    days = run.series.dates.astype("datetime64[D]").astype(str)
    return run.windows().batch(np.flatnonzero(days == last)).inputs[0]


def test_a_layer_and_a_timestep_are_clicked_and_the_stage_goes_there(page: Page, server: Server, run: Run):
    open_trained(page, server)
    for layer in (0, 1):
        to_layer(page, layer).click()
        expect(stage(page)).to_have_attribute("data-layer", str(layer))
        expect(to_layer(page, layer)).to_have_attribute(MARKED, "true")
        expect(to_layer(page, 1 - layer)).to_have_attribute(MARKED, "false")
        expect(part(page, "layer")).to_have_value(str(layer))
        expect(part(page, "place")).to_contain_text(f"layer {layer + 1}, ")
    to_cell(page, 0).click()
    expect(stage(page)).to_have_attribute("data-timestep", "0")
    expect(to_cell(page, 0)).to_have_attribute(MARKED, "true")
    assert page.locator(f'[data-testid^="stage-to-cell-"][{MARKED}="true"]').count() == 1
    expect(part(page, "scrubber")).to_have_value("0")
    to_cell(page, 4).click()
    assert where(page)["timestep"] == "4"
    expect(to_cell(page, 5)).to_be_visible()  # the picture goes along
    expect(to_cell(page, 19)).to_be_visible()
    state = number(page, "h_now")
    to_layer(page, 0).click()
    assert number(page, "h_now") != state


def test_the_shapes_on_the_wires_are_torchs(page: Page, server: Server, run: Run):
    open_trained(page, server)
    windows = run.windows()
    forecaster = build(run.hyperparameters, run.weights).train()
    batch = torch.from_numpy(windows.batch(windows.training_ends(np.random.default_rng(0))[:8]).inputs)
    layers = list(forecaster.recurrent.layer_outputs(batch))
    out = forecaster.head(layers[-1][1])
    through = [layers[0][0], layers[1][0], layers[1][1], out]
    for order in ("true", "false"):
        part(page, f"order-{order}").click()
        expect(part(page, f"order-{order}")).to_have_attribute("aria-pressed", "true")
        shown = wires(page)
        expected = [tuple((each if order == "true" else each.transpose(0, 1)).shape) for each in through]
        assert [shown[f"stack-{at}"] for at in range(4)] == expected
    loss = shapes_in(said(page, "layers-loss"))
    assert loss == [(20, 8, 1), (20, 8), (15, 8)]  # the axes still the other way round
    assert shapes_in(said(page, "layers-states"))[0] == (2, 8, 8)
    for layer, below in enumerate((2, 8)):
        to_layer(page, layer).click()
        shown = wires(page)
        assert (shown["layer-in"], shown["layer-out"], shown["layer-across"]) == ((8, below), (8, 8), (8, 8))
        assert (shown["cell-in"], shown["cell-h"], shown["cell-c-before"]) == ((below,), (8,), (8,))
        _check_parameters(page, run, layer)
    expect(part(page, "layers-dropout")).to_contain_text("only while training")
    assert page.locator(".gs-layers-pill").count() == 2
    for share in ("dropout 0.25", "dropout 0.5"):
        expect(part(page, "layers-picture")).to_contain_text(share)


def _check_parameters(page: Page, run: Run, layer: int) -> None:
    rows = part(page, "parameters").locator("tr").all_inner_texts()
    shown = {name: (shapes_in(shape), numbers_in(count)) for name, shape, count in (row.split("\t") for row in rows)}
    listed = [name for name in run.weights if name.endswith(f"_l{layer}") or name.startswith("head.")]
    for name in listed:
        assert shown[name] == ([run.weights[name].shape], [run.weights[name].size]), name
    layers = sum(run.weights[name].size for name in listed if not name.startswith("head."))
    assert shown[f"Layer {layer + 1}"][1] == [layers]
    assert shown["All 2 layers and the head"][1] == [sum(each.size for each in run.weights.values())]


def test_the_numbers_of_x_are_the_windows_at_the_index_that_is_told(page: Page, server: Server, run: Run):
    open_trained(page, server)
    inputs = window_on_stage(page, run)
    for t in (19, 0, 7):
        part(page, "scrubber").fill(str(t))
        text = said(page, "layers-index")
        assert f"Day {t + 1} " in text
        assert (f"x[b, {t}, :] = " in text, f"x[{t}, b, :], in shape" in text) == (True, True)
        listed = re.findall(r"\[([+−\d., ]+)\]", text)[0]
        assert numbers_in(listed) == pytest.approx(list(inputs[t]), abs=0.00051)
    part(page, "order-false").click()
    expect(part(page, "layers-index")).to_contain_text("x[7, b, :] = [")
    assert numbers_in(re.findall(r"\[([+−\d., ]+)\]", said(page, "layers-index"))[0]) == pytest.approx(
        list(inputs[7]), abs=0.00051
    )


def test_layers_and_timesteps_by_keyboard_alone(page: Page, server: Server):
    open_trained(page, server)
    press(page, "Home")
    to_layer(page, 0).focus()
    page.keyboard.press("Enter")
    expect(stage(page)).to_have_attribute("data-layer", "0")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(stage(page)).to_have_attribute("data-layer", "1")
    expect(stage(page)).to_have_attribute("data-playing", "false")  # Space pressed the button, and played nothing
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(stage(page)).to_have_attribute("data-timestep", "1")
    expect(to_cell(page, 1)).to_be_focused()
    names = re.compile(r"Go to (?:trading )?day 2 of 20, \d+ \w{3} \d{4}")
    expect(page.get_by_role("button", name=names)).to_have_attribute(MARKED, "true")
    expect(page.get_by_role("button", name="Layer 2 of 2", exact=True)).to_have_attribute(MARKED, "true")
    for t in range(2, 12):
        page.keyboard.press("ArrowRight")
        expect(stage(page)).to_have_attribute("data-timestep", str(t))
    focused = page.evaluate("() => document.activeElement.dataset.testid ?? ''")
    assert focused.startswith("stage-to-cell-"), "the focus stays among the timesteps when its own leaves the picture"


@pytest.mark.parametrize("width", [375, 1440])
def test_nothing_is_cut_or_covered(page: Page, server: Server, width):
    """As the browser has drawn it, with its own letters."""
    page.set_viewport_size({"width": width, "height": 900})
    open_inside(page, server)
    tool(page, "layers")
    boxes = page.locator(".gs-layers text, .gs-layers button").evaluate_all(
        """nodes => nodes.map((node) => {
          const {left, right, top, bottom} = node.getBoundingClientRect();
          return {name: node.textContent, left, right, top, bottom, button: node.tagName === "BUTTON"};
        })"""
    )
    picture = page.locator(".gs-layers").bounding_box()
    assert picture is not None
    assert len(boxes) > 20
    for at, one in enumerate(boxes):
        assert picture["x"] - 1 <= one["left"], one
        assert one["right"] <= picture["x"] + picture["width"] + 1, one
        for other in boxes[at + 1 :]:
            across = min(one["right"], other["right"]) - max(one["left"], other["left"])
            down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
            assert across < 1 or down < 4, (one["name"], other["name"])  # letters do not fill their line's height
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
