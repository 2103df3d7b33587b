"""The words of the page around the stage; the stage's own labels are in `dashboard.components.words`."""

from collections.abc import Mapping

import numpy as np

from dashboard.components.words import WORDS
from dashboard.run_view.viewed_run import ViewedRun
from dashboard.texts.ages import age
from lstm_core.data.series import Series
from lstm_core.data.steps import step_of
from lstm_core.formatting import count, date, number, percent, seconds
from lstm_core.jobs import JobState

TAGLINE = "Watch an LSTM learn, gate by gate"

FIELDS: Mapping[str, str] = {
    "cell": "Cell",
    "hidden_size": "Hidden units",
    "num_layers": "Layers",
    "dropout": "Dropout between layers",
    "output_dropout": "Dropout before the head",
    "forget_bias": "Forget bias at the start",
    "window_length": "Window",
    "inputs": "The network sees",
    "target": "and predicts",
    "epochs": "Epochs",
    "learning_rate": "Learning rate",
    "batch_size": "Batch size",
    "optimizer": "Optimizer",
    "weight_decay": "Weight decay",
    "loss": "Loss",
    "loss_on": "Loss on",
    "burn_in": "Burn-in",
    "stride": "Stride of training windows",
    "gradient_clip": "Gradient clip",
    "patience": "Patience",
    "seed": "Seed",
    "train_fraction": "Training share",
    "validation_fraction": "Validation share",
    "device": "Device",
}

DATA_FIELDS: Mapping[str, str] = {
    "source": "Source",
    "sample": "Series",
    "synthetic": "Series",
    "length": "Length",
    "noise": "Noise",
    "series_seed": "Seed of the noise",
    "ticker": "Ticker",
    "start": "From",
    "end": "To",
    "horizon": "Forecast",
}

CHOICES: Mapping[str, str] = {
    "log_return": "log return",
    "level": "level",
    "relative": "change since window start",
    "every_step": "every step",
    "last_step": "last step",
    "mse": "mean squared error",
    "huber": "Huber",
    "adam": "Adam",
    "adamw": "AdamW",
    "cpu": "CPU",
    "cuda": "CUDA",
}

AUTO: Mapping[str, str] = {
    "inputs": "what suits the series",
    "target": "what suits the series",
    "device": "CUDA where there is one",
}

SOURCES: Mapping[str, str] = {
    "sample": "Sample",
    "synthetic": "Waves",
    "yahoo": "Yahoo",
    "csv": "CSV",
}

PRESETS: Mapping[str, str] = {
    "tiny": "Tiny: 8 units, readable",
    "default": "Default: 32 units",
    "large": "Large: 2 layers of 128 units",
}

STATES: Mapping[str, str] = {
    "queued": "Waiting for a worker",
    "training": "Training",
    "pausing": "Pausing",
    "paused": "Paused",
    "finished": "Finished",
    "stopped_early": "Stopped early",
    "stopped": "Stopped",
    "diverged": "Diverged",
    "failed": "Failed",
}

BEGINNING = "The first epoch is under way; naive is drawn already."
IN_LINE = "Untrained: epoch 0. The first epoch waits for its turn; naive is drawn already."
UNTRAINED = "Untrained: epoch 0, the network as its seed makes it; naive is drawn beside it."
INTERRUPTED = "Paused during the first epoch: nothing is measured yet; naive is drawn already."
NEVER_BEGUN = "It ended before its first epoch was done: there is nothing to hold against naive."
ONE_EPOCH = "Train for one epoch, then pause."
PAUSE = "Stand still for now; Resume goes on from there."
STOP = "End this run for good and keep what it learnt."
RESET = "Back to the same initial weights, before the first epoch."
GUEST = "You are looking at somebody's training; it changes as they train it."
GO_ON = "Go on from here"
GO_ON_HELP = "Train on in a copy of your own, from the newest epoch; the training that you look at stays as it is."
NO_LONGER_KEPT = "The run in the link is no longer kept. Press Train to run these settings again."
TRAIN = "Trains a new network with the fields' values; it replaces the run on show."
PAGES = "Pages"
LETTERS: Mapping[str, str] = {"usual": "Large letters, for a projector", "large": "Letters of the usual size"}
MORE_SETTINGS = "More settings"
ABOUT_DATA = "About these data"
TRAINED_OTHERWISE = "The network on show was trained with other values."
USE_SETTINGS = "Use its settings"
RETRY = "Retry"
YAHOO_TERMS = "Yahoo's data are for personal, research and educational use."
SHOW_CODE = "Show code"
NO_KERAS = "Keras has no layer of this kind, so the archive holds the PyTorch script alone."
DOWNLOAD_CODE = "Code, weights and last values (zip)"
WORKING = "Reading what the network has learnt …"

