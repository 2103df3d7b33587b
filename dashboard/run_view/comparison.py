"""Contenders -> the comparison that the page's picture shows, as far as workers have answered."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any

from dashboard.components.compare import Column, Comparison, Judged
from dashboard.run_view import stage_content, verdict, viewing
from dashboard.run_view.contenders import Contender
from dashboard.run_view.films import find_film
from dashboard.session.browser_tab import BrowserTab
from lstm_core.network.size import parameter_count
from lstm_core.runs.thinning import thinned
from lstm_core.training.windows import Windows, windows_of
from lstm_core.work.judging import Judgement, Predictions
from lstm_core.work.snapshots import Film

_FILM_BYTES = 8 * 2**20


@dataclass(frozen=True, eq=False)
class Compared:
    """comparison; problem: a sentence, where a worker could not answer; is_changing: something new may come."""

    comparison: Comparison
    problem: str
    is_changing: bool


def compared(tab: BrowserTab, contenders: Sequence[Contender], ages: Mapping[str, float]) -> Compared:
    """``ages``: contender's id -> the epoch looked at, where a person chose one."""
    windows = _windows(contenders)
    end = shared_end(tab, contenders)
    futures: list[Future[Any]] = []
    films = [_take(find_film(tab, each.viewed, each.job, end), futures) for each in contenders]
    judgements = [_take(viewing.find_judgement(tab, each.viewed, _age(each, ages)), futures) for each in contenders]
    bound = max((film.cell_state_bound for film in films if film), default=1.0)
    judged = _all_judged(windows, judgements)
    columns = [_column(*each, bound) for each in zip(contenders, windows, films, judged, strict=True)]
    return Compared(
        Comparison(chart=stage_content.chart(contenders[0].viewed.series, windows[0]), columns=columns),
        problem=" ".join(filter(None, map(viewing.sentence, futures))),
        is_changing=any(not each.done() for each in futures) or not all(each.viewed.is_still for each in contenders),
    )


def shared_end(tab: BrowserTab, contenders: Sequence[Contender]) -> int:
    """The day on which everybody's window ends: the one picked, else the one that the first was trained with."""
    picked = viewing.window_end(tab, _windows(contenders)[0], contenders[0].viewed, contenders[0].job)
    return max(picked, earliest_end(contenders))


def earliest_end(contenders: Sequence[Contender]) -> int:
    """The first day on which a window of each of them can end."""
    return max(each.first_end for each in _windows(contenders))


def watch(tab: BrowserTab, contenders: Sequence[Contender], end: int) -> None:
    """Look at the window that ends on day ``end`` from now on, those that train too."""
    tab.change(window=end)
    for each in contenders:
        if each.job is not None:
            tab.watch(each.job.id, end)


def _take(found: tuple[Any, Future[Any] | None], futures: list[Future[Any]]) -> Any:
    answer, future = found
    if future is not None:
        futures.append(future)
    return answer


def _age(contender: Contender, ages: Mapping[str, float]) -> float:
    wanted = ages.get(contender.id, contender.opens_on)
    viewed = contender.viewed
    return wanted if wanted is not None and wanted in viewed.kept else viewed.epoch


def _windows(contenders: Sequence[Contender]) -> list[Windows]:
    return [windows_of(each.viewed.series, each.viewed.hyperparameters) for each in contenders]


def _column(contender: Contender, windows: Windows, film: Film | None, judged: Judged | None, bound: float) -> Column:
    """One colour bound of c for all: the same colour is the same number in every column."""
    viewed = contender.viewed
    return Column(
        id=contender.id,
        name=contender.name,
        cell=viewed.hyperparameters.cell,
        film=film and stage_content.film_of(viewed, windows, _that_travels(film, viewed.epoch), bound),
        epoch=contender.opens_on,
        losses=stage_content.losses(viewed) if len(viewed.epochs) else None,
        seconds=viewed.seconds,
        parameters=parameter_count(viewed.hyperparameters),
        planned=viewed.hyperparameters.epochs,
        judged=judged,
        status=stage_content.status(viewed),
    )


def _that_travels(film: Film, judged: float) -> Film:
    """Several films travel at once: large networks show fewer of their ages, the judged one among them."""
    size = sum(values.nbytes for values in film.snapshots[0].trace.activations.values())
    kept = set(thinned((each.epoch for each in film.snapshots), _FILM_BYTES // size, keep=(judged,)))
    return replace(film, snapshots=tuple(each for each in film.snapshots if each.epoch in kept))


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
    tested = mine.against(first, windows)
    return "" if tested is None else verdict.in_short(tested)


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
