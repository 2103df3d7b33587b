"""Results -> charts; pure functions. Colours mean what they mean on the stage: LSTM, naive and truth keep theirs."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from dashboard.components.colours import CELL_COLOURS, OTHER_COLOURS

# Words read at 4.5 : 1 on the page's ground; a line may be fainter.
_WORDS = {False: "#56626F", True: "#A3AFBC"}
_ALL = {**CELL_COLOURS, **OTHER_COLOURS}
LIGHT, DARK = ({name: pair[at] for name, pair in _ALL.items()} for at in (0, 1))
_HEIGHT = 340
_EVERY_LABEL = alt.Axis(labelLimit=240, labelOverlap=False)
_WHOLE = alt.Axis(tickMinStep=1)
# The same for each channel makes one legend of both; its strokes are long enough to tell dashes by.
_ABOVE = alt.Legend(orient="top", title=None, columns=3, symbolType="stroke", symbolSize=700, symbolStrokeWidth=2)
_DASHED_WORDS = ("before", "windowed", "training")
_DASHED, _SOLID = [5, 4], [1, 0]


def lines(
    curves: Mapping[str, tuple[np.ndarray, np.ndarray]],
    x: str,
    y: str,
    dark: bool,
    naive: float | None = None,
    log: bool = False,
    domain: tuple[float, float] | None = None,
    ticks: Sequence[float] = (),
) -> Any:
    """name -> (x, y), a line each; ``naive`` is a dotted level. A name's first word is its colour's.

    ticks: the only places along x at which there is something, on a logarithmic axis; each point is then marked.
    """
    frames = [pd.DataFrame({x: xs, y: ys, "which": name}) for name, (xs, ys) in curves.items()]
    table = pd.concat(frames) if frames else pd.DataFrame({x: [], y: [], "which": []})
    bounds: Any = {"domain": list(domain)} if domain else {}
    tight: Any = {"nice": False} if domain else {}  # a logarithmic axis would go on to the next powers of ten
    scale = alt.Scale(type="log", **bounds, **tight) if log else alt.Scale(zero=False, **bounds)
    base = alt.Chart(table).mark_line(strokeWidth=2, clip=True, point=bool(ticks))
    drawn = base.encode(
        x=_along(x, ticks),
        y=alt.Y(y, type="quantitative", scale=scale),
        color=alt.Color("which:N", scale=_colours(list(curves), dark), legend=_ABOVE),
        strokeDash=alt.StrokeDash("which:N", scale=_dashes(list(curves)), legend=_ABOVE),
        tooltip=["which:N", alt.Tooltip(x, type="quantitative"), alt.Tooltip(y, type="quantitative", format=".4g")],
    )
    levels = [] if naive is None else [_level(naive, y, dark)]
    return _readable(alt.layer(drawn, *levels).properties(height=_HEIGHT), dark)


def _along(x: str, ticks: Sequence[float]) -> alt.X:
    if ticks:
        scale = alt.Scale(type="log", domain=[0.8 * ticks[0], 1.25 * ticks[-1]], nice=False)
        return alt.X(x, type="quantitative", scale=scale, axis=alt.Axis(values=list(ticks), grid=False))
    return alt.X(x, type="quantitative", axis=_WHOLE if x == "epoch" else alt.Axis())


def bars(values: Mapping[str, float], x: str, dark: bool) -> Any:
    """A horizontal bar a name, in the order given."""
    table = pd.DataFrame({"which": list(values), x: list(values.values())})
    drawn = (
        alt.Chart(table)
        .mark_bar(color=(DARK if dark else LIGHT)["LSTM"], height=18)
        .encode(
            x=alt.X(x, type="quantitative"),
            y=alt.Y("which:N", sort=None, title=None, axis=_EVERY_LABEL),
            tooltip=["which:N", x],
        )
        .properties(height=50 * len(values) + 80)
    )
    return _readable(drawn, dark)


def _readable(chart: Any, dark: bool) -> Any:
    color = _WORDS[dark]
    return chart.configure_axis(labelColor=color, titleColor=color).configure_legend(labelColor=color)


def _colours(names: list[str], dark: bool) -> alt.Scale:
    palette = DARK if dark else LIGHT
    return alt.Scale(
        domain=names, range=[palette.get(name.split(",")[0].split(" ")[0], palette["truth"]) for name in names]
    )


def _dashes(names: list[str]) -> alt.Scale:
    is_dashed = [name == "naive" or any(word in name for word in _DASHED_WORDS) for name in names]
    return alt.Scale(domain=names, range=[_DASHED if dashed else _SOLID for dashed in is_dashed])


def _level(value: float, y: str, dark: bool) -> Any:
    """A dotted line that says what it is."""
    color = (DARK if dark else LIGHT)["naive"]
    height = alt.Y(y, type="quantitative")
    level = alt.Chart(pd.DataFrame({y: [value], "is": [f"naive {value:.3g}"]}))
    line = level.mark_rule(strokeDash=[2, 3], color=color, strokeWidth=1.5)
    name = level.mark_text(align="right", baseline="bottom", dx=-4, dy=-3, color=_WORDS[dark])
    return line.encode(y=height, tooltip=["is:N"]) + name.encode(x=alt.value("width"), y=height, text="is:N")