EXPERIMENTS = "Experiments"  # the page, and on a phone the word that opens its sidebar
THE_CELL = "The cell"
WINDOW = "Window"
FETCHING = "Fetching a trained network and what it reads …"
FETCHING_LANES = "Fetching the lanes of these sequences …"


def show_code(cell: str, epoch: float) -> str:
    return (
        f"This {cell} ({age(epoch)}) in your own code: each script builds the same network, loads the weights and "
        "prints the next forecast beside the naive one."
    )


def extent(series: Series) -> str:
    """3,270 trading days, 1 Mar 2000 to 1 Mar 2013."""
    first, last = (date(moment) for moment in series.dates[[0, -1]])
    return f"{count(len(series), step_of(series.dates))}, {first} to {last}."


def source(said: str) -> str:
    return f"Source: {said}."


def no_observation(asked: np.datetime64, taken: np.datetime64) -> str:
    """A date without an observation, such as a Saturday, stands for the last one before it. The stage says it too."""
    return WORDS["no_observation"].format(asked=date(asked), taken=date(taken))


def choice(name: str, value: str) -> str:
    """One of the values that the hyperparameter ``name`` can take; a cell's name is its label."""
    return AUTO[name] if value == "auto" else CHOICES.get(value, value)


def at_most(longest: int, horizon: int) -> str:
    """Said before training, beside the field."""
    cut = "; the forecast ends there" if horizon > longest else ""
    return f"At most {longest} for this series{cut}."


def still_here(title: str) -> str:
    return f"Until another series is here, training uses {title}."


def learning(validation: np.ndarray, naive_loss: float) -> str:
    """While it trains: where the newest validation loss stands beside naive's."""
    validation_loss = validation[-1]
    if not naive_loss:
        return f"Validation loss {number(validation_loss, 4)}; naive makes no error on this series."
    share = validation_loss / naive_loss - 1
    side = "worse" if share > 0 else "better"
    so_far = f"{percent(abs(share))} {side} than naive so far"
    losses = f"Validation loss {number(validation_loss, 4)}, naive {number(naive_loss, 4)}"
    return f"{losses}: {so_far}; the test comes at the end."


def progress(state: JobState, epoch: int, planned: int, seconds_left: float | None, place: int | None) -> str:
    """One line: how far, how long still, and how many go first."""
    parts = [f"{STATES[state]}: epoch {epoch} of {planned}"]
    if state.runs and seconds_left is not None:
        parts.append(f"{seconds(seconds_left)} left")
    if state is JobState.QUEUED and place:
        parts.append({1: "next in line", 2: "1 goes first"}.get(place, f"{place - 1} go first"))
    return ", ".join(parts)


def takes(cases: Mapping[str, float]) -> str:
    """How long something takes, case by case; a case without a name is the only one."""
    told = (f"{seconds(time)} {case}".rstrip() for case, time in cases.items())
    return f"Takes {', '.join(told)}, where two cores have nothing else to do."


def on_show(name: str, value: object) -> str:
    """Beside the field of the hyperparameter ``name`` that says otherwise."""
    return f"◆ on show: {_value(name, value)}"


def on_show_unseen(number: int) -> str:
    """Beside fields that are closed away."""
    return f"◆ {number} differ{'s' if number == 1 else ''}"


def differing(number: int) -> str:
    """How many fields say otherwise, beside the word Settings."""
    return f" ◆ {number}" if number else ""


def not_trained(elsewhere: str) -> str:
    """Over a series that no network has learnt yet; ``elsewhere``: what the one on show still trains on."""
    goes_on = f" The training on {elsewhere} goes on: choose that series to see it." if elsewhere else ""
    return f"Not trained yet: press Train.{goes_on}"


def setting(name: str, value: object) -> str:
    """One setting in a name: seed 3."""
    return f"{FIELDS[name].lower()} {_value(name, value)}"


def run_title(viewed: ViewedRun) -> str:
    settings = viewed.hyperparameters
    told = (setting(name, getattr(settings, name)) for name in ("hidden_size", "seed"))
    return ", ".join([viewed.series.title, settings.cell, *told])


def _value(name: str, value: object) -> str:
    if isinstance(value, tuple):
        return " + ".join(choice(name, str(each)) for each in value)
    return f"{value:g}" if isinstance(value, float) else choice(name, str(value))


def fetching(steps: str, title: str) -> str:
    """While the picture is on its way: `steps` of a window ("60 days")."""
    return f"Fetching {steps} of {title} and a trained network …"
