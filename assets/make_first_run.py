"""Train the run that the page opens on: python -m assets.make_first_run.

It is made by a rule that does not look at its score: the series and the settings are those that the fields open with,
seed 0 among them, so it is what pressing Train gives. Its epoch is the one of the lowest validation loss, like that of
any run.
"""

from dataclasses import replace
from pathlib import Path

from dashboard.run_view.first_run import HORIZON, write_first_run
from dashboard.session.link import AppState
from lstm_core.data.catalogue import load
from lstm_core.forecasting.moves import interesting_end
from lstm_core.runs.run import save
from lstm_core.runs.thinning import thinned
from lstm_core.runs.train import train_whole
from lstm_core.work.judging import judge
from lstm_core.work.snapshots import film

FOLDER = Path(__file__).resolve().parent / "first_run"
EPOCHS = 13  # kept for the scrubber: more would make the first message larger than a phone's line likes


def main() -> None:
    fields = AppState()
    run = train_whole(fields.hyperparameters, load(fields.data.sample))
    epochs = thinned(run.kept, EPOCHS, keep=(run.epoch,))
    run = replace(run, kept={epoch: run.kept[epoch] for epoch in epochs})
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
    main()
