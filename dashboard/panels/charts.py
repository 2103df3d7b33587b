"""Results -> charts; pure functions. Colours mean what they mean on the stage: LSTM, naive and truth keep theirs."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import altair as alt
import numpy as np
import pandas as pd

from dashboard.components.colours import CELL_COLOURS, OTHER_COLOURS
from dashboard.texts import say

# Words read at 4.5 : 1 on the page's ground; a line may be fainter.
_WORDS = {False: "#56626F", True: "#A3AFBC"}
_ALL = {**CELL_COLOURS, **OTHER_COLOURS}
LIGHT, DARK = ({name: pair[at] for name, pair in _ALL.items()} for at in (0, 1))
_HEIGHT = 340
_EVERY_LABEL = alt.Axis(labelLimit=240, labelOverlap=False)
_WHOLE = alt.Axis(tickMinStep=1)
# The same for each channel makes one legend of both; its strokes are long enough to tell dashes by.
_ABOVE = alt.Legend(orient="top", title=None, columns=3, symbolType="stroke", symbolSize=700, symbolStrokeWidth=2)
_DASHED, _SOLID = [5, 4], [1, 0]


class Line(NamedTuple):
    """x, y: (N,) each. colour: whose it is, a cell's or that of naive or truth."""

    label: str
    x: np.ndarray
    y: np.ndarray
    colour: str
    is_dashed: bool = False


def lines(
    curves: Sequence[Line],
    x: str,
    y: str,
    dark: bool,
    naive: float | None = None,
    log: bool = False,
    domain: tuple[float, float] | None = None,
    ticks: Sequence[float] = (),
) -> Any:
    """x, y: what the axes are called, keys of charts.json; ``naive`` is a dotted level.

    ticks: the only places along x at which there is something, on a logarithmic axis; each point is then marked.
    """
    frames = [pd.DataFrame({"x": line.x, "y": line.y, "line": line.label}) for line in curves]
    table = pd.concat(frames) if frames else pd.DataFrame({"x": [], "y": [], "line": []})
    across, up = say(f"charts.axis_{x}"), say(f"charts.axis_{y}")
    bounds: Any = {"domain": list(domain)} if domain else {}
    tight: Any = {"nice": False} if domain else {}  # a logarithmic axis would go on to the next powers of ten
    scale = alt.Scale(type="log", **bounds, **tight) if log else alt.Scale(zero=False, **bounds)
    base = alt.Chart(table).mark_line(strokeWidth=2, clip=True, point=bool(ticks))
    drawn = base.encode(
        x=_along(across, ticks, is_whole=x == "epoch"),
        y=alt.Y("y:Q", title=up, scale=scale),
        color=alt.Color("line:N", scale=_colours(curves, dark), legend=_ABOVE),
        strokeDash=alt.StrokeDash("line:N", scale=_dashes(curves), legend=_ABOVE),
        tooltip=[_named(), alt.Tooltip("x:Q", title=across), alt.Tooltip("y:Q", title=up, format=".4g")],
    )
    levels = [] if naive is None else [_level(naive, up, dark)]
    return _readable(alt.layer(drawn, *levels).properties(height=_HEIGHT), dark)


def _named() -> alt.Tooltip:
    return alt.Tooltip("line:N", title=say("charts.line"))


def _along(title: str, ticks: Sequence[float], is_whole: bool) -> alt.X:
    if ticks:
        scale = alt.Scale(type="log", domain=[0.8 * ticks[0], 1.25 * ticks[-1]], nice=False)
        return alt.X("x:Q", title=title, scale=scale, axis=alt.Axis(values=list(ticks), grid=False))
    return alt.X("x:Q", title=title, axis=_WHOLE if is_whole else alt.Axis())


def bars(values: Mapping[str, float], x: str, dark: bool) -> Any:
    """A horizontal bar a name, in the order given; x: what the axis is called, a key of charts.json."""
    across = say(f"charts.axis_{x}")
    table = pd.DataFrame({"line": list(values), "x": list(values.values())})
    drawn = (
        alt.Chart(table)
        .mark_bar(color=(DARK if dark else LIGHT)["LSTM"], height=18)
        .encode(
            x=alt.X("x:Q", title=across),
            y=alt.Y("line:N", sort=None, title=None, axis=_EVERY_LABEL),
            tooltip=[_named(), alt.Tooltip("x:Q", title=across)],
        )
        .properties(height=50 * len(values) + 80)
    )
    return _readable(drawn, dark)


def _readable(chart: Any, dark: bool) -> Any:
    color = _WORDS[dark]
    return chart.configure_axis(labelColor=color, titleColor=color).configure_legend(labelColor=color)


def _colours(curves: Sequence[Line], dark: bool) -> alt.Scale:
    palette = DARK if dark else LIGHT
    return alt.Scale(domain=[line.label for line in curves], range=[palette[line.colour] for line in curves])


def _dashes(curves: Sequence[Line]) -> alt.Scale:
    strokes = [_DASHED if line.is_dashed else _SOLID for line in curves]
    return alt.Scale(domain=[line.label for line in curves], range=strokes)


def _level(value: float, title: str, dark: bool) -> Any:
    """A dotted line that says what it is."""
    color = (DARK if dark else LIGHT)["naive"]
    height = alt.Y("y:Q", title=title)
    level = alt.Chart(pd.DataFrame({"y": [value], "is": [say("charts.level_naive", value=f"{value:.3g}")]}))
    line = level.mark_rule(strokeDash=[2, 3], color=color, strokeWidth=1.5)
    name = level.mark_text(align="right", baseline="bottom", dx=-4, dy=-3, color=_WORDS[dark])
    return line.encode(y=height, tooltip=["is:N"]) + name.encode(x=alt.value("width"), y=height, text="is:N")
