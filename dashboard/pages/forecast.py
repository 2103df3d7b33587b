"""Forecast: train a network on a series and play any window of it, next to the forecast chart."""

from dashboard.panels import stage_page


def page() -> None:
    stage_page.show("forecast")
