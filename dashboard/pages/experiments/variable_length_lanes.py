"""Sequences of different lengths as lanes: the four ways to run them, and what each has to say."""

import numpy as np

from dashboard.components.sequences import Lanes, Row, Way
from lstm_core.experiments.variable_length import Ran, VariableLength

MOST_ROWS = 12  # the table has all of them

_PRESENT = "Timestep {t}: {present} of {count} sequences still have a value; "
_ALONE = _PRESENT + "each runs alone, batch size 1."
_PADDED = _PRESENT + "the padded batch computes all {count}, {padding} of them over padding."
_PACKED = _PRESENT + "packed batch size {batch}."

_ABOUT_ALONE = "Each sequence runs by itself, without padding: the truth that a batch has to match."
_ABOUT_PADDED = (
    "Zeros fill each sequence up to the longest, and the output is read at the last timestep. The network cannot know "
    "that the zeros are none of the sequence: its hidden states run on, and the output with them."
)
_ABOUT_PACKED = (
    "Sorted by falling length; at each timestep only the sequences that still have a value are computed. "
    "{packed} steps of the cell instead of {padded}, and each output is read where its sequence ends."
)
_ABOUT_MASKED = (
    "The padded batch again, with all its steps; but a mask tells where each sequence ends, and the output is read "
    "there. What comes after is computed for nothing."
)


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
    note = f"{length} values" if length > 1 else "1 value"
    return Row(f"sequence {index + 1}", note, length, float(found.targets[index]))


def _ways(found: VariableLength, shown: slice) -> list[Way]:
    count, timesteps = found.mask.shape
    ends = (found.lengths - 1)[shown].tolist()
    as_given = list(range(len(ends)))
    sorted_rows = [row for row in found.order.tolist() if row in as_given]
    steps = {"packed": len(found.packed_values), "padded": found.padded.size}

    def way(name: str, label: str, texts: tuple[str, str], ran: Ran, order, read_at, sizes) -> Way:
        about, readout = texts
        reference = found.one_by_one[shown].tolist()
        return Way(name, label, about, readout, ran.hidden[shown], ran.outputs[shown], order, read_at, reference, sizes)

    whole, ones = [count] * timesteps, [1] * timesteps
    packed = (_ABOUT_PACKED.format(**steps), _PACKED)
    at_the_end = [timesteps - 1] * len(ends)
    return [
        way("one_by_one", "One by one", (_ABOUT_ALONE, _ALONE), found.alone, as_given, ends, ones),
        way("padded", "Padded", (_ABOUT_PADDED, _PADDED), found.in_padded, as_given, at_the_end, whole),
        way("packed", "Packed", packed, found.in_packed, sorted_rows, ends, found.batch_sizes.tolist()),
        way("masked", "Masked", (_ABOUT_MASKED, _PADDED), found.in_padded, as_given, ends, whole),
    ]
