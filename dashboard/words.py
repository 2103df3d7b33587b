"""The words of the page around the stage; the stage's own labels are in `dashboard.stage.words`."""

from collections.abc import Mapping, Sequence

import numpy as np

from dashboard.subject import Subject
from dashboard.timesteps import step_of
from lstm_core.series import Series

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
    "auto": "what suits the series",
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
DOWNLOAD_CODE = "Both scripts, weights and last values (zip)"
WORKING = "Reading what the network has learnt …"

SMALLEST_TITLE = "The smallest LSTM"
SMALLEST_INTRODUCTION = (
    "One LSTM unit reads a company's prices of four days; its last hidden state h is its prediction for day five. "
    "A must give 0, B must give 1, and they differ on day one alone: the unit has to remember it. "
    "**Look for** the day on which the two cell states c part, and the forget gate f that keeps them apart. "
    "**Try** a bias of −20 for f: c is wiped every day and B forgets most of day one; set the four weights on h′ to 0 "
    "as well, and nothing of it is left."
)
SMALLEST_TRAINING = "Training one unit …"
SMALLEST_READ = "Every number below follows from the twelve scalars; click a day to see how."
SMALLEST_NO_ANSWER = "A worker could not train the unit; the server's log tells more. Pressing Train asks again."
SMALLEST_SHARE = (
    "Random scalars do not always learn: with 500 epochs at a rate of 0.1, 95 of the seeds 0 to 99 end within 0.1 of "
    "both targets, the others within 0.12; at a rate of 0.5 only 65 do."
)
SMALLEST_SEED = "Same seed, same random scalars at the start."
SMALLEST_EPOCHS = "Steps of Adam; each sees both companies."
SMALLEST_RATE = "Length of a step of Adam, from 0.01."
SMALLEST_ANOTHER = "Raises the seed by one and trains."
THE_CELL = "The cell"
WINDOW = "Window"
FETCHING = "Fetching a trained network and what it reads …"
FETCHING_COMPARISON = "Fetching one window through each of these networks …"
FETCHING_SMALLEST = "Training one unit, the first time from random scalars …"
FETCHING_LANES = "Fetching the lanes of these sequences …"


TRAIN_ALL_FIRST = "Not trained yet: press Train all."
COMPARISONS: Mapping[str, str] = {
    "ages": "Ages",
    "cells": "Cells",
    "seeds": "Seeds",
    "runs": "Runs",
}
COMPARISON_HELP: Mapping[str, str] = {
    "ages": "The run of the other pages, untrained beside trained; choose any two of its epochs above the lanes. "
    "**Look for** gates that stood still before training and answer each jump after it.",
    "cells": "The same data, window, seed and settings for an LSTM, a GRU and a plain RNN. **Look for** the row of h, "
    "which all three have, and for how little of the error the number of gates changes.",
    "seeds": "The same network from other random weights. **Look for** how different the lanes are and how alike the "
    "errors: a difference between two cells counts only if it is larger than the one between two seeds.",
    "runs": "Runs that were trained in this tab, on the same series with the same window length.",
}
CHOOSE_RUNS = "Choose two to four runs."
ONE_RUN_ONLY = "There is one run only. Train another on the page Watch, on the same series and window length."
EQUAL = (
    "Equal hidden size: an LSTM then has four times the weights of an RNN. Equal parameters: GRU and RNN get more "
    "hidden units, until they learn about as many numbers as the LSTM."
)


def compare_title(what: str) -> str:
    """``what`` all of them read."""
    return f"Compare networks that read {what}" if what else "Compare networks"


def age(epoch: float) -> str:
    """How far a network was trained: "epoch 25", or "during epoch 25" with 24.3 epochs done."""
    return f"epoch {epoch:.0f}" if epoch == int(epoch) else f"during epoch {int(epoch) + 1}"


