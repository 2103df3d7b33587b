"""Verdicts in words: is the network better than naive, and could chance have done it? One file for every page."""

from math import isfinite

from dashboard.run_view.viewed_run import ViewedRun
from dashboard.texts import say
from dashboard.texts.ages import age
from dashboard.texts.sentences import sentence_of
from dashboard.texts.steps import step_name, steps_name, test_steps
from dashboard.texts.training import learning
from lstm_core import formatting
from lstm_core.data.steps import short_step_of
from lstm_core.forecasting.evaluation import NETWORK, Evaluation
from lstm_core.forecasting.significance import Answer, DieboldMariano
from lstm_core.jobs import JobState
from lstm_core.work.judging import Judgement

_TOO_SMALL = 0.0005  # what rounds to 0.0 %


def verdict(viewed: ViewedRun, judgement: Judgement) -> str:
    """All that can be said in sentences: how good, could chance have done it, and how the epoch was chosen."""
    return " ".join(sentences(viewed, judgement))


def sentences(viewed: ViewedRun, judgement: Judgement) -> tuple[str, ...]:
    """The first says how good it is."""
    evaluation = judgement.evaluation
    said = (_compared(viewed, judgement), chance(viewed, evaluation), _choice(viewed, judgement.epoch))
    return tuple(filter(None, said))


def short(viewed: ViewedRun, judgement: Judgement) -> str:
    """For a heading or a row: "0.4 % worse than naive: may be chance"."""
    evaluation = judgement.evaluation
    if not isfinite(evaluation.skill):
        return say("verdict.short_flat" if _is_flat(evaluation) else "verdict.short_no_number")
    sure = say("verdict.sure_by_hand") if _is_by_hand(viewed, judgement.epoch) else how_sure(evaluation)
    return say(f"verdict.short_{_side(evaluation)}", share=formatting.percent(abs(evaluation.skill)), sure=sure)


def how_sure(evaluation: Evaluation) -> str:
    """Could chance have done it? In three words."""
    return say("verdict.sure_little") if _is_little(evaluation) else in_short(evaluation.diebold_mariano)


def in_short(tested: DieboldMariano) -> str:
    return say(f"verdict.sure_{tested.kind}")


def headline(viewed: ViewedRun, judgement: Judgement | None) -> str:
    """The best that can be said so far, always against naive."""
    if judgement is not None:
        return verdict(viewed, judgement)
    is_learning = len(viewed.validation) > 0
    return learning(viewed.validation, viewed.naive_loss) if is_learning else _before_the_first_epoch(viewed)


def _before_the_first_epoch(viewed: ViewedRun) -> str:
    if viewed.state is JobState.QUEUED:
        return say("training.in_line")
    if not viewed.is_still:
        return say("training.beginning")
    if viewed.state is not JobState.PAUSED:
        return say("training.never_begun")
    return say("training.interrupted" if viewed.epoch else "training.untrained")


def chance(viewed: ViewedRun, evaluation: Evaluation) -> str:
    """Could chance have done it? Nothing where there is no number to ask about."""
    tested = evaluation.diebold_mariano
    if not isfinite(evaluation.skill):
        return ""
    if _is_little(evaluation):
        return say("verdict.little", size=formatting.number(abs(tested.statistic), 1))
    return sentence_of(tested.sentence(_step(viewed)))


def direction(viewed: ViewedRun, evaluation: Evaluation) -> str:
    """The hit rate beside what anybody reaches who always says the same."""
    right = evaluation.metrics[NETWORK].direction
    told = {"majority": formatting.percent(evaluation.majority), "steps": steps_name(_step(viewed))}
    if right is None:
        return say("verdict.direction_none", **told)
    return say("verdict.direction", right=formatting.percent(right), **told)


def _compared(viewed: ViewedRun, judgement: Judgement) -> str:
    evaluation, unit = judgement.evaluation, formatting.unit_of(viewed.series.unit, viewed.series.values)
    network, naive = formatting.errors((evaluation.metrics[NETWORK].rmse, evaluation.metrics["naive"].rmse), unit)
    told = {
        "how_many": test_steps(evaluation.days, _step(viewed)),
        "cell": viewed.hyperparameters.cell,
        "age": age(judgement.epoch) if judgement.epoch else say("verdict.age_untrained", age=age(judgement.epoch)),
        "share": formatting.percent(abs(evaluation.skill)),
        "what": _last_value(_step(viewed), is_price=unit.is_money),
        "network": network,
        "naive": naive,
    }
    if _is_flat(evaluation):
        return say("verdict.compared_flat", **told)
    side = _side(evaluation) if isfinite(evaluation.skill) else "no_number"
    return say(f"verdict.compared_{side}", **told)


def _last_value(step: str, is_price: bool) -> str:
    """What a naive forecast repeats."""
    if not is_price:
        return say("verdict.last_value")
    if step in ("day", "step"):
        return say(f"verdict.last_price_{step}")
    return say("verdict.last_price", step=step_name(step))


def _step(viewed: ViewedRun) -> str:
    return short_step_of(viewed.series.dates)


def _side(evaluation: Evaluation) -> str:
    """Of naive: better, worse or equal."""
    if abs(evaluation.skill) < _TOO_SMALL:
        return "equal"
    return "better" if evaluation.skill > 0 else "worse"


def _choice(viewed: ViewedRun, epoch: float) -> str:
    if _is_by_hand(viewed, epoch):
        return say("verdict.by_hand")
    if not len(viewed.epochs):
        return ""
    if viewed.state is JobState.PAUSED:
        return say("verdict.paused")
    return "" if epoch else say("verdict.untrained")


def _is_by_hand(viewed: ViewedRun, epoch: float) -> bool:
    return epoch != viewed.epoch


def _is_little(evaluation: Evaluation) -> bool:
    """More than chance, and yet it rounds to nothing."""
    return abs(evaluation.skill) < _TOO_SMALL and evaluation.diebold_mariano.kind is Answer.MORE_THAN_CHANCE


def _is_flat(evaluation: Evaluation) -> bool:
    return evaluation.metrics["naive"].rmse == 0
