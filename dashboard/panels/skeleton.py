"""What stands in a picture's place until it comes: its boxes and every word that needs no data; nothing is invented.

It goes out before the sidebar's fields and long before the picture; its style sheet takes it away when that is there.
"""

from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.style import style_sheets
from dashboard.texts import say
from lstm_core.network.cells import CELLS

SMALLEST = ("16em", "12em", "30em", "30em")  # the panels of the page of the smallest LSTM
STYLE_SHEETS = ("skeleton", "skeleton_stage")
_WIDTHS = (100, 92, 56)  # of the readout's lines, in percent
_FOLDS = ("row_verdict", "row_losses", "row_ledger", "row_more", "row_equations")
_ROWS = (  # from top to bottom, as the stage has them
    "reset_gate",
    "update_gate",
    "forget_gate",
    "input_gate",
    "candidate",
    "cell_state",
    "output_gate",
    "hidden_state",
)
# Heights of the rows that "Inside the cell" has above and below the lanes, as layout.js has them.
_LINE = 38  # higher where letters are large
_BEFORE, _AFTER = (22, _LINE), (56, _LINE, 22)
_TALLEST, _ONLY = 120, 260  # of a lane, and of one that is alone
# The LSTM's cell as cells/lstm.js draws it, in its units: boxes by their corners, gates and signs by their middles,
# wires from left to right or from top to bottom.
_CELL = (400, 254)
_VALUES = {"c_before": (0, 2), "c_now": (328, 2), "h_now": (328, 82), "h_before": (0, 150), "x": (0, 205)}
_GATES = {"forget_gate": 113, "input_gate": 182, "candidate": 251, "output_gate": 320}
_SIGNS = ((113, 25), (216, 25), (216, 92), (296, 105))
_ACROSS = ((72, 25, 328), (182, 92, 251), (296, 105, 328), (296, 126, 320), (72, 173, 76), (72, 228, 320))
_DOWN = ((113, 25, 134), (182, 92, 134), (251, 92, 134), (216, 25, 92), (296, 25, 126), (320, 126, 134))
_DOWN += ((76, 173, 228), *((x, 204, 228) for x in _GATES.values()))


def place(markup: str) -> DeltaGenerator:
    """Where a picture is to come. Sent on every run, so that it is there again should the picture go.

    The style travels with the boxes: nothing is ever seen without it.
    """
    picture = st.container(key="picture")
    picture.html(style_sheets(*STYLE_SHEETS) + markup)
    return picture


def stage(sentence: str, steps: str, cell: str, inside: bool = False) -> str:
    """The stage of a window of ``steps`` ("60 days") and one layer's lanes; ``inside``: with the rows of that page."""
    lanes = "".join(_lane(name) for name in _ROWS if name in CELLS[cell].activations)
    before, after = (_BEFORE, _AFTER if CELLS[cell].keeps else _AFTER[1:]) if inside else ((), ())
    others = (*before, *after)
    rows = "".join([*map(_row, before), lanes, *map(_row, after)])
    left = f"<div>{_chart(sentence, steps)}<div class='gsk-lanes'>{rows}</div></div>"
    right = f"<div class='gsk-right'>{_cell(cell)}{_readout()}{_folds()}</div>"
    rest = "".join(f" + {_height(height)} + var(--gap)" for height in others)
    lanes_count = len(CELLS[cell].activations)
    count = f"--count:{lanes_count};--rest:calc(0px{rest});--tallest:{_ONLY if lanes_count == 1 else _TALLEST}px"
    grid = f"<div class='gsk-grid'>{left}{right}</div><div class='gsk-transport'></div>"
    kind = " gsk-inside" if inside else ""
    return f"<div class='gsk gsk-stage{kind}' style='{count}'>{grid}</div>"


def panels(sentence: str, heights: tuple[str, ...]) -> str:
    """Two columns of panels of these heights; the first one has the word."""
    return _picture(_panels(sentence, heights, 2))


def columns(sentence: str, count: int) -> str:
    """Networks side by side: the race and the figures, then a column a network."""
    return _picture(_panels(sentence, ("15em", "15em"), 2) + _panels("", ("40em",) * count, count))


def alone(sentence: str) -> str:
    """The word, where nobody can know yet what there will be."""
    return _picture(f"<div class='gsk-above-lanes'>{_word(sentence)}</div>")


