"""Gatescope: pages and their order, nothing else."""

from pathlib import Path

import streamlit as st

from dashboard.views import forecast

st.set_page_config(page_title="Gatescope", page_icon=":material/insights:", layout="wide")
st.html(Path(__file__).with_name("page.css"))
st.navigation([st.Page(forecast.page, title="Forecast", url_path="forecast", default=True)], position="hidden").run()
