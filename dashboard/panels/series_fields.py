"""The fields that say which series: its source, and what that source needs to know."""

from dataclasses import replace
from datetime import date

import streamlit as st

from dashboard.panels.number_fields import decimal, range_of
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.link import LONGEST_TICKER, SOURCES, DataChoice
from dashboard.session.series_search import Upload, parsed
from dashboard.texts import page as words
from dashboard.texts.sentences import say
from lstm_core.data import catalogue
from lstm_core.data.series import Series
from lstm_core.data.synthetic import KINDS
from lstm_core.errors import InvalidArgument, InvalidFile


def data_fields(tab: BrowserTab) -> None:
    """Which series."""
    choice = tab.state.data
    source = st.segmented_control(
        "Source",
        SOURCES,
        default=choice.source,
        format_func=lambda name: words.SOURCES[name],
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
        st.caption(words.still_here(series.title))
    st.caption(words.extent(series))
    with st.expander(words.ABOUT_DATA):
        st.markdown("\n".join(f"- {said}" for said in (words.source(say(series.source)), *map(say, series.notes))))


def _sample(tab: BrowserTab, choice: DataChoice) -> DataChoice:
    titles = {entry.name: f"{entry.name} · {entry.title}" for entry in catalogue.entries() if entry.kind == "sample"}
    name = _select(tab, "sample", "Series", titles, choice.sample)
    return replace(choice, sample=name)


def _synthetic(tab: BrowserTab, choice: DataChoice) -> DataChoice:
    titles = {name: kind.title for name, kind in KINDS.items()}
    name = _select(tab, "synthetic", "Series", titles, choice.synthetic)
    label = words.DATA_FIELDS
    length = st.number_input(
        label["length"], **range_of("length"), value=choice.length, step=100, key=tab.fields.key("length")
    )
    noise = decimal(
        tab,
        label["noise"],
        **range_of("noise"),
        value=choice.noise,
        step=0.05,
        key=tab.fields.key("noise"),
        help="Standard deviation.",
    )
    seed = st.number_input(
        label["series_seed"], **range_of("series_seed"), value=choice.series_seed, key=tab.fields.key("series_seed")
    )
    return replace(choice, synthetic=name, length=int(length), noise=float(noise), series_seed=int(seed))


def _yahoo(tab: BrowserTab, choice: DataChoice) -> DataChoice:
    ticker = st.text_input(
        words.DATA_FIELDS["ticker"],
        choice.ticker,
        max_chars=LONGEST_TICKER,
        key=tab.fields.key("ticker"),
        help="As Yahoo Finance writes it: MSFT, SAP.DE, BTC-USD.",
    )
    left, right = st.columns(2)
    start = left.date_input(words.DATA_FIELDS["start"], choice.start, **range_of("start"), key=tab.fields.key("start"))
    end = right.date_input(
        words.DATA_FIELDS["end"], choice.end or date.today(), **range_of("end"), key=tab.fields.key("end")
    )
    st.caption(words.YAHOO_TERMS)
    today = None if end == date.today() else end
    return replace(choice, ticker=ticker, start=start or choice.start, end=today)


def _csv(tab: BrowserTab, choice: DataChoice) -> DataChoice:
    given = st.file_uploader(
        "CSV file",
        type=["csv", "txt", "tsv"],
        key=tab.fields.key("csv"),
        help="A column of dates and at least one of numbers; up to 10 MB.",
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
    return st.selectbox("Column", file.numeric_columns, index=index, key=tab.fields.key("column"))


def _select(tab: BrowserTab, name: str, label: str, titles: dict[str, str], value: str) -> str:
    options = list(titles)
    index = options.index(value) if value in options else 0
    return st.selectbox(label, options, index=index, format_func=titles.__getitem__, key=tab.fields.key(name))
