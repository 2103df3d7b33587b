"""Experiments that are settings of the other pages: a link carries them, and the page there trains them."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

import streamlit as st

from dashboard.visit import Visit


def links(*targets: tuple[str, str, Mapping[str, object]]) -> Callable[[Visit], None]:
    """(label, page, parameters of its link) -> what shows a button for each; they open in a tab of their own."""

    def show(visit: Visit) -> None:
        with st.container(horizontal=True, gap="small"):
            for label, page, parameters in targets:
                st.link_button(label, f"{page}?{urlencode(parameters)}", icon=":material/open_in_new:")

    return show
