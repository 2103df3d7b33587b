"""First model: 50 units and one output, fed with sequences of different lengths: padded, packed, masked."""

import pandas as pd
import streamlit as st

from dashboard import charts
from dashboard.experiments import running
from dashboard.visit import Visit
from lstm_core.experiments import variable_length
from lstm_core.experiments.variable_length import LENGTHS, VariableLength

_WAITING = "A worker runs them in every way …"
_FAILED = "A worker could not run them."


def show(visit: Visit) -> None:
    told = st.text_input("Lengths of the sequences", ", ".join(map(str, LENGTHS)))
    lengths = _read(told)
    if lengths is None:
        st.error("Lengths must be whole numbers with commas between them, such as 5, 12, 3.")
        return
    key = ("variable length", lengths)
    owed = visit.answer(key, variable_length.compare, lengths)
    running.show_answer(owed, _WAITING, _FAILED, _found)


def _read(told: str) -> tuple[int, ...] | None:
    try:
        return tuple(int(each) for each in told.split(",")) if len(told) <= 400 else None
    except ValueError:
        return None


def _found(found: VariableLength) -> None:
    st.markdown("**Padded:** zeros fill each sequence up to the longest; the mask says where there is a value.")
    running.draw(charts.cells(found.padded, found.mask, running.is_dark()))
    sizes = ", ".join(map(str, found.batch_sizes.tolist()))
    order = ", ".join(str(position + 1) for position in found.order)
    st.markdown(
        f"**Packed:** sorted by falling length ({order}), timestep after timestep: only those run on that "
        f"still have a value. Batch sizes: {sizes}; {len(found.packed_values)} values instead of {found.padded.size}."
    )
    st.dataframe(pd.DataFrame(_rows(found)), hide_index=True, width="stretch")
    difference = max(abs(found.packed - found.one_by_one).max(), abs(found.masked - found.one_by_one).max())
    st.caption(
        f"One by one, packed and masked agree to {difference:.0e}. Reading the last column of the padded batch instead "
        "lets the network run on over zeros: another answer for every sequence that is shorter than the longest."
    )


def _rows(found: VariableLength) -> list[dict[str, object]]:
    return [
        {
            "sequence": index + 1,
            "length": int(found.lengths[index]),
            "one by one": float(found.one_by_one[index]),
            "packed": float(found.packed[index]),
            "masked": float(found.masked[index]),
            "after the padding": float(found.after_padding[index]),
        }
        for index in range(len(found.lengths))
    ]
