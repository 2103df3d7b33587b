"""Train the run that the page opens on: python assets/make_first_run.py [SERIES]."""

import sys
from pathlib import Path

from dashboard.first_run import HORIZON, write_first_run
from lstm_core.catalogue import load
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.moves import interesting_end
from lstm_core.run import save
from lstm_core.tasks import film, judge, warm_up
from lstm_core.whole_run import train_whole

FOLDER = Path(__file__).resolve().parent / "first_run"
# Few units, so that each can be told from the others, and enough epochs for the gates to answer the jumps.
SETTINGS = Hyperparameters(hidden_size=16, epochs=80, seed=3)


def main(name: str = "MSFT") -> None:
    warm_up()
    run = train_whole(SETTINGS, load(name))
    FOLDER.mkdir(exist_ok=True)
    save(run, FOLDER / "run")
    end = interesting_end(run.windows())
    arguments = (run.hyperparameters, run.series)
    write_first_run(
        FOLDER,
        film(*arguments, run.kept, end),
        judge(*arguments, run.weights, run.epoch, HORIZON),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
