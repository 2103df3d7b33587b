"""BrowserTab: what one tab of a browser does, from its opening to its end. Knows nothing of how the page is drawn."""

from collections.abc import Mapping
from dataclasses import InitVar, dataclass, field, replace
from typing import Any

from dashboard.components import Chosen, StageEvents
from dashboard.run_view.first_run import FirstRun
from dashboard.session.answers import Answers
from dashboard.session.fields import Fields
from dashboard.session.in_browser import InBrowser
from dashboard.session.link import EXPERIMENTS, AppState, DataChoice
from dashboard.session.runs import Runs
from dashboard.session.series_search import SeriesSearch, Upload
from dashboard.texts import say, sentences
from lstm_core.data.series import Series
from lstm_core.errors import InvalidArgument
from lstm_core.experiments.one_unit import OneUnitRun, OneUnitSettings
from lstm_core.jobs import BookIsFull, Job, JobBook, NotYours
from lstm_core.training.problem import Task

SMALLEST = "smallest"  # the group of trainings of the page Smallest LSTM
_OF_THE_VIEWED_RUN = ("window", "epoch", "unit", "layer", "timestep")


@dataclass
class BrowserTab:
    """state: what the fields and the address say; problems: sentences about what of it could not be taken.

    viewed_job_id: the job looked at; None: the run in assets/. shown_with: the fields' choice that the job came of.
    runs: the jobs begun or looked at. answers: what workers have answered. search: the series that the fields ask for.
    fields: what the fields keep. browser: what the browser holds. token: see `Runs`.
    one_unit: the picture of the page Smallest LSTM, which stays while another unit trains.
    """

    id: str
    book: JobBook
    first_run: FirstRun
    state: AppState
    problems: tuple[str, ...] = ()
    token: InitVar[str] = ""
    viewed_job_id: str | None = None
    shown_with: tuple[DataChoice, Upload | None] | None = None
    search: SeriesSearch = field(default_factory=SeriesSearch)
    fields: Fields = field(default_factory=Fields)
    browser: InBrowser = field(default_factory=InBrowser)
    one_unit: OneUnitRun | None = None
    runs: Runs = field(init=False)
    answers: Answers = field(init=False)

    def __post_init__(self, token: str) -> None:
        self.runs = Runs(self.book, self.id, token)
        self.answers = Answers(self.book.ask, self.book.ask_in_pieces)

    def change(self, **changes: Any) -> None:
        self.state = replace(self.state, **changes)

    def take_settings(self, values: Mapping[str, Any]) -> None:
        """Have the fields show these values of hyperparameters."""
        self.change(hyperparameters=replace(self.state.hyperparameters, **values))
        self.fields.generation += 1

    def belongs(self, series: Series) -> bool:
        """Whether the network on show, which learnt this series, is of the series that the fields ask for.

        Asked for again, the same choice can give other data: Yahoo's have one day more tomorrow.
        """
        is_same = self.search.series is None or self.search.series.fingerprint == series.fingerprint
        return is_same or self.shown_with == (self.state.data, self.search.upload)

    def show_job(self, job: str) -> None:
        """Look at a job from now on. Raises `InvalidArgument` for one that is not in the book."""
        self.remember(job)
        if self.viewed_job_id not in (None, job, *self.state.race):
            self.runs.give_way(self.viewed_job_id)
        self.viewed_job_id = job
        self.shown_with = (self.state.data, self.search.upload)
        self.change(job=job, window=None, epoch=None)

    def command(self, job: str, command: str, *arguments: Any) -> None:
        """What only its owner may tell a training to do; anybody else is told why not."""
        try:
            getattr(self.book, command)(job, *arguments, by=self.runs.token)
        except NotYours as error:
            self._tell(sentences.refusal(error))

    def watch(self, job: str, end: int) -> None:
        """Have a training picture another window. Who only looks on asks for pictures of their own instead."""
        if self.runs.owns(job):
            self.command(job, "watch_window", end)

    def go_on(self) -> None:
        """Train on in a copy of the job looked at; window, epoch and unit stay."""
        assert self.viewed_job_id is not None
        stays = {name: getattr(self.state, name) for name in _OF_THE_VIEWED_RUN}
        try:
            copy = self.book.go_on(self.viewed_job_id, self.id, window_end=self.state.window, owner=self.runs.token)
        except (BookIsFull, InvalidArgument) as error:
            self._tell(sentences.refusal(error))
            return
        self.problems = ()
        self.show_job(copy)
        self.change(**stays)

    def show_race(self, jobs: tuple[str, ...]) -> None:
        """Compare these jobs from now on; those of the race before give way. Raises like `show_job`."""
        for job in jobs:
            self.remember(job)
        for job in set(self.state.race) - {*jobs, self.viewed_job_id}:
            self.runs.give_way(job)
        self.change(race=jobs)

    def remember(self, job: str) -> None:
        """Keep a job at hand. Raises `InvalidArgument` for one that is not in the book."""
        self.runs.remember(job, in_use=(self.viewed_job_id, *self.state.race))
        self.fields.taken.add("train")

    def begin_experiment(self, name: str, tasks: Mapping[str, Task]) -> None:
        """Train these side by side, in the place of what the experiment trained before."""
        if self._begin_group(name, tasks):
            self.problems = ()
            self.look_at_experiment(name)

    def begin_one_unit(self, settings: OneUnitSettings) -> None:
        """Train the smallest LSTM so, in the place of the one before."""
        if self._begin_group(SMALLEST, {"LSTM": settings}):
            self.change(smallest=self.runs.groups[SMALLEST])

    def show_one_unit(self, group: str) -> None:
        """Have the page of the smallest LSTM show this training. Raises `InvalidArgument` for one not in the book."""
        self.runs.find_group(SMALLEST, group, OneUnitSettings)
        self.change(smallest=group)

    def _begin_group(self, name: str, tasks: Mapping[str, Task]) -> bool:
        try:
            self.runs.begin_group(name, tasks)
        except BookIsFull as error:
            self._tell(sentences.refusal(error))
            return False
        return True

    def look_at_experiment(self, name: str) -> None:
        """The link says which experiment is looked at, and what of it was trained."""
        self.change(experiment="" if name == EXPERIMENTS[0] else name, trainings=self.runs.groups.get(name, ""))

    def command_experiment(self, name: str, command: str) -> None:
        """Pause, resume or stop all that the experiment trains."""
        now = self.runs.group(name)
        for job in now.jobs.values() if now else ():
            self.command(job.id, command)

    def find_experiments_again(self) -> None:
        """After a reload: the trainings in the address, while the book keeps them."""
        wanted = {
            "trainings": (self.state.experiment or EXPERIMENTS[0], self.state.trainings, object),
            "smallest": (SMALLEST, self.state.smallest, OneUnitSettings),
        }
        for parameter, (name, group, kind) in wanted.items():
            try:
                if group:
                    self.runs.find_group(name, group, kind)
            except InvalidArgument:
                self._tell(say("page.no_longer_kept"))
                self.change(**{parameter: ""})

    def viewed_job(self) -> Job | None:
        """The job looked at; None for the run in assets/, also when the book has had to forget the job."""
        if self.viewed_job_id is None:
            return None
        job = self.runs.kept(self.viewed_job_id)
        if job is None:
            self._lose_job()
        return job

    def come_back(self) -> None:
        """The tab is (again) connected: the book counts it among those who look at its jobs."""
        self.runs.come_back()
        if self.viewed_job_id is not None and self.viewed_job_id not in self.runs.jobs:
            self._lose_job()

    def _lose_job(self) -> None:
        self.viewed_job_id = self.shown_with = None
        self._tell(say("page.no_longer_kept"))
        self.change(job=None, **dict.fromkeys(_OF_THE_VIEWED_RUN))

    def _tell(self, sentence: str) -> None:
        self.problems = (*(each for each in self.problems if each != sentence), sentence)

    def find_again(self, job: str) -> None:
        """After a reload: the job in the address, with its series and settings, while the book keeps it."""
        window, epoch = self.state.window, self.state.epoch
        try:
            self.show_job(job)
        except InvalidArgument:
            self._lose_job()
            return
        self.search.series = self.book.job(job).series
        self.change(window=window, epoch=epoch)

    def pass_over(self, unfit: Mapping[str, str]) -> None:
        """Of what the link chose on the stage, what the network there has not: name -> sentence."""
        self.problems += tuple(unfit.values())
        self.change(**dict.fromkeys(unfit))

    def find_race_again(self) -> None:
        """After a reload: the race in the address, as far as the book keeps it."""
        jobs, kept = self.state.race, []
        for job in jobs:
            try:
                self.remember(job)
                kept.append(job)
            except InvalidArgument:
                self._tell(say("page.no_longer_kept"))
        self.change(race=tuple(kept))

    def find_series(self) -> None:
        """Get the series that the fields ask for; raises as `SeriesSearch.find` does."""
        if not self.search.is_new and not self.search.is_answered(self.state.data):
            self.change(window=None)  # a place in one series is none in another
        self.search.find(self.state.data)

    def hear(self, events: StageEvents) -> bool:
        """Take up what was chosen or asked on the stage; True where that is news. A date picked twice is news twice."""
        events = events.after(self.browser.events)
        scrubbed = events.scrubbed != self.browser.events.scrubbed
        picked = events.window_end is not None and events.picked_at != self.browser.events.picked_at
        asked = (events.clamps, events.pattern) != (self.browser.events.clamps, self.browser.events.pattern)
        if events.place is not None and events.place != self.browser.events.place:
            self.change(**{name: getattr(events.place, name) for name in ("unit", "layer", "timestep")})
        self.browser.events = events
        resized = self.hear_size(events.is_large)
        if scrubbed or picked or asked:
            self.answers.forgive()
        if scrubbed:
            self.change(epoch=events.epoch)
        if events.window_end is not None and picked:
            self.change(window=events.window_end)
            job = self.viewed_job()
            if job is not None and self.belongs(job.series):
                self.watch(job.id, events.window_end)
        return scrubbed or picked or asked or resized

    def hear_size(self, is_large: bool | None) -> bool:
        """Take up the size of the letters, where one was chosen just now; True where that is news."""
        wanted = {True: "large", False: "usual", None: self.state.letters}[is_large]
        is_news = wanted != self.state.letters
        self.change(letters=wanted)
        return is_news

    @property
    def chosen(self) -> Chosen:
        """What the stage opens on."""
        state = self.state
        return Chosen(epoch=state.epoch, unit=state.unit, layer=state.layer, timestep=state.timestep)
