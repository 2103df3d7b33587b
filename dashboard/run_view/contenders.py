"""Who is compared: two to four networks at some age, on one series and one window."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.run_view import viewing
from dashboard.run_view.first_run import FIRST_RUN
from dashboard.run_view.viewed_run import ViewedRun, of_job, of_run, untrained
from dashboard.session.browser_tab import BrowserTab
from dashboard.texts import say
from dashboard.texts.settings import run_title, setting
from lstm_core.hyperparameters import RULES, Resolved
from lstm_core.jobs import Job

_TELLING = tuple(name for name in RULES if name != "cell")


@dataclass(frozen=True, eq=False)
class Contender:
    """A network and the age at which it is first shown (None: the one it stands for); ``id`` tells its place."""

    id: str
    name: str
    viewed: ViewedRun
    job: Job | None = None
    opens_on: float | None = None


def contenders(tab: BrowserTab, chosen: Sequence[str] = (), planned: Sequence[Resolved] = ()) -> tuple[Contender, ...]:
    """What the page compares now. ``chosen`` names the runs where it compares runs; ``planned``: what a race would
    train. Before one the run on show stands first, beside those of the race that it does not stand for."""
    if tab.state.compare == "ages":
        run, job = viewing.viewed_with_job(tab)
        trained = tab.state.epoch or (None if run.epoch or not run.is_still or not run.kept else max(run.kept))
        ages = (("0", 0), ("1", trained))[: 1 if run.is_untrained else 2]
        return tuple(Contender(f"{at}.{run.id}", run.hyperparameters.cell, run, job, age) for at, age in ages)
    runs = [_run(tab, run) for run in (chosen if tab.state.compare == "runs" else [job.id for job in raced(tab)])]
    if tab.state.compare in ("cells", "seeds") and not runs:
        runs = _before_the_race(tab, planned)
    said = names([viewed.hyperparameters for viewed, _ in runs])
    return tuple(
        Contender(f"{at}.{viewed.id}", name, viewed, job)
        for at, ((viewed, job), name) in enumerate(zip(runs, said, strict=True))
    )


def _before_the_race(tab: BrowserTab, planned: Sequence[Resolved]) -> list[tuple[ViewedRun, Job | None]]:
    """As many columns as the race will have."""
    shown, job = viewing.viewed_with_job(tab)
    others = [each for each in planned if _side(tab, each) != _side(tab, shown.hyperparameters)]
    return [
        (shown, job),
        *(
            (untrained(shown.series, each, say("compare_page.train_all_first")), None)
            for each in others[: max(0, len(planned) - 1)]
        ),
    ]


def _side(tab: BrowserTab, settings: Resolved) -> object:
    """What a race of this kind tells its networks apart by."""
    return settings.cell if tab.state.compare == "cells" else settings.seed


def raced(tab: BrowserTab) -> list[Job]:
    """The jobs of the race, if it is of the kind that the page compares: different cells, or different seeds."""
    jobs = [job for job in map(tab.runs.kept, tab.state.race) if job is not None]
    is_of_cells = len({job.hyperparameters.cell for job in jobs}) > 1
    return jobs if is_of_cells == (tab.state.compare == "cells") else []


def comparable(tab: BrowserTab) -> dict[str, str]:
    """Runs of this tab that can share a window with the newest, and the one in assets/: id -> what to call it."""
    runs = [FIRST_RUN, *(run for run in tab.runs.jobs if tab.runs.kept(run) is not None)]
    subjects = {run: _run(tab, run)[0] for run in runs}
    newest = subjects[runs[-1]]
    fitting = [run for run in runs if _share_window(subjects[run], newest)]
    titles = {run: run_title(subjects[run].series.title, subjects[run].hyperparameters) for run in fitting}
    return {
        run: say("compare_page.run", number=number, title=title)
        for number, (run, title) in enumerate(titles.items(), 1)
    }


def names(settings: Sequence[Resolved]) -> list[str]:
    """The cell, and whatever else tells one from the other; numbered where nothing does."""
    telling = [name for name in _TELLING if len({getattr(each, name) for each in settings}) > 1]
    said = [", ".join([each.cell, *(setting(name, getattr(each, name)) for name in telling)]) for each in settings]
    if len(set(said)) == len(said):
        return said
    return [say("compare_page.numbered", name=name, number=number) for number, name in enumerate(said, 1)]


def _share_window(one: ViewedRun, other: ViewedRun) -> bool:
    same_length = one.hyperparameters.window_length == other.hyperparameters.window_length
    return same_length and one.series.fingerprint == other.series.fingerprint


def _run(tab: BrowserTab, run: str) -> tuple[ViewedRun, Job | None]:
    """A run of this tab; the one in assets/ for whatever the book has had to forget."""
    job = tab.runs.kept(run)
    return (of_run(tab.first_run.run, FIRST_RUN), None) if job is None else (of_job(job), job)
