"""Gatescope's server: what `streamlit run` starts. The app itself is navigation.py, which runs for each visitor."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from dashboard.server import Compressed, Hinted, LiveRequests, get_ready

app = st.App(
    Path(__file__).resolve().parent / "server" / "navigation.py",
    lifespan=get_ready,
    middleware=[Middleware(Hinted), Middleware(Compressed), Middleware(LiveRequests)],
)
