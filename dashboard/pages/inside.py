"""Inside the cell: the same network and window, taken apart: where each number comes from, and what if it were not."""

from dashboard.panels import stage_page


def page() -> None:
    stage_page.show("inside")
