"""One LSTM, three ways: fused nn.LSTM, nn.LSTMCell in a loop, our equations: same numbers, other times."""

import pandas as pd
import streamlit as st

from dashboard.pages.experiments import running
from dashboard.panels import charts
from dashboard.session.browser_tab import BrowserTab
from dashboard.texts import say
from lstm_core.experiments import three_ways
from lstm_core.experiments.three_ways import IMPLEMENTATIONS, PAIRS, ThreeWays, Timing
from lstm_core.formatting import number, scientific


def show(tab: BrowserTab) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        hidden = st.select_slider(say("experiment_three_ways.hidden"), (8, 16, 32, 64, 128), 32)
        layers = st.slider(say("experiment_three_ways.layers"), 1, 3, 1)
        length = st.select_slider(say("experiment_three_ways.window"), (20, 60, 120), 60)
    key = ("three ways", hidden, layers, length)
    if st.button(say("experiments.button_run"), type="primary", icon=":material/play_arrow:", key="run-three-ways"):
        tab.answers.forget(key)
        tab.answers.ask_in_pieces(key, three_ways.comparing, hidden, layers, length, 32, 0)
    if future := tab.answers.asked(key):
        waiting, failed = say("experiment_three_ways.waiting"), say("experiment_three_ways.failed")
        running.show_answer(future, waiting, failed, _found)


def _found(found: ThreeWays) -> None:
    with running.conclusion():
        st.markdown(f"**{conclusion(found)}**")
    for timing in found.timings:
        st.markdown(say("experiment_three_ways.times", batches=three_ways.BATCHES, device=timing.device))
        medians = {_title(name): timing.median(name) for name in IMPLEMENTATIONS}
        running.draw(charts.bars(medians, "seconds", running.is_dark()))
    st.markdown(say("experiment_three_ways.differences"))
    st.dataframe(pd.DataFrame(list(map(_row(found), PAIRS))), hide_index=True, width="stretch")
    st.caption(say("experiment_three_ways.why"))


def conclusion(found: ThreeWays) -> str:
    """How far their numbers lie apart at most, and how much longer the loops take."""
    apart = max(found.outputs["float64", *pair] for pair in PAIRS)
    loops = "; ".join(map(_loops, found.timings))
    return say("experiment_three_ways.conclusion", apart=scientific(apart), loops=loops)


def _loops(timing: Timing) -> str:
    ratios = (_ratio(name, timing) for name in IMPLEMENTATIONS[1:])
    return say("experiment_three_ways.loops", device=timing.device.upper(), ratios=", ".join(ratios))


def _ratio(name: str, timing: Timing) -> str:
    return say("experiment_three_ways.ratio", way=_title(name), times=number(timing.ratio(name), 1))


def _title(name: str) -> str:
    return say(f"experiment_three_ways.way_{name}")


def _row(found: ThreeWays):
    def row(pair: tuple[str, str]) -> dict[str, str]:
        numbers = {
            say(f"experiment_three_ways.column_{what}", kind=kind): scientific(values[kind, *pair], 1)
            for what, values in (("outputs", found.outputs), ("gradients", found.gradients))
            for kind in ("float64", "float32")
        }
        both = say("experiment_three_ways.pair", one=_title(pair[0]), other=_title(pair[1]))
        return {say("experiment_three_ways.column_between"): both, **numbers}

    return row
