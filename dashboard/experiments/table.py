"""The experiments that the page offers, in the order of their difficulty."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard.experiments import amazon, gap, gaps, long_memory, scratch, sine, stacked, three_ways, variable_length
from dashboard.visit import Visit


@dataclass(frozen=True)
class Experiment:
    """title; introduction: what it is and what to look for; takes: how long; show: its part of the page."""

    title: str
    introduction: str
    takes: str
    show: Callable[[Visit], None]


EXPERIMENTS: Mapping[str, Experiment] = {
    "sine": Experiment(
        "Sine",
        "An LSTM of 100 units learns `numpy.sin` and then goes on alone, each forecast being its next input. "
        "**Stateful** training carries the hidden states from chunk to chunk and cuts the gradient between them; "
        "the **windowed** kind begins each window from zero. **Look for** the moment when its own forecast stays "
        "in phase for three periods, and in the lanes for the boundaries: one row goes on, the other begins anew.",
        "about 5 s",
        sine.show,
    ),
    "three_ways": Experiment(
        "One LSTM, three ways",
        "The same weights in `torch.nn.LSTM`, in a loop over `nn.LSTMCell`, and in our own equations. **Look "
        "for** equal outputs and gradients, and for what a loop in Python costs.",
        "about 2 s",
        three_ways.show,
    ),
    "variable_length": Experiment(
        "First model: sequences of different lengths",
        "Fifty units and one output learn the mean of a sequence from packed batches of lengths 1 to 20; then the same "
        "sequences go through one by one, padded, packed and masked. **Look for** the padded way: it answers the mean "
        "with the zeros counted in, while packed and masked answer as one by one.",
        "about 5 s",
        variable_length.show,
    ),
    "gap": Experiment(
        "Vanishing and exploding gradients",
        "The first value is +1 or −1; then comes noise, and at the end the network has to say which it was. "
        "**Look for** the gap at which the plain RNN is no better than chance while LSTM and GRU remember, and "
        "for the gradient that reaches the first timestep. **Try** a bias of 0, and a gap of 20 against 200.",
        "about 20 s at a gap of 100, a minute at 200",
        gap.show,
    ),
    "gaps": Experiment(
        "Accuracy against the gap",
        "The same task at gaps of 20, 50, 100 and 200, for each cell. **Look for** where each line falls to chance.",
        "about a minute",
        gaps.show,
    ),
    "long_memory": Experiment(
        "Long memory: the adding problem",
        "Two of many numbers are marked; the network has to say their sum (Hochreiter and Schmidhuber 1997). "
        "Always saying 1 is the naive answer. **Look for** LSTM and GRU leaving it behind while the RNN stays.",
        "about 10 s at length 50, half a minute at 100",
        long_memory.show,
    ),
    "amazon": Experiment(
        "Amazon",
        "The tutorials' task: daily closes of AMZN, windows of 60 days, an LSTM. The prices come from Yahoo where it "
        "answers, else from a sample. **Look for** the verdict over the test part: the curve hugs the price, and so "
        "does yesterday's price. **Try** the tutorial's way: it predicts the price itself, from prices.",
        "about 5 s, the tutorial's way 10 to 20 s",
        amazon.show,
    ),
    "stacked": Experiment(
        "Stacked, with dropout",
        "Two layers of 128 units on Microsoft's prices, with dropout 0.2 between the layers and after the last, Adam, "
        "mean squared error. **Look for** the second layer's lanes on the stage (choose the layer below it): for their "
        "range they change less from day to day than the first one's.",
        "about 10 s",
        stacked.show,
    ),
    "scratch": Experiment(
        "From scratch: twelve scalars",
        "One unit by hand: companies A and B differ on day one alone. **Look for** the loss falling below 0.01, A"
        " near 0 and B near 1 after 500 epochs.",
        "about a second",
        scratch.show,
    ),
}
