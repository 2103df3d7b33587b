"""The series that a person asks for, from any source: a choice in, a Series or one sentence out."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from dashboard.session.link import DataChoice
from lstm_core.data import catalogue
from lstm_core.data.csv import reading as csv_file
from lstm_core.data.csv.reading import CsvFile
from lstm_core.data.series import Series
from lstm_core.data.synthetic import synthetic
from lstm_core.data.yahoo import download as yahoo
from lstm_core.errors import DataUnavailable, InvalidArgument, InvalidFile, Refusal


@dataclass(frozen=True)
class Upload:
    """A file that a person handed over, and the column that they chose (None: the file's own best guess)."""

    name: str
    content: bytes
    column: str | None = None


@dataclass(frozen=True)
class Search:
    """The last time that the fields asked for a series, and what came of it."""

    choice: DataChoice | None = None
    upload: Upload | None = None
    found: Series | None = None
    refusal: Refusal | None = None

    def is_for(self, choice: DataChoice, upload: Upload | None) -> bool:
        return (self.choice, self.upload) == (choice, upload)


@dataclass
class SeriesSearch:
    """The series that the fields ask for. upload: the file they were given, if any.

    latest: the newest search. series: the last one that could be had.
    """

    upload: Upload | None = None
    latest: Search = field(default_factory=Search)
    series: Series | None = None

    @property
    def is_new(self) -> bool:
        """The fields have asked for nothing yet."""
        return self.latest.choice is None

    def is_answered(self, choice: DataChoice) -> bool:
        """Whether the newest search was for this choice and the file there is."""
        return self.latest.is_for(choice, self.upload)

    def find(self, choice: DataChoice) -> None:
        """Get the series of this choice; the last good one stays where it cannot be had.

        Raises `InvalidArgument`, `InvalidFile` or `DataUnavailable`, each time until another is asked for.
        """
        if not self.is_answered(choice):
            self.latest = searched(choice, self.upload)
        if self.latest.refusal is not None:
            raise self.latest.refusal
        self.series = self.latest.found or self.series

    def forget(self) -> None:
        """The next time it is asked for anew."""
        self.latest = Search()


def searched(choice: DataChoice, upload: Upload | None) -> Search:
    try:
        return Search(choice, upload, find(choice, upload))
    except (InvalidArgument, InvalidFile, DataUnavailable) as error:
        return Search(choice, upload, refusal=error)


def find(choice: DataChoice, upload: Upload | None) -> Series | None:
    """None while there is nothing to look at yet (CSV chosen, no file given).

    Raises `InvalidArgument`, `InvalidFile` or `DataUnavailable`, each with its sentence.
    """
    if choice.source == "sample":
        return sample(choice.sample)
    if choice.source == "synthetic":
        return wave(choice.synthetic, choice.length, choice.noise, choice.series_seed)
    if choice.source == "yahoo":
        return yahoo.fetch(choice.ticker.strip().upper(), choice.start, choice.end or date.today())
    return parsed(upload.content).series(upload.name, upload.column) if upload else None


# The same few series are asked for at every run of the script; one copy of each serves all people.
sample = lru_cache(maxsize=32)(catalogue.load)


@lru_cache(maxsize=32)
def wave(kind: str, length: int, noise: float, seed: int) -> Series:
    return synthetic(kind, length=length, noise=noise, seed=seed)


@lru_cache(maxsize=8)
def parsed(content: bytes) -> CsvFile:
    return csv_file.open_csv(content)
