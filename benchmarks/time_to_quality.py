"""Time until the one-step validation RMSE is good: ours, the tutorials' loop and three libraries, on two tasks.

All have an LSTM of 50 units with one linear output, windows of 60 days, the same scaler, Adam and one thread; each is
taken at the best of the learning rates. Ours is measured with all other settings at their defaults, the number of
epochs included. Times are medians over the seeds, in processor seconds of this process: on an idle machine those are
seconds, on a busy one they are still fair. A race ends where it can no longer be one of the best.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.util import find_spec
from math import inf, isfinite
from statistics import median
from typing import NamedTuple

from benchmarks import contenders
from benchmarks.contenders import Contender
from benchmarks.figures import LIBRARIES, Figure, Size, print_table, take
from benchmarks.race import Race, Task, prices, two_sines
from benchmarks.timing import one_thread
from lstm_core.hyperparameters import Resolved


class Entry(NamedTuple):
    name: str
    run: Contender
    package: str


ENTRIES = (
    Entry("Gatescope", contenders.ours, "lstm_core"),
    Entry("tutorial loop", contenders.tutorial, "torch"),
    Entry("Darts RNNModel", contenders.darts_rnn, "darts"),
    Entry("Darts BlockRNNModel", contenders.darts_block, "darts"),
    Entry("NeuralForecast LSTM", contenders.neural_forecast, "neuralforecast"),
    Entry("Keras on JAX", contenders.keras_jax, "jax"),
)
LIBRARY = 2  # from here on they are libraries, of which the best alone has a figure
PRICES, SINES = "time to 1.05 x naive on price levels", "time to 1.1 x the noise on two sines"
TUTORIALS, BEST_LIBRARY = "as a share of the tutorials' loop's", "as a share of the best library's"
FIGURES = tuple(
    Figure(f"{task}, {rival}", goal)
    for task in (PRICES, SINES)
    for rival, goal in ((TUTORIALS, "at most 0.2"), (BEST_LIBRARY, "at most 0.4"))
)
HEADER = ("contender", "seconds", "range", "reached", "epochs", "rate", "best RMSE / goal", "compiling, s")


class Result(NamedTuple):
    """One contender's races at one learning rate, a race a seed."""

    name: str
    learning_rate: float
    races: list[Race]

    @property
    def seconds(self) -> float:
        """The median; infinite where most did not arrive."""
        return median(race.seconds if race.reached else inf for race in self.races)

    @property
    def rank(self) -> tuple[float, float]:
        """Less is better: the median time, and where that is infinite how far from the goal they stayed."""
        return self.seconds, median(race.shortfall for race in self.races)

    def row(self) -> list[str]:
        arrived = sorted(race.seconds for race in self.races if race.reached)
        return [
            self.name,
            f"{self.seconds:.2f}" if isfinite(self.seconds) else "given up",
            f"{arrived[0]:.2f}-{arrived[-1]:.2f}" if arrived else "",
            f"{len(arrived)} of {len(self.races)}",
            f"{median(race.epochs for race in self.races):.0f}",
            f"{self.learning_rate:g}",
            f"{median(race.shortfall for race in self.races):.3f}",
            f"{median(race.prepared for race in self.races):.1f}",
        ]


def measure(rates: tuple[float, ...], seeds: int, cap: float, slack: float) -> Iterator[Figure]:
    one_thread()
    settings = Resolved(hidden_size=50, window_length=60, inputs=("level",), target="level")
    entries = [entry for entry in ENTRIES if find_spec(entry.package)]
    for entry in ENTRIES:
        if entry not in entries:
            print(f"{entry.name} is left out: {LIBRARIES}", flush=True)
    against_tutorials, against_libraries = FIGURES[::2], FIGURES[1::2]
    for index, task in enumerate((prices(settings), two_sines(settings))):
        results = compete(entries, replace(task, goal=slack * task.goal), rates, seeds, cap)
        print(task.name)
        print_table(HEADER, [result.row() for result in results])
        ours, tutorial, *libraries = results
        yield compared(against_tutorials[index], ours, tutorial)
        best = min(libraries, key=lambda each: each.rank, default=None)
        yield (
            compared(against_libraries[index], ours, best)
            if best
            else replace(against_libraries[index], left_out=LIBRARIES)
        )


def compared(figure: Figure, ours: Result, other: Result) -> Figure:
    """Our time as a share of another's. Raises `ValueError` where most of either did not arrive."""
    times = f"{ours.seconds:.2f} s against {other.seconds:.2f} s of {other.name}"
    return figure.measured([ours.seconds / other.seconds if isfinite(other.seconds) else inf], times)


def compete(entries: list[Entry], task: Task, rates: Sequence[float], seeds: int, cap: float) -> list[Result]:
    """Everybody at everybody's best rate. They take turns, seed by seed; a first epoch each does not count."""
    for entry in entries:
        entry.run(task, rates[0], 0, Race(task, 0.0))
    done: list[list[Result]] = [[] for _ in entries]
    for rate in rates:
        caps = [patience(done, index, cap) for index in range(len(entries))]
        results = [Result(entry.name, rate, []) for entry in entries]
        for seed in range(seeds):
            for entry, result, enough in zip(entries, results, caps, strict=True):
                race = Race(task, enough)
                entry.run(task, rate, seed, race)
                result.races.append(race)
        for each, result in zip(done, results, strict=True):
            each.append(result)
    return [min(each, key=lambda result: result.rank) for each in done]


def patience(done: list[list[Result]], index: int, cap: float) -> float:
    """Seconds after which a race cannot lower a median that counts: a contender's best, or the best library's."""
    rivals = [done[index]] if index < LIBRARY else done[LIBRARY:]
    return min([cap, *(result.seconds for results in rivals for result in results)])


if __name__ == "__main__":
    take(
        __doc__,
        FIGURES,
        measure,
        rates=Size((0.01, 0.003, 0.001), (0.01,), "learning rates"),
        seeds=Size(3, 1, "races of each at each rate"),
        cap=Size(40.0, 20.0, "processor seconds after which a race ends"),
        slack=Size(1.0, 2.0, "times the goal is enough"),
    )
