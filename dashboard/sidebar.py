"""The sidebar: data, model, training; every field made from the table of hyperparameters."""

from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from dashboard import words
from dashboard.bounds import Day, Number, Whole
from dashboard.sources import Upload, parsed
from dashboard.state import LONGEST_TICKER, PARAMETERS, SOURCES, DataChoice
from dashboard.visit import Visit
from lstm_core import catalogue
from lstm_core.errors import InvalidArgument, InvalidFile
from lstm_core.hyperparameters import RULES, Hyperparameters, Rule
from lstm_core.series import Series
from lstm_core.synthetic import KINDS

PRESETS: dict[str, dict[str, Any]] = {
    "tiny": {"hidden_size": 8, "num_layers": 1, "window_length": 30, "dropout": 0.0},
    "default": {},
    "large": {"hidden_size": 128, "num_layers": 2, "window_length": 120, "dropout": 0.1, "output_dropout": 0.0},
}
_MODEL = ("cell", "hidden_size", "num_layers", "window_length")
_MORE_MODEL = ("dropout", "output_dropout", "forget_bias", "inputs", "target")
_TRAINING = ("epochs", "learning_rate", "seed")
_MORE_TRAINING = (
    "loss_on",
    "burn_in",
    "stride",
    "loss",
    "batch_size",
    "optimizer",
    "weight_decay",
    "gradient_clip",
    "patience",
    "train_fraction",
    "validation_fraction",
    "device",
)
_SLIDERS = {"hidden_size": 128, "num_layers": 4, "window_length": 250, "epochs": 300}


def data_fields(visit: Visit) -> None:
    """Which series."""
    choice = visit.state.data
    source = st.segmented_control(
        "Source",
        SOURCES,
        default=choice.source,
        format_func=lambda name: words.SOURCES[name],
        key=visit.key("source"),
        label_visibility="collapsed",
        width="stretch",
    )
    choice = replace(choice, source=source or choice.source)
    fields_of = {"sample": _sample, "synthetic": _synthetic, "yahoo": _yahoo, "csv": _csv}
    visit.change(data=fields_of[choice.source](visit, choice))


def describe(series: Series, stayed: bool) -> None:
    """Where it comes from, and whatever was done to it on the way; ``stayed``: another was asked for in vain."""
    if stayed:
        st.caption(words.still_here(series.title))
    first, last = (str(day.astype("datetime64[D]")) for day in series.dates[[0, -1]])
    st.caption(f"{len(series):,} observations, {first} to {last}. {series.source}.")
    if series.notes:
        with st.expander(f"What was done to the data ({len(series.notes)})"):
            st.markdown("\n".join(f"- {note}" for note in series.notes))


def horizon_field(visit: Visit) -> None:
    horizon = st.number_input(
        words.DATA_FIELDS["horizon"],
        **_range("horizon"),
        value=visit.state.horizon,
        help="How far the dashed line goes beyond the last observation. Needs no new training.",
        key=visit.key("horizon"),
    )
    visit.change(horizon=int(horizon))


def model_fields(visit: Visit) -> str | None:
    """The network's and the training's settings; the sentence if they cannot stand together."""
    values = visit.state.hyperparameters.to_dict()
    st.subheader("Model", anchor=False)
    _presets(visit)
    values |= {name: _field(visit, name) for name in _MODEL}
    with st.expander("More about the model"):
        values |= {name: _field(visit, name) for name in _MORE_MODEL}
    st.subheader("Training", anchor=False)
    values |= {name: _field(visit, name) for name in _TRAINING}
    with st.expander("More about training"):
        values |= {name: _field(visit, name) for name in _MORE_TRAINING}
    preset = _preset_values(visit, values)
    try:
        visit.change(hyperparameters=Hyperparameters.from_dict(values | preset))
    except InvalidArgument as error:
        return words.refusal(error)
    if preset:
        visit.generation += 1
        st.rerun()
    return None


def _presets(visit: Visit) -> None:
    with st.container(horizontal=True, gap="small"):
        for name in PRESETS:
            label, _, explanation = words.PRESETS[name].partition(": ")
            st.button(label, key=f"preset-{name}", help=explanation, on_click=visit.wish_for, args=(name,))


def _preset_values(visit: Visit, values: dict[str, Any]) -> dict[str, Any]:
    """The size of the preset whose button was pressed; a burn-in that does not fit into its window goes."""
    asked = next((changes for name, changes in PRESETS.items() if visit.wants(name)), None)
    if asked is None:
        return {}
    plain = Hyperparameters()
    sized = {name: getattr(plain, name) for name in PRESETS["large"]} | asked
    fits = values["burn_in"] < sized["window_length"]
    return sized if fits else sized | {"burn_in": plain.burn_in}