def lanes(sentence: str, count: int) -> str:
    """Lanes of so many sequences, one below the other, and the room above them for their heads."""
    rows = _panels("", ("8em",) * count, 1)
    return _picture(f"<div class='gsk-above-lanes'>{_word(sentence)}</div><div class='gsk-side'>{rows}</div>")


def _picture(inside: str) -> str:
    return f"<div class='gsk'>{inside}</div>"


def _panels(sentence: str, heights: tuple[str, ...], columns: int) -> str:
    words_of = (sentence, *[""] * len(heights))
    inside = [
        f"<div class='gsk-panel' style='min-height:{height}'>{_word(said) if said else ''}</div>"
        for height, said in zip(heights, words_of, strict=False)
    ]
    return f"<div class='gsk-panels' style='--columns:{columns}'>{''.join(inside)}</div>"


def _word(sentence: str) -> str:
    return f"<p class='gsk-word' role='status'>{escape(sentence)}</p>"


def _chart(sentence: str, steps: str) -> str:
    spans = "".join(f"<span>{escape(each)}</span>" for each in (steps, say("stage.span_test"), say("stage.span_all")))
    about = f"<div class='gsk-about'><b>{escape(say('stage.chart_price'))}</b></div>"
    plot = f"<div class='gsk-plot'>{_word(sentence)}</div>"
    return f"<div class='gsk-chart'><div class='gsk-spans' aria-hidden='true'>{spans}</div>{about}{plot}</div>"


def _row(height: int) -> str:
    return f"<div class='gsk-lane' style='height:calc({_height(height)})'></div>"


def _height(height: int) -> str:
    return f"{height}px * var(--line, 1)" if height == _LINE else f"{height}px"


def _lane(name: str) -> str:
    kind = "gate" if name.endswith("_gate") else "value"
    letter = f"<span class='gsk-letter' aria-hidden='true'>{escape(say(f'stage.{name}_symbol'))}</span>"
    short = f"<b class='gsk-short'>{escape(say(f'stage.{name}'))}</b>"  # words: {activation}
    whole = f"<b>{escape(say(f'stage.{name}_name'))}</b><span>{escape(say(f'stage.{name}_meaning'))}</span>"
    label = f"<div class='gsk-label gsk-{kind}'>{letter}{short}<span class='gsk-whole'>{whole}</span></div>"
    return f"<div class='gsk-lane'>{label}</div>"


def _cell(cell: str) -> str:
    """Parts of a cell with a cell state lie where the stage draws them; of the others the room is kept."""
    parts = [
        *(_part("wire", x, y, other - x, 2) for x, y, other in _ACROSS),
        *(_part("wire", x, y, 2, other - y) for x, y, other in _DOWN),
        *(_part("sign", x - 13, y - 13, 26, 26) for x, y in _SIGNS),
        *(_part("box", x, y, 72, 46, _symbol(name)) for name, (x, y) in _VALUES.items()),
        *(_part("box", x - 33, 134, 66, 70, _gate(name)) for name, x in _GATES.items()),
    ]
    inside = "".join(parts) if CELLS[cell].has_cell_state else ""
    return f"<b>{escape(say('page.the_cell'))}</b><div class='gsk-cell' aria-hidden='true'>{inside}</div>"


def _part(kind: str, x: int, y: int, width: int, height: int, inside: str = "") -> str:
    shares = zip(("left", "top", "width", "height"), (x, y, width, height), (*_CELL, *_CELL), strict=True)
    style = ";".join(
        f"{name}:{value}px" if value == 2 else f"{name}:{value / whole:.2%}" for name, value, whole in shares
    )
    return f"<div class='gsk-{kind}' style='{style}'>{inside}</div>"


def _symbol(name: str) -> str:
    symbol, _, when = name.partition("_")
    return escape(say(f"stage.{when}", symbol=symbol) if when else symbol)  # words: before, now


def _gate(name: str) -> str:
    return f"<b>{escape(say(f'stage.{name}_symbol'))}</b>{escape(say(f'stage.{name}'))}"  # words: {activation}


def _readout() -> str:
    bars = "".join(f"<div class='gsk-bar' style='width:{width}%'></div>" for width in _WIDTHS)
    return f"<div class='gsk-readout'>{bars}</div>"


def _folds() -> str:
    rows = "".join(f"<div>{escape(say(f'stage.{name}'))}</div>" for name in _FOLDS)  # words: row_*
    return f"<div class='gsk-folds' aria-hidden='true'>{rows}</div>"
