"""Experiments that are runs: one click trains in place, the check has its numbers, and other pages show it."""

import re
from urllib.parse import parse_qs, urlsplit

import numpy as np
from playwright.sync_api import Browser, Locator, Page, expect

from dashboard.pages.experiments import amazon
from lstm_core.data.catalogue import load
from lstm_core.forecasting.evaluation import Evaluation, evaluate
from lstm_core.network.forecaster import build
from lstm_core.runs.train import train_whole
from tests.helpers.browser.server import PATIENCE, Server, wait_until
from tests.helpers.slices import train_one_unit

VERDICT = re.compile(r"Over \d+ test days this LSTM \(epoch \d+")


def open_experiment(page: Page, server: Server, name: str, title: str) -> None:
    page.goto(f"{server.url}/experiments?experiment={name}")
    expect(page.get_by_role("heading", name=title)).to_be_visible(timeout=PATIENCE)


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def main(page: Page) -> Locator:
    return page.get_by_test_id("stMainBlockContainer")


def cells(page: Page, table: int) -> list[str]:
    """What a table shows, row by row without its head."""
    return page.get_by_test_id("stTable").nth(table).get_by_role("cell").all_text_contents()


def job_of(page: Page) -> str:
    expect(page).to_have_url(re.compile("[&?]job="))
    return parse_qs(urlsplit(page.url).query)["job"][0]


def judged_elsewhere(way: str) -> Evaluation:
    """The same run in this process, judged by the core."""
    run = train_whole(amazon.WAYS[way], load("AMZN"))
    return evaluate(build(run.hyperparameters, run.weights), run.windows(), run.series)


def test_amazon_shows_the_numbers_of_the_same_run_trained_elsewhere(page: Page, server: Server):
    open_experiment(page, server, "amazon", "Amazon")
    button(page, "Train").click()
    expect(page.get_by_text("Beats naive")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_test_id("stAlert")).to_contain_text("Yahoo Finance is out of reach")
    expect(page.get_by_test_id("stAlert")).to_contain_text("So this run uses the sample AMZN.")

    told = judged_elsewhere(next(iter(amazon.WAYS)))
    closes = load("AMZN").values[-told.days - 1 :]
    naive = f"${float(np.sqrt((np.diff(closes) ** 2).mean())):.2f}"
    network = f"${told.metrics['network'].rmse:.2f}"
    expect(page.get_by_text(VERDICT)).to_contain_text(f"RMSE {network} against {naive}.")
    direction = told.metrics["network"].direction
    assert direction is not None
    row = [f"{told.metrics['network'].relative_mae:.3f}", f"{direction * 100:.1f} %"]
    assert cells(page, 0)[:5] == ["LSTM", network, f"${told.metrics['network'].mae:.2f}", *row]
    assert cells(page, 0)[5:7] == ["naive", naive]
    answer = "may be chance" if told.skill > 0 else "no"  # seed 0, daily closes: no difference to rely on
    assert told.diebold_mariano.kind == "chance"
    expect(page.get_by_text(f"Beats naive: {answer}.")).to_be_visible()
    expect(page.get_by_text(str(told.diebold_mariano.sentence("day"))).first).to_be_visible()
    expect(page.get_by_text("The curve hugs the price because yesterday's price does")).to_be_visible()
    expect(main(page).locator("[data-testid=stVegaLiteChart]")).to_have_count(2)


def test_the_other_pages_show_the_very_run_and_a_link_leads_back_to_it(page: Page, server: Server, browser: Browser):
    open_experiment(page, server, "amazon", "Amazon")
    button(page, "Train").dblclick()
    expect(page.get_by_text("Beats naive")).to_be_visible(timeout=PATIENCE)
    verdict, job = page.get_by_text(VERDICT).text_content(), job_of(page)
    assert verdict is not None

    link = page.url
    page.reload()
    expect(page.get_by_text(verdict)).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Beats naive")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_test_id("stAlert")).to_contain_text("Yahoo Finance is out of reach")
    expect(page.get_by_test_id("stAlert")).to_contain_text("So this run uses the sample AMZN.")
    other = browser.new_context().new_page()
    other.goto(link)
    expect(other.get_by_text(verdict)).to_be_visible(timeout=PATIENCE)
    other.context.close()

    button(page, "Play it on the stage").click()
    expect(page.get_by_role("heading", name="Amazon")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_test_id("stage-verdict-words")).to_contain_text(verdict.split(":")[0], timeout=PATIENCE)
    expect(button(page, "Pause training")).to_be_visible()
    assert job_of(page) == job
    page.get_by_text("More settings").click()
    expect(page.get_by_role("spinbutton", name="Patience")).to_have_value("10")
    expect(page.get_by_role("combobox", name=re.compile("Series"))).to_have_value(re.compile("AMZN"))

    page.get_by_role("link", name="Experiments").click()
    button(page, "Inside the cell").click()
    page.wait_for_url(re.compile(f"/inside.*{job}"), timeout=PATIENCE)
    page.get_by_role("link", name="Compare").click()
    page.get_by_role("radio", name="Cells").click()
    page.wait_for_url(re.compile("compare=cells"), timeout=PATIENCE)
    page.get_by_role("link", name="Experiments").click()
    button(page, "Compare its ages").click()
    page.wait_for_url(re.compile(f"/compare.*{job}"), timeout=PATIENCE)
    expect(page.get_by_role("radio", name="Ages")).to_be_checked(timeout=PATIENCE)


