"""Inside the cell: the same network and window, taken apart: where each number comes from, and what if it were not."""

from dashboard.panels import stage_page as frame


def page() -> None:
    frame.show("inside")
