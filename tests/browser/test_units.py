"""The same amount reads the same wherever it stands, in every currency; a series' own steps are named everywhere."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from lstm_core.data.yahoo.cache import keep
from tests.helpers.browser.server import PATIENCE, Server, start_server, wait_until
from tests.helpers.browser.stage_page import button, expect_verdict, open_app, open_row, part, show_span, stage

START, END = date(2019, 1, 1), date(2020, 12, 31)
SMALL = "epochs=3&hidden_size=4&window_length=20&burn_in=5"
AMOUNTS = {  # ticker: currency, a usual value, its usual step as a share, and what an amount of it looks like
    "7203.T": ("JPY", 7200.0, 0.012, r"¥\d,\d{3}(?![.\d])"),
    "BP.L": ("GBp", 412.0, 0.015, r"\d{3}\.\d\dp"),
    "SHIB-USD": ("USD", 1.2e-5, 0.03, r"\$0\.0000\d{4}(?!\d)"),
    "EURUSD=X": ("USD", 1.0843, 0.004, r"\$[01]\.\d{4}(?!\d)"),
}
AXIS = r"[$¥][\d,]+(\.\d+)?|[\d,]+(\.\d+)?p"


def frame_of(ticker: str) -> pd.DataFrame:
    """What Yahoo would have said: closes about a usual value, each up or down by about a usual step."""
    currency, value, share, _ = AMOUNTS[ticker]
    days = pd.bdate_range(START, END)
    random = np.random.default_rng(11)
    closes = value * (1 + 0.1 * np.sin(np.arange(len(days)) / 40)) * (1 + share * random.standard_normal(len(days)))
    columns = dict.fromkeys(("open", "high", "low", "close"), closes) | {"volume": np.ones(len(days))}
    frame = pd.DataFrame(columns, index=days)
    frame.attrs = {"title": f"{ticker} as a test has it", "currency": currency, "fetched": "2026-01-02"}
    return frame


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An app that finds these prices where it keeps what Yahoo said."""
    home: Path = tmp_path_factory.mktemp("yahoo")
    for ticker in AMOUNTS:
        path = home / "cache" / "gatescope" / "yahoo" / f"{ticker}_{START.isoformat()}_{END.isoformat()}.parquet"
        assert keep(path, frame_of(ticker)) == ()
    server = start_server(home)
    yield server
    server.process.terminate()
    server.process.wait(30)


@pytest.mark.parametrize("ticker", AMOUNTS)
def test_an_amount_reads_the_same_wherever_it_stands(page: Page, served: Server, ticker: str):
    looks = AMOUNTS[ticker][-1]
    query = f"?source=yahoo&ticker={ticker}&start={START}&end={END}&{SMALL}"
    open_app(page, served, query)
    button(page, "Train").click()
    expect_verdict(page, r"test days this LSTM .* repeating yesterday's price: RMSE ")
    said = part(page, "next-lstm").text_content() or ""
    network, naive = (re.search(looks, part(page, f"next-{name}").text_content() or "") for name in ("lstm", "naive"))
    assert network, said
    assert naive
    both = f"the network says {network[0]}, naive {naive[0]};"
    wait_until(lambda: both in (part(page, "live").text_content() or ""), f"it is said: {both}")
    open_row(page, "ledger")
    expect(part(page, "ledger")).to_contain_text(network[0].rstrip("p"), timeout=PATIENCE)
    ticks = page.locator(".gs-window-chart .gs-tick").all_text_contents()
    assert len(ticks) >= 2
    assert all(re.fullmatch(AXIS, tick) for tick in ticks), ticks
    show_span(page, "all")
    expect(page.locator(".gs-plot .ytick").nth(1)).to_be_attached(timeout=PATIENCE)
    wide = page.locator(".gs-plot .ytick").all_text_contents()
    assert len(set(wide)) == len(wide) >= 2
    assert all(re.fullmatch(AXIS, tick) for tick in wide), wide
    box = page.locator(".gs-plot .nsewdrag").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    hover = page.locator(".gs-plot .hoverlayer")
    expect(hover).to_contain_text(re.compile(looks))
    expect(hover).to_contain_text(re.compile(r"\d{1,2} \w{3} 20(19|20)"))


def test_months_are_months_everywhere(page: Page, served: Server, tmp_path: Path):
    months = np.arange("1990-01", "2020-01", dtype="datetime64[M]")
    values = 340 + np.arange(len(months)) / 8 + 3 * np.sin(np.arange(len(months)) * np.pi / 6)
    rows = (f"{month}-01,{value:.2f}" for month, value in zip(months, values, strict=True))
    file = tmp_path / "carbon.csv"
    file.write_text("date,ppm\n" + "\n".join(rows))
    open_app(page, served, f"inside?source=csv&{SMALL}")
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(file)
    expect(page.get_by_text("360 months")).to_be_visible(timeout=PATIENCE)
    button(page, "Train").click()
    expect_verdict(page, r"Over \d+ test months this LSTM ")
    for text in (page.get_by_test_id("stMain").inner_text(), stage(page).evaluate("node => node.outerHTML")):
        found = re.findall(r".{30}\b[Dd]ays?\b(?![-\w]).{10}", re.sub(r"(class|data-\w+|id)=\"[^\"]*\"", "", text))
        assert found == [], found
    for name in ("back", "on"):
        assert "month" in (
            part(page, name).get_attribute("aria-label") or part(page, name).get_attribute("title") or ""
        )
