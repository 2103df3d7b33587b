"""Contenders -> the comparison that the page's picture shows, as far as workers have answered."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from dashboard.components.compare import Column, Comparison, Judged
from dashboard.run_view import looks, scenes, verdict
from dashboard.run_view.contenders import Contender
from dashboard.run_view.films import find_film
from dashboard.session.visit import Visit
from lstm_core.forecasting.significance import diebold_mariano
from lstm_core.network.size import parameter_count
from lstm_core.runs.thinning import thinned
from lstm_core.training.windows import Windows, windows_of
from lstm_core.work.judging import Judgement, Predictions
from lstm_core.work.pictures import Film

_FILM_BYTES = 8 * 2**20


@dataclass(frozen=True, eq=False)
class Compared:
    """comparison; problem: a sentence, where a worker could not answer; is_changing: something new may come."""

    comparison: Comparison
    problem: str
    is_changing: bool


def compared(visit: Visit, contenders: Sequence[Contender], ages: Mapping[str, float]) -> Compared:
    """``ages``: contender's id -> the epoch looked at, where a person chose one."""
    windows = _windows(contenders)
    end = shared_end(visit, contenders)
    owed: list[Future[Any]] = []
    films = [_take(find_film(visit, each.subject, each.job, end), owed) for each in contenders]
    judgements = [_take(looks.find_judgement(visit, each.subject, _age(each, ages)), owed) for each in contenders]
    bound = max((film.cell_state_bound for film in films if film), default=1.0)
    judged = _all_judged(windows, judgements)
    columns = [_column(*each, bound) for each in zip(contenders, windows, films, judged, strict=True)]
    return Compared(
        Comparison(chart=scenes.chart(contenders[0].subject.series, windows[0]), columns=columns),
        problem=" ".join(filter(None, map(looks.sentence, owed))),
        is_changing=any(not each.done() for each in owed) or not all(each.subject.is_still for each in contenders),
    )


def shared_end(visit: Visit, contenders: Sequence[Contender]) -> int:
    """The day on which everybody's window ends: the one picked, else the one that the first was trained with."""
    picked = looks.window_end(visit, _windows(contenders)[0], contenders[0].subject, contenders[0].job)
    return max(picked, earliest_end(contenders))


def earliest_end(contenders: Sequence[Contender]) -> int:
    """The first day on which a window of each of them can end."""
    return max(each.first_end for each in _windows(contenders))


def watch(visit: Visit, contenders: Sequence[Contender], end: int) -> None:
    """Look at the window that ends on day ``end`` from now on, those that train too."""
    visit.change(window=end)
    for each in contenders:
        if each.job is not None:
            visit.watch(each.job.id, end)


def _take(found: tuple[Any, Future[Any] | None], owed: list[Future[Any]]) -> Any:
    answer, future = found
    if future is not None:
        owed.append(future)
    return answer


def _age(contender: Contender, ages: Mapping[str, float]) -> float:
    wanted = ages.get(contender.id, contender.opens_on)
    subject = contender.subject
    return wanted if wanted is not None and wanted in subject.kept else subject.epoch


def _windows(contenders: Sequence[Contender]) -> list[Windows]:
    return [windows_of(each.subject.series, each.subject.hyperparameters) for each in contenders]


def _column(contender: Contender, windows: Windows, film: Film | None, judged: Judged | None, bound: float) -> Column:
    """One colour bound of c for all: the same colour is the same number in every column."""
    subject = contender.subject
    return Column(
        id=contender.id,
        name=contender.name,
        cell=subject.hyperparameters.cell,
        film=film and scenes.film_of(subject, windows, _that_travels(film, subject.epoch), bound),
        epoch=contender.opens_on,
        losses=scenes.losses(subject) if len(subject.epochs) else None,
        seconds=subject.seconds,
        parameters=parameter_count(subject.hyperparameters),
        planned=subject.hyperparameters.epochs,
        judged=judged,
        status=scenes.status(subject),
    )


def _that_travels(film: Film, judged: float) -> Film:
    """Several films travel at once: large networks show fewer of their ages, the judged one among them."""
    size = sum(values.nbytes for values in film.pictures[0].trace.activations.values())
    kept = set(thinned((each.epoch for each in film.pictures), _FILM_BYTES // size, keep=(judged,)))
    return replace(film, pictures=tuple(each for each in film.pictures if each.epoch in kept))


def _all_judged(windows: Sequence[Windows], judgements: Sequence[Judgement | None]) -> list[Judged | None]:
    """Each against naive, and all but the first against the first."""
    if not judgements[0]:
        return [each and _judged(each) for each in judgements]
    first = judgements[0].predictions
    others = zip(windows[1:], judgements[1:], strict=True)
    return [
        _judged(judgements[0]),
        *(each and _judged(each, _against(own, each.predictions, first)) for own, each in others),
    ]


def _against(windows: Windows, mine: Predictions, first: Predictions) -> str:
    """Could chance have made two networks differ? Nothing where they are not judged on the same days."""
    days = windows.ends("test") + 1
    mine, first = mine.within(days), first.within(days)
    if not np.array_equal(mine.days, first.days):
        return ""
    return verdict.in_short(diebold_mariano(windows.values[mine.days], mine.values, first.values))


def _judged(judgement: Judgement, sure_first: str = "") -> Judged:
    told = judgement.evaluation
    return Judged(
        epoch=judgement.epoch,
        days=told.days,
        rmse=told.metrics["network"].rmse,
        naive=told.metrics["naive"].rmse,
        skill=told.skill,
        sure=verdict.how_sure(told),
        sure_first=sure_first,
    )
