"""Verdicts in words: is the network better than naive, and could chance have done it? One file for every page."""

from math import isfinite

from dashboard.run_view.viewed_run import ViewedRun
from dashboard.texts import page as words
from dashboard.texts.ages import age
from dashboard.texts.sentences import say
from lstm_core import formatting
from lstm_core.data.steps import last_value_of, short_step_of
from lstm_core.forecasting.evaluation import NETWORK, Evaluation
from lstm_core.forecasting.significance import Answer, DieboldMariano
from lstm_core.jobs import JobState
from lstm_core.work.judging import Judgement

_TOO_SMALL = 0.0005  # what rounds to 0.0 %
_SHORT = {
    "too_few": "too few to tell",
    "unknown": "cannot be told",
    "same": "no difference",
    "chance": "may be chance",
    "more_than_chance": "more than chance",
}
_TOO_LITTLE = "too little to matter"
_BY_HAND_SHORT = "epoch chosen by hand"
_BY_HAND = "This epoch was chosen by hand, after seeing the test part, so its score proves nothing."
_PAUSED = "Training is paused here: once it ends, the epoch of the lowest validation loss is judged."
_UNTRAINED = "No epoch of training had a lower validation loss, so the untrained network was kept."


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
        return "naive is always right" if _is_flat(evaluation) else "cannot be judged"
    is_by_hand = _is_by_hand(viewed, judgement.epoch)
    return f"{_share(evaluation, 'naive')}: {_BY_HAND_SHORT if is_by_hand else how_sure(evaluation)}"


def how_sure(evaluation: Evaluation) -> str:
    """Could chance have done it? In three words."""
    return _TOO_LITTLE if _is_little(evaluation) else in_short(evaluation.diebold_mariano)


def in_short(tested: DieboldMariano) -> str:
    return _SHORT[tested.kind]


def headline(viewed: ViewedRun, judgement: Judgement | None) -> str:
    """The best that can be said so far, always against naive."""
    if judgement is not None:
        return verdict(viewed, judgement)
    is_learning = len(viewed.validation) > 0
    return words.learning(viewed.validation, viewed.naive_loss) if is_learning else _before_the_first_epoch(viewed)


def _before_the_first_epoch(viewed: ViewedRun) -> str:
    if viewed.state is JobState.QUEUED:
        return words.IN_LINE
    if not viewed.is_still:
        return words.BEGINNING
    if viewed.state is not JobState.PAUSED:
        return words.NEVER_BEGUN
    return words.INTERRUPTED if viewed.epoch else words.UNTRAINED


def chance(viewed: ViewedRun, evaluation: Evaluation) -> str:
    """Could chance have done it? Nothing where there is no number to ask about."""
    tested = evaluation.diebold_mariano
    if not isfinite(evaluation.skill):
        return ""
    if _is_little(evaluation):
        return f"What is left, {formatting.number(abs(tested.statistic), 1)} standard errors, is {_TOO_LITTLE}."
    return say(tested.sentence(_step(viewed)))


def direction(viewed: ViewedRun, evaluation: Evaluation) -> str:
    """The hit rate beside what anybody reaches who always says the same."""
    right = evaluation.metrics[NETWORK].direction
    majority, steps = formatting.percent(evaluation.majority), f"test {_step(viewed)}s"
    if right is None:
        return f"Always saying the commoner direction is right on {majority} of the {steps}."
    hits = f"Right about up or down on {formatting.percent(right)} of the {steps}"
    return f"{hits}; always saying the commoner one: {majority}."


def _compared(viewed: ViewedRun, judgement: Judgement) -> str:
    evaluation, unit = judgement.evaluation, formatting.unit_of(viewed.series.unit, viewed.series.values)
    network, naive = formatting.errors((evaluation.metrics[NETWORK].rmse, evaluation.metrics["naive"].rmse), unit)
    which = age(judgement.epoch) + ("" if judgement.epoch else ", untrained")
    what = last_value_of(_step(viewed), "price") if unit.is_money else "the last value"
    tested = formatting.count(evaluation.days, f"test {_step(viewed)}")
    over = f"Over {tested} this {viewed.hyperparameters.cell} ({which}, one seed)"
    if _is_flat(evaluation):
        return f"{over} is off by {network}; repeating {what} is right on each of them, which nothing can beat."
    if not isfinite(evaluation.skill):
        return f"{over} cannot be judged: on some of them its forecast is no number."
    return f"{over} is {_share(evaluation, f'repeating {what}')}: RMSE {network} against {naive}."


def _step(viewed: ViewedRun) -> str:
    return short_step_of(viewed.series.dates)


def _share(evaluation: Evaluation, rival: str) -> str:
    """0.4 % worse than RIVAL."""
    share = abs(evaluation.skill)
    if share < _TOO_SMALL:
        return f"as good as {rival}"
    return f"{formatting.percent(share)} {'better' if evaluation.skill > 0 else 'worse'} than {rival}"


def _choice(viewed: ViewedRun, epoch: float) -> str:
    if _is_by_hand(viewed, epoch):
        return _BY_HAND
    if not len(viewed.epochs):
        return ""
    if viewed.state is JobState.PAUSED:
        return _PAUSED
    return "" if epoch else _UNTRAINED


def _is_by_hand(viewed: ViewedRun, epoch: float) -> bool:
    return epoch != viewed.epoch


def _is_little(evaluation: Evaluation) -> bool:
    """More than chance, and yet it rounds to nothing."""
    return abs(evaluation.skill) < _TOO_SMALL and evaluation.diebold_mariano.kind is Answer.MORE_THAN_CHANCE


def _is_flat(evaluation: Evaluation) -> bool:
    return evaluation.metrics["naive"].rmse == 0
