"""Colours that have one meaning on every page, on a light ground and on a dark one."""

from collections.abc import Mapping

# Words are written in them too, so they read at 4.5 : 1 on either ground; a test says so.
CELL_COLOURS: Mapping[str, tuple[str, str]] = {
    "LSTM": ("#6D3BD1", "#B794FF"),
    "GRU": ("#B45309", "#F2A65A"),
    "RNN": ("#2166AC", "#4F9CFF"),
    "PeepholeLSTM": ("#A3176A", "#FF8FCB"),
}
OTHER_COLOURS: Mapping[str, tuple[str, str]] = {"naive": ("#8A96A3", "#7F8C9B"), "truth": ("#2B3A4B", "#C9D3DF")}
