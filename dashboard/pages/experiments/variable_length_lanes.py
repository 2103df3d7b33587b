"""Sequences of different lengths as lanes: the four ways to run them, and what each has to say."""

import numpy as np

from dashboard.components.sequences import Lanes, Row, Way
from dashboard.texts import counted, say
from lstm_core.experiments.variable_length import Ran, VariableLength

MOST_ROWS = 12  # the table has all of them


def lanes_of(found: VariableLength) -> Lanes:
    """The first sequences, each way with its own hidden states."""
    shown = slice(0, MOST_ROWS)
    lengths = found.lengths
    values = np.where(found.mask, found.padded, np.nan)
    return Lanes(
        kind="lengths",
        rows=[_row(found, index) for index in range(min(MOST_ROWS, len(lengths)))],
        ways=_ways(found, shown),
        values=values[shown],
        lengths=lengths.tolist(),
        first="packed",
    )


def _row(found: VariableLength, index: int) -> Row:
    length = int(found.lengths[index])
    name = say("experiment_lengths.row", number=index + 1)
    return Row(name, counted("experiment_lengths.values", length), length, float(found.targets[index]))


def _ways(found: VariableLength, shown: slice) -> list[Way]:
    count, timesteps = found.mask.shape
    ends = (found.lengths - 1)[shown].tolist()
    as_given = list(range(len(ends)))
    sorted_rows = [row for row in found.order.tolist() if row in as_given]
    steps = {"packed": len(found.packed_values), "padded": found.padded.size}

    def way(name: str, ran: Ran, order, read_at, sizes) -> Way:
        label = say(f"experiment_lengths.way_{name}")
        about = say(f"experiment_lengths.about_{name}", **steps)
        reference = found.one_by_one[shown].tolist()
        return Way(name, label, about, ran.hidden[shown], ran.outputs[shown], order, read_at, reference, sizes)

    whole, ones = [count] * timesteps, [1] * timesteps
    at_the_end = [timesteps - 1] * len(ends)
    return [
        way("one_by_one", found.alone, as_given, ends, ones),
        way("padded", found.in_padded, as_given, at_the_end, whole),
        way("packed", found.in_packed, sorted_rows, ends, found.batch_sizes.tolist()),
        way("masked", found.in_padded, as_given, ends, whole),
    ]
