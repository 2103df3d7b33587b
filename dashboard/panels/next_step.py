"""What a newcomer is told first: what this is, and the one next step."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from dashboard.components.words import WORDS
from dashboard.run_view.viewed_run import ViewedRun
from lstm_core.data.series import Series
from lstm_core.data.steps import short_step_of
from lstm_core.network.cells import CELLS

_NETWORKS: Mapping[str, str] = {
    "LSTM": "an LSTM, a neural network with a memory",
    "GRU": "a GRU, a neural network with a memory behind two gates",
    "RNN": "a plain RNN, a neural network whose memory nothing guards",
    "PeepholeLSTM": "a peephole LSTM, a neural network with a memory that its gates can see",
}


def what_it_is(viewed: ViewedRun) -> str:
    """One sentence, also for a network that is yet to be trained."""
    cell, series = viewed.hyperparameters.cell, viewed.series
    if viewed.is_untrained:
        return f"This {_NETWORKS[cell].partition(' ')[2]}, has not read {what_it_reads(series)} yet."
    step = short_step_of(series.dates)
    return f"This is {_NETWORKS[cell]}, reading {what_it_reads(series)} one {step} at a time."


def what_it_reads(series: Series) -> str:
    """Microsoft's share price, the price of Bitcoin, the column height of tides.csv, a sine with noise."""
    match series.source.kind:
        case "bokeh" | "river":
            return f"{series.title.partition(',')[0]}'s share price"
        case "yahoo":
            return f"the price of {series.title}"
        case "csv":
            return f"the column {series.column} of {series.source.values['file']}"
    return f"a {series.title[:1].lower()}{series.title[1:]}"


@dataclass(frozen=True)
class Step:
    """What to do next. letter: of the row to watch; page: where it is done, if on another one."""

    name: str
    sentence: str
    letter: str = ""
    page: str = ""


def next_step(cell: str, step: str, taken: Collection[str]) -> Step | None:
    """The first that was not taken in this tab; None where all were. ``step``: of the series ("day")."""
    watched = CELLS[cell].keeps or "hidden_state"
    what, letter = WORDS[f"{watched}_name"], WORDS[f"{watched}_symbol"]
    steps = (
        Step("train", f"Next: press Train and watch the {what}", letter),
        Step("inside", f"Next: Inside the cell, what if one {step} had been another?", page="inside"),
        Step("compare", "Next: Compare, how do two ages of it differ?", page="compare"),
    )
    return next((each for each in steps if each.name not in taken), None)
