"""The sidebar's settings of network and training, every field made from the table of hyperparameters."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.panels.number_fields import decimal, range_of
from dashboard.run_view import viewing
from dashboard.session.browser_tab import BrowserTab
from dashboard.texts import say, sentences
from dashboard.texts.settings import at_most, choice, differing, on_show, on_show_unseen
from dashboard.texts.steps import steps_name
from lstm_core.data.steps import short_step_of
from lstm_core.errors import InvalidArgument
from lstm_core.forecasting.predict import LONGEST_HORIZON
from lstm_core.hyperparameters import RULES, Hyperparameters, Rule

PRESETS: dict[str, dict[str, Any]] = {
    "tiny": {"hidden_size": 8, "num_layers": 1, "window_length": 30, "dropout": 0.0},
    "default": {},
    "large": {"hidden_size": 128, "num_layers": 2, "window_length": 120, "dropout": 0.1, "output_dropout": 0.0},
}
_NETWORK = ("hidden_size", "num_layers", "window_length")
_TRAINING = ("epochs", "seed")
_MORE_NETWORK = ("cell", "inputs", "target", "dropout", "output_dropout", "forget_bias")
_MORE_TRAINING = (
    "learning_rate",
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
_MORE = "more"  # the place of what is told of fields that are closed away
_SLIDERS = {"hidden_size": 128, "num_layers": 4, "window_length": 250, "epochs": 300}
_STEPS = {
    "dropout": 0.05,
    "output_dropout": 0.05,
    "forget_bias": 0.5,
    "learning_rate": 0.001,
    "weight_decay": 0.001,
    "gradient_clip": 0.5,
    "train_fraction": 0.05,
    "validation_fraction": 0.05,
}

Places = Mapping[str, DeltaGenerator]


def settings(tab: BrowserTab) -> tuple[str | None, Places]:
    """The sentence why the settings cannot stand together, if they cannot; and the place of each field."""
    places: dict[str, DeltaGenerator] = {}
    st.header(say("settings.network"), anchor=False)
    values = _fields(tab, _NETWORK, places)
    st.header(say("settings.training"), anchor=False)
    values |= _fields(tab, _TRAINING, places)
    values |= _more(tab, places)
    return _take(tab, values), places


def _more(tab: BrowserTab, places: dict[str, DeltaGenerator]) -> dict[str, Any]:
    """What is seldom chosen, drawn once somebody opens it: closed fields would be drawn anew with every live update."""
    place = st.container(key="field-more", gap=None)
    more = place.expander(say("settings.more"), key="more-settings", on_change="rerun")
    names = (*_MORE_NETWORK, *_MORE_TRAINING)
    if not more.open:
        places[_MORE] = place
        return {name: getattr(tab.state.hyperparameters, name) for name in names}
    with more:
        _presets(tab)
        _horizon(tab)
        return _fields(tab, names, places)


def tell_differences(tab: BrowserTab, places: Places, shown: Mapping[str, Any]) -> None:
    """What the network on show was trained with, beside each field that says otherwise; one click takes it over."""
    st.html(f"<style>:root {{ --gs-differing: '{differing(len(shown))}'; }}</style>")
    for name in shown.keys() & places.keys():
        places[name].html(f'<span class="on-show">{on_show(name, shown[name])}</span>')
    unseen = len(shown.keys() - places.keys())
    if unseen:
        places[_MORE].html(f'<span class="on-show">{on_show_unseen(unseen)}</span>')
    if not shown:
        return
    with st.container(key="use-settings", gap=None):
        st.html(f'<p><span class="on-show">◆</span> {say("settings.trained_otherwise")}</p>')
        st.button(say("settings.use"), type="tertiary", on_click=tab.take_settings, args=(dict(shown),))


def _take(tab: BrowserTab, values: dict[str, Any]) -> str | None:
    preset = _preset_values(tab, values)
    try:
        tab.change(hyperparameters=Hyperparameters.from_dict(values | preset))
    except InvalidArgument as error:
        return sentences.refusal(error)
    if preset:
        tab.fields.generation += 1
        st.rerun()
    return None


def _presets(tab: BrowserTab) -> None:
    with st.container(horizontal=True, gap="small"):
        for name in PRESETS:
            st.button(
                say(f"settings.preset_{name}"),
                key=f"preset-{name}",
                help=say(f"settings.preset_{name}_help"),
                on_click=tab.fields.request,
                args=(name,),
            )


def _preset_values(tab: BrowserTab, values: dict[str, Any]) -> dict[str, Any]:
    """The size of the preset whose button was pressed; a burn-in that does not fit into its window goes."""
    asked = next((changes for name, changes in PRESETS.items() if tab.fields.is_requested(name)), None)
    if asked is None:
        return {}
    usual = Hyperparameters()
    sized = {name: getattr(usual, name) for name in PRESETS["large"]} | asked
    fits = values["burn_in"] < sized["window_length"]
    return sized if fits else sized | {"burn_in": usual.burn_in}


def _horizon(tab: BrowserTab) -> None:
    horizon = st.number_input(
        say("settings.horizon_in_steps", field=say("fields.horizon"), steps=_steps(tab)),
        **range_of("horizon"),
        value=tab.state.horizon,
        help=say("settings.horizon_help"),
        key=tab.fields.key("horizon"),
    )
    tab.change(horizon=int(horizon))
    longest = viewing.longest_horizon(tab)
    if longest is not None and longest < LONGEST_HORIZON:
        st.caption(at_most(longest, horizon=int(horizon)))


def _fields(tab: BrowserTab, names: Iterable[str], places: dict[str, DeltaGenerator]) -> dict[str, Any]:
    values = {}
    for name in names:
        places[name] = st.container(key=f"field-{name}", gap=None)
        with places[name]:
            values[name] = _field(tab, name)
    return values


def _field(tab: BrowserTab, name: str) -> Any:
    """The widget that suits a hyperparameter's rule, showing the value of the state."""
    rule: Rule = RULES[name]
    value = getattr(tab.state.hyperparameters, name)
    label = say(f"fields.{name}")  # words: *
    if name == "window_length":
        label = say("settings.field_in_steps", field=label, steps=_steps(tab))
    common: dict[str, Any] = {"label": label, "help": rule.help, "key": tab.fields.key(name)}
    if isinstance(value, tuple):
        return _several(name, common, rule, value)
    if rule.choices:
        label_of = partial(choice, name)
        return st.selectbox(index=rule.choices.index(value), options=rule.choices, format_func=label_of, **common)
    if name in _SLIDERS and value <= _SLIDERS[name]:
        return st.slider(min_value=int(rule.low or 0), max_value=_SLIDERS[name], value=value, **common)
    if isinstance(value, int):
        return st.number_input(min_value=int(rule.low), max_value=int(rule.high), value=value, step=1, **common)
    return decimal(
        tab, min_value=float(rule.low), max_value=float(rule.high), value=float(value), step=_STEPS[name], **common
    )


def _several(name: str, common: dict[str, Any], rule: Rule, value: tuple[str, ...]) -> tuple[str, ...]:
    """Nothing chosen means: what suits the series."""
    options = [each for each in rule.choices if each != "auto"]
    chosen = st.multiselect(
        options=options,
        default=[each for each in value if each != "auto"],
        format_func=partial(choice, name),
        placeholder=choice(name, "auto"),
        **common,
    )
    return tuple(chosen) or ("auto",)


def _steps(tab: BrowserTab) -> str:
    """In a label, where room is short, a trading day is a day."""
    return steps_name(short_step_of(tab.search.series.dates) if tab.search.series is not None else "timestep")
