"""Show code: the network that is looked at as two scripts of its own, with its weights."""

import streamlit as st

from dashboard.run_view.viewing import RunView
from dashboard.texts import say
from dashboard.texts.ages import age
from lstm_core.export import bundle, keras_script, pytorch_script
from lstm_core.network.cells import CELLS


def show_code(now: RunView) -> None:
    """Closed until somebody asks. A network that still trains is another in a moment: it has no weights to take."""
    viewed = now.viewed
    if not viewed.is_still or now.epoch not in viewed.kept:
        return
    place = st.expander(say("code.show"), icon=":material/code:", key="show-code", on_change="rerun")
    if not place.open:
        return  # the highlighter of its code is half as large as all that an open page needs
    with place:
        st.caption(say("code.about", cell=viewed.hyperparameters.cell, age=age(now.epoch)))
        pytorch, keras = st.tabs(["PyTorch", "Keras"])
        pytorch.code(pytorch_script(viewed.hyperparameters, now.windows.scales), language="python", height=420)
        if CELLS[viewed.hyperparameters.cell].keras_layer is None:
            keras.caption(say("code.no_keras"))
        else:
            keras.code(keras_script(viewed.hyperparameters, now.windows.scales), language="python", height=420)
        st.download_button(
            say("code.download"),
            lambda: bundle(viewed.hyperparameters, viewed.series, viewed.kept[now.epoch]),
            file_name="gatescope_code.zip",
            mime="application/zip",
            on_click="ignore",
        )
