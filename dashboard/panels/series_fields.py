"""The fields that say which series: its source, and what that source needs to know."""

from dataclasses import replace
from datetime import date

import streamlit as st

from dashboard.panels.number_fields import decimal, range_of
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.link import LONGEST_TICKER, SOURCES, DataChoice
from dashboard.session.series_search import Upload, parsed
from dashboard.texts import say
from dashboard.texts.sentences import sentence_of
from dashboard.texts.series import extent
from dashboard.texts.series import source as source_of
from lstm_core.data import catalogue
from lstm_core.data.series import Series
from lstm_core.data.synthetic import KINDS
from lstm_core.errors import InvalidArgument, InvalidFile


def data_fields(tab: BrowserTab) -> None:
    """Which series."""
    choice = tab.state.data
    source = st.segmented_control(
        say("fields.source"),
        SOURCES,
        default=choice.source,
        format_func=lambda name: say(f"settings.source_{name}"),
        key=tab.fields.key("source"),
        label_visibility="collapsed",
        width="stretch",
    )
    choice = replace(choice, source=source or choice.source)
    fields_of = {"sample": _sample, "synthetic": _synthetic, "yahoo": _yahoo, "csv": _csv}
    tab.change(data=fields_of[choice.source](tab, choice))


def describe(series: Series, stayed: bool) -> None:
    """Where it comes from, and whatever was done to it on the way; ``stayed``: another was asked for in vain."""
    if stayed:
        st.caption(say("series.still_here", title=series.title))
    st.caption(extent(series))
    with st.expander(say("series.about")):
        st.markdown("\n".join(f"- {said}" for said in (source_of(series), *map(sentence_of, series.notes))))


def _sample(tab: BrowserTab, choice: DataChoice) -> DataChoice:
    titles = {entry.name: f"{entry.name} · {entry.title}" for entry in catalogue.entries() if entry.kind == "sample"}
    name = _select(tab, "sample", titles, choice.sample)
    return replace(choice, sample=name)


def _synthetic(tab: BrowserTab, choice: DataChoice) -> DataChoice:
    titles = {name: kind.title for name, kind in KINDS.items()}
    name = _select(tab, "synthetic", titles, choice.synthetic)
    length = st.number_input(
        say("fields.length"), **range_of("length"), value=choice.length, step=100, key=tab.fields.key("length")
    )
    noise = decimal(
        tab,
        say("fields.noise"),
        **range_of("noise"),
        value=choice.noise,
        step=0.05,
        key=tab.fields.key("noise"),
        help=say("series.noise_help"),
    )
    seed = st.number_input(
        say("fields.series_seed"),
        **range_of("series_seed"),
        value=choice.series_seed,
        key=tab.fields.key("series_seed"),
    )
    return replace(choice, synthetic=name, length=int(length), noise=float(noise), series_seed=int(seed))


def _yahoo(tab: BrowserTab, choice: DataChoice) -> DataChoice:
    ticker = st.text_input(
        say("fields.ticker"),
        choice.ticker,
        max_chars=LONGEST_TICKER,
        key=tab.fields.key("ticker"),
        help=say("series.ticker_help"),
    )
    left, right = st.columns(2)
    start = left.date_input(say("fields.start"), choice.start, **range_of("start"), key=tab.fields.key("start"))
    end = right.date_input(say("fields.end"), choice.end or date.today(), **range_of("end"), key=tab.fields.key("end"))
    st.caption(say("series.yahoo_terms"))
    today = None if end == date.today() else end
    return replace(choice, ticker=ticker, start=start or choice.start, end=today)


def _csv(tab: BrowserTab, choice: DataChoice) -> DataChoice:
    given = st.file_uploader(
        say("series.csv"),
        type=["csv", "txt", "tsv"],
        key=tab.fields.key("csv"),
        help=say("series.csv_help"),
    )
    if given is not None:
        tab.search.upload = Upload(given.name, given.getvalue(), _column(tab, given.getvalue()))
    return choice


def _column(tab: BrowserTab, content: bytes) -> str | None:
    """Which column to forecast, where there is a choice. A file that cannot be read says so where it is used."""
    try:
        file = parsed(content)
    except (InvalidFile, InvalidArgument):
        return None
    if len(file.numeric_columns) < 2:
        return None
    index = file.numeric_columns.index(file.default_column)
    return st.selectbox(say("series.column"), file.numeric_columns, index=index, key=tab.fields.key("column"))


def _select(tab: BrowserTab, name: str, titles: dict[str, str], value: str) -> str:
    options = list(titles)
    index = options.index(value) if value in options else 0
    label = say(f"fields.{name}")  # words: sample, synthetic
    return st.selectbox(label, options, index=index, format_func=titles.__getitem__, key=tab.fields.key(name))
