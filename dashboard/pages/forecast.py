"""Forecast: train a network on a series and play any window of it, next to the forecast chart."""

from dashboard.panels import stage_page as frame


def page() -> None:
    frame.show("forecast")
