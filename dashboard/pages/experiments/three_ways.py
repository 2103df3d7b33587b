"""One LSTM, three ways: fused nn.LSTM, nn.LSTMCell in a loop, our equations: same numbers, other times."""

import pandas as pd
import streamlit as st

from dashboard.pages.experiments import running
from dashboard.panels import charts
from dashboard.session.browser_tab import BrowserTab
from lstm_core.experiments import three_ways
from lstm_core.experiments.three_ways import IMPLEMENTATIONS, PAIRS, ThreeWays, Timing

TITLES = {"fused": "torch.nn.LSTM", "cell": "nn.LSTMCell in a loop", "scratch": "our equations in a loop"}

_WAITING = "A worker compares and times them …"
_FAILED = "A worker could not compare them; the server's log tells more."


def show(tab: BrowserTab) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        hidden = st.select_slider("Hidden units", (8, 16, 32, 64, 128), 32)
        layers = st.slider("Layers", 1, 3, 1)
        length = st.select_slider("Window, timesteps", (20, 60, 120), 60)
    key = ("three ways", hidden, layers, length)
    if st.button("Run", type="primary", icon=":material/play_arrow:", key="run-three-ways"):
        tab.answers.forget(key)
        tab.answers.ask_in_pieces(key, three_ways.comparing, hidden, layers, length, 32, 0)
    if future := tab.answers.asked(key):
        running.show_answer(future, _WAITING, _FAILED, _found)


def _found(found: ThreeWays) -> None:
    with running.conclusion():
        st.markdown(f"**{conclusion(found)}**")
    for timing in found.timings:
        st.markdown(f"**Seconds for an epoch of {three_ways.BATCHES} batches, {timing.device}**")
        medians = {TITLES[name]: timing.median(name) for name in IMPLEMENTATIONS}
        running.draw(charts.bars(medians, "seconds", running.is_dark()))
    st.markdown("**Largest difference between any two numbers, same weights**")
    st.dataframe(pd.DataFrame(list(map(_row(found), PAIRS))), hide_index=True, width="stretch")
    st.caption(
        "torch.nn.LSTM is faster because one call walks through all timesteps in compiled code, with the inputs' "
        "products of all timesteps in one matrix product; a loop comes back to Python and starts small products anew "
        "at each timestep. What differs is rounding: float64 has 9 digits more than float32."
    )


def conclusion(found: ThreeWays) -> str:
    """How far their numbers lie apart at most, and how much longer the loops take."""
    apart = max(found.outputs["float64", *pair] for pair in PAIRS)
    loops = "; ".join(f"{timing.device.upper()}: {_loops(timing)}" for timing in found.timings)
    return f"The three give the same outputs: they differ by at most {apart:.0e} in float64. {loops}."


def _loops(timing: Timing) -> str:
    ratios = (f"{TITLES[name]} takes {timing.ratio(name):.1f} times" for name in IMPLEMENTATIONS[1:])
    return f"{', '.join(ratios)} as long as torch.nn.LSTM"


def _row(found: ThreeWays):
    def row(pair: tuple[str, str]) -> dict[str, str]:
        numbers = {
            f"{what}, {kind}": f"{values[kind, *pair]:.1e}"
            for what, values in (("outputs", found.outputs), ("gradients", found.gradients))
            for kind in ("float64", "float32")
        }
        return {"between": f"{TITLES[pair[0]]} and {TITLES[pair[1]]}", **numbers}

    return row