def _field(visit: Visit, name: str) -> Any:
    """The widget that suits a hyperparameter's rule, showing the value of the state."""
    rule: Rule = RULES[name]
    value = getattr(visit.state.hyperparameters, name)
    common: dict[str, Any] = {"label": words.FIELDS[name], "help": rule.help, "key": visit.key(name)}
    if isinstance(value, tuple):
        return _several(common, rule, value)
    if rule.choices:
        return st.selectbox(index=rule.choices.index(value), options=rule.choices, format_func=words.choice, **common)
    if name in _SLIDERS and value <= _SLIDERS[name]:
        return st.slider(min_value=int(rule.low or 0), max_value=_SLIDERS[name], value=value, **common)
    return _number(common, rule, value)


def _number(common: dict[str, Any], rule: Rule, value: float) -> float:
    assert rule.low is not None
    assert rule.high is not None
    if isinstance(value, int):
        return st.number_input(min_value=int(rule.low), max_value=int(rule.high), value=value, step=1, **common)
    return st.number_input(
        min_value=float(rule.low),
        max_value=float(rule.high),
        value=float(value),
        step=value / 10 or 0.1,
        format="%g",
        **common,
    )


def _several(common: dict[str, Any], rule: Rule, value: tuple[str, ...]) -> tuple[str, ...]:
    """Nothing chosen means: what suits the series."""
    options = [each for each in rule.choices if each != "auto"]
    chosen = st.multiselect(
        options=options,
        default=[each for each in value if each != "auto"],
        format_func=words.choice,
        placeholder=words.choice("auto"),
        **common,
    )
    return tuple(chosen) or ("auto",)


def _sample(visit: Visit, choice: DataChoice) -> DataChoice:
    titles = {entry.name: f"{entry.name} · {entry.title}" for entry in catalogue.entries() if entry.kind == "sample"}
    name = _select(visit, "sample", "Series", titles, choice.sample)
    return replace(choice, sample=name)


def _synthetic(visit: Visit, choice: DataChoice) -> DataChoice:
    titles = {name: kind.title for name, kind in KINDS.items()}
    name = _select(visit, "synthetic", "Series", titles, choice.synthetic)
    label = words.DATA_FIELDS
    length = st.number_input(
        label["length"], **_range("length"), value=choice.length, step=100, key=visit.key("length")
    )
    noise = st.number_input(
        label["noise"],
        **_range("noise"),
        value=choice.noise,
        step=0.05,
        format="%g",
        key=visit.key("noise"),
        help="Standard deviation.",
    )
    seed = st.number_input(
        label["series_seed"], **_range("series_seed"), value=choice.series_seed, key=visit.key("series_seed")
    )
    return replace(choice, synthetic=name, length=int(length), noise=float(noise), series_seed=int(seed))


def _yahoo(visit: Visit, choice: DataChoice) -> DataChoice:
    ticker = st.text_input(
        words.DATA_FIELDS["ticker"],
        choice.ticker,
        max_chars=LONGEST_TICKER,
        key=visit.key("ticker"),
        help="As Yahoo Finance writes it: MSFT, SAP.DE, BTC-USD.",
    )
    left, right = st.columns(2)
    start = left.date_input(words.DATA_FIELDS["start"], choice.start, **_range("start"), key=visit.key("start"))
    end = right.date_input(words.DATA_FIELDS["end"], choice.end or date.today(), **_range("end"), key=visit.key("end"))
    st.caption(words.YAHOO_TERMS)
    today = None if end == date.today() else end
    return replace(choice, ticker=ticker, start=start or choice.start, end=today)


def _csv(visit: Visit, choice: DataChoice) -> DataChoice:
    given = st.file_uploader(
        "CSV file",
        type=["csv", "txt", "tsv"],
        key=visit.key("csv"),
        help="A column of dates and at least one of numbers; up to 10 MB.",
    )
    if given is not None:
        visit.upload = Upload(given.name, given.getvalue(), _column(visit, given.getvalue()))
    return choice


def _column(visit: Visit, content: bytes) -> str | None:
    """Which column to forecast, where there is a choice. A file that cannot be read says so where it is used."""
    try:
        file = parsed(content)
    except (InvalidFile, InvalidArgument):
        return None
    if len(file.numeric_columns) < 2:
        return None
    index = file.numeric_columns.index(file.default_column)
    return st.selectbox("Column", file.numeric_columns, index=index, key=visit.key("column"))


def _range(name: str) -> dict[str, Any]:
    """What a field's widget takes, from the bounds that a link has too."""
    bounds = PARAMETERS[name].bounds
    if isinstance(bounds, Day):
        return {"min_value": bounds.first(), "max_value": bounds.last()}
    assert isinstance(bounds, Whole | Number)
    return {"min_value": bounds.low, "max_value": bounds.high}


def _select(visit: Visit, name: str, label: str, titles: dict[str, str], value: str) -> str:
    options = list(titles)
    index = options.index(value) if value in options else 0
    return st.selectbox(label, options, index=index, format_func=titles.__getitem__, key=visit.key(name))
