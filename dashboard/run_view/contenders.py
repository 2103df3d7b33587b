"""Who is compared: two to four networks at some age, on one series and one window."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.run_view import looks
from dashboard.run_view.first_run import FIRST_RUN
from dashboard.run_view.subject import Subject, of_job, of_run, untrained
from dashboard.session.visit import Visit
from dashboard.texts import compare as compare_words
from dashboard.texts import page as words
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.jobs import Job

_TELLING = tuple(name for name in words.FIELDS if name != "cell")


@dataclass(frozen=True, eq=False)
class Contender:
    """A network and the age at which it is first shown (None: the one it stands for); ``id`` tells its place."""

    id: str
    name: str
    subject: Subject
    job: Job | None = None
    opens_on: float | None = None


def contenders(
    visit: Visit, chosen: Sequence[str] = (), planned: Sequence[Hyperparameters] = ()
) -> tuple[Contender, ...]:
    """What the page compares now. ``chosen`` names the runs where it compares runs; ``planned``: what a race would
    train. Before one the run on show stands first, beside those of the race that it does not stand for."""
    if visit.state.compare == "ages":
        run, job = looks.on_show(visit)
        trained = visit.state.epoch or (None if run.epoch or not run.is_still or not run.kept else max(run.kept))
        ages = (("0", 0), ("1", trained))[: 1 if run.is_untrained else 2]
        return tuple(Contender(f"{at}.{run.id}", run.hyperparameters.cell, run, job, age) for at, age in ages)
    runs = [_run(visit, run) for run in (chosen if visit.state.compare == "runs" else [job.id for job in raced(visit)])]
    if visit.state.compare in ("cells", "seeds") and not runs:
        runs = _before_the_race(visit, planned)
    said = names([subject.hyperparameters for subject, _ in runs])
    return tuple(
        Contender(f"{at}.{subject.id}", name, subject, job)
        for at, ((subject, job), name) in enumerate(zip(runs, said, strict=True))
    )


def _before_the_race(visit: Visit, planned: Sequence[Hyperparameters]) -> list[tuple[Subject, Job | None]]:
    """As many columns as the race will have."""
    shown, job = looks.on_show(visit)
    others = [each for each in planned if _side(visit, each) != _side(visit, shown.hyperparameters)]
    return [
        (shown, job),
        *(
            (untrained(shown.series, each, compare_words.TRAIN_ALL_FIRST), None)
            for each in others[: max(0, len(planned) - 1)]
        ),
    ]


def _side(visit: Visit, settings: Hyperparameters) -> object:
    """What a race of this kind tells its networks apart by."""
    return settings.cell if visit.state.compare == "cells" else settings.seed


def raced(visit: Visit) -> list[Job]:
    """The jobs of the race, if it is of the kind that the page compares: different cells, or different seeds."""
    jobs = [job for job in map(visit.runs.kept, visit.state.race) if job is not None]
    is_of_cells = len({job.hyperparameters.cell for job in jobs}) > 1
    return jobs if is_of_cells == (visit.state.compare == "cells") else []


def comparable(visit: Visit) -> dict[str, str]:
    """Runs of this visit that can share a window with the newest, and the one in assets/: id -> what to call it."""
    runs = [FIRST_RUN, *(run for run in visit.runs.jobs if visit.runs.kept(run) is not None)]
    subjects = {run: _run(visit, run)[0] for run in runs}
    newest = subjects[runs[-1]]
    fitting = [run for run in runs if _share_window(subjects[run], newest)]
    return {run: f"{number}: {words.run_title(subjects[run])}" for number, run in enumerate(fitting, 1)}


def names(settings: Sequence[Hyperparameters]) -> list[str]:
    """The cell, and whatever else tells one from the other; numbered where nothing does."""
    telling = [name for name in _TELLING if len({getattr(each, name) for each in settings}) > 1]
    said = [
        ", ".join([each.cell, *(words.setting(name, getattr(each, name)) for name in telling)]) for each in settings
    ]
    if len(set(said)) == len(said):
        return said
    return [f"{name} ({number})" for number, name in enumerate(said, 1)]


def _share_window(one: Subject, other: Subject) -> bool:
    same_length = one.hyperparameters.window_length == other.hyperparameters.window_length
    return same_length and one.series.fingerprint == other.series.fingerprint


def _run(visit: Visit, run: str) -> tuple[Subject, Job | None]:
    """A run of this visit; the one in assets/ for whatever the book has had to forget."""
    job = visit.runs.kept(run)
    return (of_run(visit.first_run.run, FIRST_RUN), None) if job is None else (of_job(job), job)
