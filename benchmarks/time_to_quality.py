"""Time until the one-step validation RMSE is good: ours, the tutorials' loop and three libraries, on two tasks.

All have an LSTM of 50 units with one linear output, windows of 60 days, the same scaler, Adam and one thread; each is
taken at the best of the learning rates. Ours is measured with all other settings at their defaults, the number of
epochs included. Times are medians over the seeds, in processor seconds of this process: on an idle machine those are
seconds, on a busy one they are still fair.
"""

import argparse
from collections.abc import Iterator
from importlib.util import find_spec
from math import inf, isfinite
from statistics import median
from typing import NamedTuple

from benchmarks import contenders
from benchmarks.contenders import Contender
from benchmarks.race import Race, Task, prices, two_sines
from benchmarks.timing import print_machine, print_table
from lstm_core.hyperparameters import Hyperparameters


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

    def row(self, cap: float) -> list[str]:
        arrived = sorted(race.seconds for race in self.races if race.reached)
        return [
            self.name,
            f"{self.seconds:.2f}" if isfinite(self.seconds) else f"> {cap:g} or given up",
            f"{arrived[0]:.2f}-{arrived[-1]:.2f}" if arrived else "",
            f"{len(arrived)} of {len(self.races)}",
            f"{median(race.epochs for race in self.races):.0f}",
            f"{self.learning_rate:g}",
            f"{median(race.shortfall for race in self.races):.3f}",
            f"{median(race.prepared for race in self.races):.1f}",
        ]


def compete(entries: list[Entry], task: Task, rates: list[float], seeds: int, cap: float) -> list[Result]:
    """Everybody at everybody's best rate. They take turns, seed by seed; a first epoch each does not count."""
    results = {(entry.name, rate): Result(entry.name, rate, []) for entry in entries for rate in rates}
    for entry in entries:
        entry.run(task, rates[0], 0, Race(task, 0.0))
    for seed in range(seeds):
        for entry in entries:
            for rate in rates:
                race = Race(task, cap)
                entry.run(task, rate, seed, race)
                results[entry.name, rate].races.append(race)
    return [min((results[entry.name, rate] for rate in rates), key=lambda each: each.rank) for entry in entries]


def verdicts(results: list[Result]) -> Iterator[str]:
    """Our time as a share of the tutorial's and of the best library's."""
    ours, tutorial, *libraries = (result.seconds for result in results)
    for name, other in (("the tutorial loop", tutorial), ("the best library", min(libraries, default=inf))):
        if isfinite(ours) and isfinite(other):
            yield f"Gatescope takes {ours / other:.2f} of the time of {name}."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3, help="races of each (default %(default)s)")
    parser.add_argument("--rates", type=float, nargs="+", default=[0.001, 0.005], help="learning rates (%(default)s)")
    parser.add_argument("--cap", type=float, default=60.0, help="seconds after which a race ends (default %(default)s)")
    parser.add_argument("--quick", action="store_true", help="ours and the tutorials' loop only, one seed")
    options = parser.parse_args()
    settings = Hyperparameters(hidden_size=50, window_length=60, inputs=("level",), target="level")
    entries = [entry for entry in ENTRIES[: 2 if options.quick else None] if find_spec(entry.package)]
    print_machine()
    for task in (prices(settings), two_sines(settings)):
        results = compete(entries, task, options.rates, 1 if options.quick else options.seeds, options.cap)
        print(task.name)
        print_table(HEADER, [result.row(options.cap) for result in results])
        print(*verdicts(results), sep="\n", end="\n\n", flush=True)


if __name__ == "__main__":
    main()