def count(number: int, what: str) -> str:
    """A number of things, in plural where there is not one."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def percent(share: float) -> str:
    """A share to a tenth of a percent: 0.4 %."""
    return f"{share * 100:.1f} %"


def show_code(cell: str, epoch: float) -> str:
    return (
        f"This {cell} ({age(epoch)}) in your own code: each script builds the same network, loads the weights and "
        "prints the next forecast beside the naive one."
    )


def extent(series: Series) -> str:
    """3,270 trading days, 1 Mar 2000 to 1 Mar 2013."""
    first, last = (day(moment) for moment in series.dates[[0, -1]])
    return f"{count(len(series), step_of(series.dates))}, {first} to {last}."


def source(series: Series) -> str:
    return f"Source: {series.source}."


def no_observation(asked: np.datetime64, taken: np.datetime64) -> str:
    """A date without an observation, such as a Saturday, stands for the last one before it."""
    return f"{day(asked)} has no observation; the last one before it is {day(taken)}."


def choice(value: str) -> str:
    return CHOICES.get(value, value)


def at_most(longest: int, horizon: int) -> str:
    """Said before training, beside the field."""
    cut = "; the forecast ends there" if horizon > longest else ""
    return f"At most {longest} for this series{cut}."


def still_here(title: str) -> str:
    return f"Until another series is here, training uses {title}."


_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def day(moment: np.datetime64) -> str:
    """24 Jul 2009; with the time of day where there is one."""
    when = moment.astype("datetime64[s]").item()
    date = f"{when.day} {_MONTHS[when.month - 1]} {when.year}"
    return f"{date}, {when:%H:%M}" if (when.hour, when.minute) != (0, 0) else date


def money(value: float, unit: str, exactly: bool = False) -> str:
    """A price as the page writes it: $26.86, or a bare number for what has no unit; ``exactly``: four decimals."""
    digits = f"{abs(value):,.2f}" if abs(value) >= 1 and not exactly else f"{abs(value):,.4f}"
    sign = "−" if value < 0 else ""
    return f"{sign}${digits}" if unit == "USD" else f"{sign}{digits}"


def errors(several: Sequence[float], unit: str) -> list[str]:
    """Errors that are compared, with as many decimals each: four where one is small or two would read alike."""
    said = {money(each, unit) for each in several}
    exactly = len(said) < len(several) or any(abs(each) < 1 for each in several)
    return [money(each, unit, exactly) for each in several]


def learning(validation: np.ndarray, naive_loss: float) -> str:
    """While it trains: where the newest validation loss stands beside naive's."""
    validation_loss = validation[-1]
    if not naive_loss:
        return f"Validation loss {validation_loss:.4f}; naive makes no error on this series."
    share = validation_loss / naive_loss - 1
    side = "worse" if share > 0 else "better"
    so_far = f"{percent(abs(share))} {side} than naive so far"
    return f"Validation loss {validation_loss:.4f}, naive {naive_loss:.4f}: {so_far}; the test comes at the end."


def progress(state: str, epoch: int, planned: int, seconds_left: float | None, place: int | None) -> str:
    """One line: how far, how long still, and how many go first."""
    parts = [f"{STATES[state]}: epoch {epoch} of {planned}"]
    if state in ("queued", "training") and seconds_left is not None:
        parts.append(f"{seconds(seconds_left)} left")
    if state == "queued" and place:
        parts.append({1: "next in line", 2: "1 goes first"}.get(place, f"{place - 1} go first"))
    return ", ".join(parts)


def race_progress(states: list[str], seconds_left: float) -> str:
    """One line for several trainings: what they do, and when the last of them will be done."""
    doing = ", ".join(dict.fromkeys(STATES[state] for state in states))
    return f"{doing} · {seconds(seconds_left)} left" if "training" in states and seconds_left else doing


def seconds(value: float) -> str:
    """A duration that nobody needs more exactly."""
    if value < 1:
        return "less than a second"
    return f"about {value:.0f} s" if value < 90 else f"about {value / 60:.0f} min"


def takes(cases: Mapping[str, float]) -> str:
    """How long something takes, case by case; a case without a name is the only one."""
    told = (f"{seconds(time)} {case}".rstrip() for case, time in cases.items())
    return f"Takes {', '.join(told)}, where two cores have nothing else to do."


def on_show(value: object) -> str:
    """Beside a field that says otherwise."""
    return f"◆ on show: {_value(value)}"


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
    return f"{FIELDS[name].lower()} {_value(value)}"


def run_title(subject: Subject) -> str:
    settings = subject.hyperparameters
    told = (setting(name, getattr(settings, name)) for name in ("hidden_size", "seed"))
    return ", ".join([subject.series.title, settings.cell, *told])


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return " + ".join(choice(str(each)) for each in value)
    return f"{value:g}" if isinstance(value, float) else choice(str(value))


def fetching(steps: str, title: str) -> str:
    """While the picture is on its way: `steps` of a window ("60 days")."""
    return f"Fetching {steps} of {title} and a trained network …"