def test_stacked_trains_live_and_what_is_stopped_is_judged_as_it_is(page: Page, server: Server):
    open_experiment(page, server, "stacked", "Stacked, with dropout")
    button(page, "Train").click()
    expect(page.get_by_text(re.compile(r"Training: epoch [2-9] of 20"))).to_be_visible(timeout=PATIENCE)
    expect(main(page).locator("[data-testid=stVegaLiteChart]").first).to_be_visible()
    expect(button(page, "Train")).to_be_disabled()

    page.get_by_test_id("stSidebar").get_by_text("Sine", exact=True).click()
    expect(page.get_by_role("heading", name="Sine")).to_be_visible(timeout=PATIENCE)
    page.get_by_test_id("stSidebar").get_by_text("Stacked, with dropout", exact=True).click()
    expect(button(page, "Stop")).to_have_count(1)  # that of the page before goes when all of this one is there
    button(page, "Stop").click()
    expect(page.get_by_text("Beats naive")).to_be_visible(timeout=PATIENCE)
    expect(button(page, "Stop")).to_be_disabled()
    told = page.get_by_text(VERDICT).text_content() or ""
    days = int(re.findall(r"Over (\d+) test", told)[0])
    naive = float(np.sqrt((np.diff(load("MSFT").values[-days - 1 :]) ** 2).mean()))
    assert f"against ${naive:.4f}" in told
    expect(page.get_by_text("20 % of the first layer's outputs and 20 % of the second's")).to_be_visible()

    button(page, "Play it on the stage").click()
    expect(page.get_by_test_id("stage-verdict-words")).to_contain_text(told.split(":")[0], timeout=PATIENCE)
    page.get_by_text("More settings").click()
    for name in ("Dropout between layers", "Dropout before the head"):
        expect(page.get_by_role("spinbutton", name=name)).to_have_value("0.2")


def test_from_scratch_prints_the_losses_of_its_seed_and_says_no_where_one_does_not_learn(page: Page, server: Server):
    open_experiment(page, server, "scratch", "From scratch")
    button(page, "Run").click()
    expect(page.get_by_text("Falls below 0.01: yes")).to_be_visible(timeout=PATIENCE)
    run = train_one_unit(16, 500, 0.1)
    epochs = (1, 101, 201, 301, 401, 500)
    losses = [text for epoch in epochs for text in (str(epoch), f"{run.losses[epoch]:.6f}")]
    predictions = [f"{abs(round(each, 4)):.4f}" for each in run.predictions[-1]]
    wait_until(lambda: cells(page, 0) == losses, "the losses")
    wait_until(lambda: cells(page, 1)[2::4] == predictions, "the predictions")

    page.get_by_role("spinbutton", name="Seed").fill("36")
    page.get_by_role("spinbutton", name="Seed").press("Enter")
    button(page, "Run").click()
    expect(page.get_by_text("A near 0: no (0.1192).")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("try another seed")).to_be_visible()
    button(page, "Show this unit at work").click()
    expect(page.get_by_role("heading", name="The smallest LSTM")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("spinbutton", name="Seed")).to_have_value("36")
    expect(page.get_by_text("A 0.119")).to_be_visible(timeout=PATIENCE)


def test_a_link_of_another_time_opens_the_page_and_says_what_is_gone(page: Page, server: Server):
    open_experiment(page, server, "alchemy", "Sine")
    page.goto(f"{server.url}/experiments?experiment=stacked&job=gone")
    expect(page.get_by_role("heading", name="Stacked, with dropout")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_test_id("stAlert")).to_contain_text("The run in the link is no longer kept. Press Train")
    expect(button(page, "Stop")).to_be_disabled()
    expect(page.get_by_test_id("stException")).to_have_count(0)
