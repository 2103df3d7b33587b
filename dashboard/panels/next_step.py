"""What a newcomer is told first: what this is, and the one next step."""

from collections.abc import Collection
from dataclasses import dataclass

from dashboard.run_view.viewed_run import ViewedRun
from dashboard.texts import say
from dashboard.texts.steps import step_name
from lstm_core.data.series import Series
from lstm_core.data.steps import short_step_of
from lstm_core.network.cells import CELLS


def what_it_is(viewed: ViewedRun) -> str:
    """One sentence, also for a network that is yet to be trained."""
    cell, series = viewed.hyperparameters.cell, viewed.series
    if viewed.is_untrained:
        return say(f"next_step.untrained_{cell}", series=what_it_reads(series))
    step = step_name(short_step_of(series.dates))
    return say(f"next_step.is_{cell}", series=what_it_reads(series), step=step)


def what_it_reads(series: Series) -> str:
    """Microsoft's share price, the price of Bitcoin, the column height of tides.csv, a sine with noise."""
    match series.source.kind:
        case "bokeh" | "river":
            return say("series.share_price", company=series.title.partition(",")[0])
        case "yahoo":
            return say("series.price_of", title=series.title)
        case "csv":
            return say("series.column_of", column=series.column, file=series.source.values["file"])
    return say("series.made", title=series.title[:1].lower() + series.title[1:])


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
    what, letter = say(f"stage.{watched}_name"), say(f"stage.{watched}_symbol")
    steps = (
        Step("train", say("next_step.train", what=what), letter),
        Step("inside", say("next_step.inside", step=step_name(step)), page="inside"),
        Step("compare", say("next_step.compare"), page="compare"),
    )
    return next((each for each in steps if each.name not in taken), None)
