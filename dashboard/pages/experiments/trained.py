"""Experiments that are runs like those of the other pages: one click trains, and every page shows it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from dashboard.pages.experiments import reading, running
from dashboard.panels import training_buttons as controls
from dashboard.panels.live import READ, live
from dashboard.run_view import verdict, viewing
from dashboard.run_view.viewed_run import ViewedRun, of_job
from dashboard.session import current
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.link import DataChoice
from dashboard.texts import say, sentences
from dashboard.texts.series import extent, source
from lstm_core.data.series import Series
from lstm_core.errors import DataUnavailable, InvalidArgument
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.jobs import Job, JobState
from lstm_core.phrases import Phrase
from lstm_core.training.windows import Windows, resolved, windows_of
from lstm_core.work.judging import Judgement

_WAYS_ON = {
    "forecast": ":material/play_circle:",
    "inside": ":material/search:",
    "compare": ":material/compare_arrows:",
}

Explain = Callable[[ViewedRun, Windows, Judgement], list[str]]


@dataclass(frozen=True)
class Preset:
    """What an experiment trains; ``choices``: where its series is looked for, the best place first.

    explain: what it has to say about its own result, a sentence each.
    """

    name: str
    hyperparameters: Hyperparameters
    choices: tuple[DataChoice, ...]
    explain: Explain

    def choice_of(self, series: Series) -> DataChoice | None:
        """The choice that this series comes of; None for any other series."""
        is_yahoo = series.source.kind == "yahoo"
        return next((each for each in self.choices if (is_yahoo, series.name) == _described(each)), None)


def _described(choice: DataChoice) -> tuple[bool, str]:
    is_yahoo = choice.source == "yahoo"
    return is_yahoo, choice.ticker if is_yahoo else choice.sample


def show(tab: BrowserTab, preset: Preset) -> None:
    """The buttons; and, once it was trained in this tab or by this link, how it goes and what came of it."""
    job = newest(tab, preset)
    _buttons(tab, preset, job)
    if job is None:
        return
    _told_of_series(tab, preset, job)
    live(partial(_look, tab, job.id), partial(_show, preset), pace=READ)


def newest(tab: BrowserTab, preset: Preset) -> Job | None:
    """The newest run of this tab that has the experiment's settings and series, wherever it was begun."""
    jobs = (tab.runs.kept(job) for job in reversed(tab.runs.jobs))
    return next((job for job in jobs if job is not None and _is_of(job, preset)), None)


def _is_of(job: Job, preset: Preset) -> bool:
    is_its_series = preset.choice_of(job.series) is not None
    return is_its_series and job.hyperparameters == resolved(preset.hyperparameters, job.series)


def begin(tab: BrowserTab, preset: Preset) -> bool:
    """Train it, unless that is under way: it becomes what all pages show. False, with a sentence, where it cannot."""
    now = newest(tab, preset)
    if now is not None and not now.has_ended and tab.runs.owns(now.id):
        look_at(tab, preset, now)
        tab.command(now.id, "resume")
        return True
    before = tab.state
    try:
        tab.search.series = find_series(tab, preset.choices)
        tab.change(hyperparameters=preset.hyperparameters)
        if controls.begin(tab):
            tab.fields.generation += 1  # the fields of the other pages show these settings
            return True
    except (InvalidArgument, DataUnavailable) as error:
        again = (say("experiment_trained.again"),) if isinstance(error, DataUnavailable) else ()
        tab.problems = (" ".join([sentences.refusal(error), *again]),)
    tab.state = before
    return False


def find_series(tab: BrowserTab, choices: tuple[DataChoice, ...]) -> Series:
    """The first that can be had; its notes say why not those before it. Raises `DataUnavailable` with all reasons."""
    reasons: list[Phrase] = []
    for choice in choices:
        tab.change(data=choice)
        try:
            tab.find_series()
        except (InvalidArgument, DataUnavailable) as error:
            reasons.append(_without_other_series(error.phrase))
            if choice is choices[-1]:
                raise DataUnavailable(Phrase("several", reasons=tuple(reasons))) from error
        else:
            break
    assert tab.search.series is not None
    series = tab.search.series
    notes = (Phrase("sample_instead", reasons=tuple(reasons), sample=series.name),) if reasons else ()
    return replace(series, notes=(*notes, *series.notes))


def _without_other_series(reason: Phrase) -> Phrase:
    """Here the next choice is taken without anybody having to choose."""
    return reason.with_values(instead=Phrase("nothing")) if "instead" in reason.values else reason


def _buttons(tab: BrowserTab, preset: Preset, job: Job | None) -> None:
    mine = job if job is not None and tab.runs.owns(job.id) else None
    runs = mine is not None and not mine.state.is_still
    is_paused = mine is not None and mine.state is JobState.PAUSED
    label = say("experiment_trained.resume" if is_paused else "experiment_trained.train")
    with st.container(horizontal=True, gap="small"):
        train = st.button(
            label, type="primary", icon=":material/play_arrow:", disabled=runs, key=f"train-{preset.name}"
        )
        if job is None or mine is not None:
            _commands(tab, preset, mine)
        if job is not None:
            _ways_on(tab, preset, job)
    if train:
        with st.spinner(say("experiment_trained.asking")):
            begin(tab, preset)
        st.rerun()
    if job is not None and mine is None:
        st.caption(say("training.guest"))


