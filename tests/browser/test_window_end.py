"""The day on which the window ends, and the stretch of the chart: they show what is shown, whoever chose it and how."""

from playwright.sync_api import Page, expect

from lstm_core.runs.run import Run
from tests.helpers.browser.inside_page import days
from tests.helpers.browser.server import PATIENCE, Server, wait_until
from tests.helpers.browser.stage_page import button, open_app, part


def field(page: Page) -> str:
    return part(page, "window-end").input_value()


def type_day(page: Page, day: str) -> None:
    part(page, "window-end").fill(day)
    part(page, "window-end").blur()


def test_the_field_shows_the_window_and_offers_days_that_can_be(page: Page, server: Server, first: Run):
    dates = days(first)
    open_app(page, server, "?window=2000")
    wait_until(lambda: field(page) == dates[2000], "a link's window")
    bounds = part(page, "window-end").evaluate("node => [node.min, node.max]")
    assert bounds == [dates[60], dates[-1]], "a log return needs the day before a window of 60"

    type_day(page, "2009-08-22")
    expect(part(page, "window-note")).to_have_text(
        "22 Aug 2009 has no observation; the last one before it is 21 Aug 2009."
    )
    wait_until(lambda: field(page) == "2009-08-21", "a Saturday stands for Friday")
    page.wait_for_url(f"**window={list(dates).index('2009-08-21')}**")

    type_day(page, "2099-01-01")
    wait_until(lambda: field(page) == "2009-08-21", "a day that cannot be picks nothing")
    type_day(page, "2009-08-19")
    wait_until(lambda: field(page) == "2009-08-19", "another day")
    expect(part(page, "window-note")).to_be_empty()
    page.reload()
    expect(part(page, "window-end")).to_have_value("2009-08-19", timeout=PATIENCE)


def test_train_keeps_the_window_that_was_picked(page: Page, server: Server):
    open_app(page, server, "?epochs=5&hidden_size=4&window_length=20&burn_in=5")
    type_day(page, "2012-08-15")
    page.wait_for_url("**window=**")
    button(page, "Train").click()
    page.wait_for_url("**job=**")
    expect(part(page, "window-end")).to_have_value("2012-08-15", timeout=PATIENCE)
    assert "window=" in page.url
    button(page, "Train").click()
    expect(part(page, "window-end")).to_have_value("2012-08-15", timeout=PATIENCE)


def axes(page: Page) -> list[list[float]]:
    """First and last of both axes, as Plotly has them now: milliseconds, and the series' unit."""
    return page.locator(".gs-plot").evaluate(
        """node => ['xaxis', 'yaxis'].map(name => node._fullLayout[name].range.map(each => new Date(each).getTime()))"""
    )


def test_both_axes_follow_what_is_drawn(page: Page, server: Server):
    """The test part of another split of the same series is another stretch, with other prices in it."""
    open_app(page, server, "?epochs=2&hidden_size=4&window_length=20&burn_in=5&train_fraction=0.3")
    part(page, "span-test").click()
    page.wait_for_function("() => document.querySelector('.gs-plot.js-plotly-plot')?._fullLayout", timeout=PATIENCE)
    before = axes(page)
    button(page, "Train").click()
    wait_until(lambda: axes(page)[0][0] < before[0][0] - 1e9, "the test part begins earlier")
    assert axes(page)[1] != before[1], "and holds other prices"
