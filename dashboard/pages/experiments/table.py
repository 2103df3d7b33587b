"""The experiments that the page offers, in the order of their difficulty."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard.pages.experiments import (
    amazon,
    gap,
    gaps,
    long_memory,
    scratch,
    sine,
    stacked,
    three_ways,
    variable_length,
)
from dashboard.session.browser_tab import BrowserTab


@dataclass(frozen=True)
class Experiment:
    """title; introduction: what it is and what to look for; show: its part of the page.

    seconds: how long it takes on two idle cores from the click to the conclusion, by case, the page's default first
    (benchmarks/experiments.py takes the times).
    """

    title: str
    introduction: str
    seconds: Mapping[str, float]
    show: Callable[[BrowserTab], None]


EXPERIMENTS: Mapping[str, Experiment] = {
    "sine": Experiment(
        "Sine",
        "An LSTM of 100 units learns `numpy.sin` and then goes on alone, each forecast being its next input. "
        "**Stateful** training carries the hidden states from chunk to chunk and cuts the gradient between them; "
        "the **windowed** kind begins each window from zero. **Look for** the moment when its own forecast stays "
        "in phase for three periods, and in the lanes for the boundaries: one row goes on, the other begins anew.",
        {"": 14},
        sine.show,
    ),
    "three_ways": Experiment(
        "One LSTM, three ways",
        "The same weights in `torch.nn.LSTM`, in a loop over `nn.LSTMCell`, and in our own equations. **Look "
        "for** equal outputs and gradients, and for what a loop in Python costs.",
        {"": 2},
        three_ways.show,
    ),
    "variable_length": Experiment(
        "First model: sequences of different lengths",
        "Fifty units and one output learn the mean of a sequence from packed batches of lengths 1 to 20; then the same "
        "sequences go through one by one, padded, packed and masked. **Look for** the padded way: it answers the mean "
        "with the zeros counted in, while packed and masked answer as one by one.",
        {"": 18},
        variable_length.show,
    ),
    "gap": Experiment(
        "Vanishing and exploding gradients",
        "The first value is +1 or −1; then comes noise, and at the end the network has to say which it was. "
        "**Look for** the gap at which the plain RNN is no better than chance while LSTM and GRU remember, and "
        "for the gradient that reaches the first timestep. **Try** a bias of 0, and a gap of 20 against 200.",
        {"at a gap of 100": 25, "at a gap of 200": 60},
        gap.show,
    ),
    "gaps": Experiment(
        "Accuracy against the gap",
        "The same task at gaps from 2 to 200, for each cell. **Look for** the gap at which the RNN's line leaves the "
        "others and falls to chance.",
        {"": 70},
        gaps.show,
    ),
    "long_memory": Experiment(
        "Long memory: the adding problem",
        "Two of many numbers are marked; the network has to say their sum (Hochreiter and Schmidhuber 1997). "
        "Always saying 1 is the naive answer. **Look for** LSTM and GRU leaving it behind while the RNN stays.",
        {"at length 50": 30, "at length 100": 60},
        long_memory.show,
    ),
    "amazon": Experiment(
        "Amazon",
        "The tutorials' task: daily closes of AMZN, windows of 60 days, an LSTM. The prices come from Yahoo where it "
        "answers, else from a sample. **Look for** the verdict over the test part: the curve hugs the price, and so "
        "does yesterday's price. **Try** the tutorial's way: it predicts the price itself, from prices.",
        {"Gatescope's way": 3, "the tutorial's way": 15},
        amazon.show,
    ),
    "stacked": Experiment(
        "Stacked, with dropout",
        "Two layers of 128 units on Microsoft's prices, with dropout 0.2 between the layers and after the last, Adam, "
        "mean squared error. **Look for** the second layer's lanes on the stage (choose the layer below it): for their "
        "range they change less from day to day than the first one's.",
        {"": 12},
        stacked.show,
    ),
    "scratch": Experiment(
        "From scratch: twelve scalars",
        "One unit by hand: companies A and B differ on day one alone. **Look for** the loss falling below 0.01, A"
        " near 0 and B near 1 after 500 epochs.",
        {"": 1},
        scratch.show,
    ),
}