def _commands(tab: BrowserTab, preset: Preset, mine: Job | None) -> None:
    fits = {"pause": mine is not None and mine.runs, "stop": mine is not None and not mine.has_ended}
    for command, is_fit in fits.items():
        label, told = say(f"experiments.button_{command}"), say(f"training.{command}_help")
        key = f"{command}-{preset.name}"
        if st.button(label, disabled=not is_fit, help=told, key=key) and mine is not None:
            tab.command(mine.id, command)
            st.rerun()


def _told_of_series(tab: BrowserTab, preset: Preset, job: Job) -> None:
    """Which series it is, and why not the one that was asked for first."""
    series, choice = job.series, preset.choice_of(job.series)
    st.caption(say("experiment_trained.series", title=series.title, extent=extent(series), source=source(series)))
    if choice is not None and choice != preset.choices[0]:
        reasons = (sentences.sentence_of(note) for note in series.notes if note.kind == "sample_instead")
        st.info(next(reasons, say("experiment_trained.uses_sample", name=series.name)), icon=":material/info:")
    elif choice is not None and choice.source == "yahoo":
        st.caption(say("series.yahoo_terms"))


@dataclass(frozen=True, eq=False)
class _Look:
    job: Job
    viewed: ViewedRun
    judgement: Judgement | None
    is_changing: bool
    problem: str


def _look(tab: BrowserTab, job_id: str) -> _Look | None:
    job = tab.runs.kept(job_id)
    if job is None:
        return None
    viewed = of_job(job)
    judgement, future = viewing.find_judgement(tab, viewed, viewed.epoch)
    is_waiting = future is not None and not future.done()
    problem = viewing.sentence(future) if future is not None else ""
    return _Look(job, viewed, judgement, is_waiting or not viewed.is_still, problem)


def _show(preset: Preset, now: _Look) -> None:
    job = now.job
    if job.has_ended and job.checkpoint is None:
        st.caption(sentences.sentence_of(job.explanation) or say("experiment_trained.too_early"))
    else:
        _headline(job, now)
        _pictures(now)
    if now.judgement is not None:
        _judged(now.viewed, now.judgement, preset)


def _headline(job: Job, now: _Look) -> None:
    with running.conclusion():
        st.markdown(_bold(now) if len(now.viewed.epochs) else say("experiment_trained.beginning"))
        if not job.has_ended:
            controls.progress(job)
        elif now.problem or now.judgement is None:
            st.caption(now.problem or say("page.working"))
        else:
            direction = verdict.direction(now.viewed, now.judgement.evaluation)
            st.caption(f"{sentences.sentence_of(job.explanation)} {direction}".strip())


def _bold(now: _Look) -> str:
    """The verdict, once there is one, in bold like any experiment's conclusion."""
    said = verdict.headline(now.viewed, now.judgement)
    return said if now.judgement is None else f"**{said}**"


def _pictures(now: _Look) -> None:
    left, right = st.columns(2)
    with left:
        st.markdown(say("experiment_trained.loss"))
        if len(now.viewed.epochs) > 1:
            _draw_losses(now.viewed)
    with right:
        st.markdown(say("experiment_trained.last_days", count=reading.SHOWN))
        if now.judgement is None:
            st.caption(say("experiment_trained.no_predictions"))
        else:
            running.draw_lines(reading.test_days(now.viewed, now.judgement.predictions), "test_day", "price")


def _draw_losses(viewed: ViewedRun) -> None:
    naive, bounds = viewed.naive_loss or None, reading.loss_bounds(viewed)
    running.draw_lines(reading.losses(viewed), "epoch", "loss", log=True, naive=naive, domain=bounds)


def _judged(viewed: ViewedRun, judgement: Judgement, preset: Preset) -> None:
    """Numbers beside naive's, then the check in words."""
    st.table(reading.table(judgement.evaluation, viewed), hide_index=True, border="horizontal")
    windows = windows_of(viewed.series, viewed.hyperparameters)
    said = [*reading.checks(viewed, judgement), *preset.explain(viewed, windows, judgement)]
    st.markdown("\n".join(f"- {sentence}" for sentence in said))


def _ways_on(tab: BrowserTab, preset: Preset, job: Job) -> None:
    """The other pages, in this tab, with this very run."""
    for page, icon in _WAYS_ON.items():
        if st.button(say(f"experiment_trained.way_on_{page}"), icon=icon, key=f"{page}-{preset.name}"):
            look_at(tab, preset, job)
            if page == "compare":
                tab.change(compare="ages")
            current.go(page)


def look_at(tab: BrowserTab, preset: Preset, job: Job) -> None:
    """The run becomes what all pages show, with its settings in their fields."""
    if tab.viewed_job_id != job.id:
        choice = preset.choice_of(job.series) or tab.state.data
        tab.change(data=choice, hyperparameters=preset.hyperparameters)
        tab.search.series = job.series
        tab.show_job(job.id)
        tab.fields.generation += 1
