"""The skeleton in the page itself: there before Streamlit is, until the app shows its own or has something better."""

from pathlib import Path

from dashboard.panels import skeleton
from dashboard.style import style_sheets
from dashboard.texts import say

HERE = Path(__file__).resolve().parent


def markup(entry: str) -> str:
    """To be put first into the page's body: it is seen before the rest has come."""
    style = style_sheets(*skeleton.STYLE_SHEETS, "welcome")
    script = (HERE / "welcome.js").read_text(encoding="utf-8")
    boxes = f"<div id='gsk-welcome' data-entry='{entry}'>{_inside(entry)}</div>"
    return f"{style}{boxes}<script>{{{script}}}</script>"


def _inside(entry: str) -> str:
    """What hangs on no data: the page Compare may have nothing to show yet."""
    if entry == "stage":
        return skeleton.stage(say("page.fetching"), say("page.window"), "LSTM")
    if entry == "one_unit_page":
        return skeleton.panels(say("page.fetching"), skeleton.SMALLEST)
    return skeleton.alone(say("page.fetching"))
