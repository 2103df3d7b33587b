"""The trained run that the page opens on: read from assets/ with its film and judgement, so that nobody waits.

`write_first_run` stores what the workers computed, number by number; a test recomputes it.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file, save_file

from lstm_core.forecasting.evaluation import Evaluation, Metrics
from lstm_core.forecasting.predict import Forecast
from lstm_core.forecasting.significance import DieboldMariano
from lstm_core.network.cells import CELLS
from lstm_core.network.trace import Trace
from lstm_core.runs.run import Run, load
from lstm_core.work.judging import Judgement, Predictions
from lstm_core.work.snapshots import Film, Snapshot, WindowFacts

FIRST_RUN = "first_run"  # its name among jobs, whose names are random
HORIZON = 20
_ARRAYS, _PLAIN = "film.safetensors", "film.json"


@dataclass(frozen=True, eq=False)
class FirstRun:
    """run: as any other; film and judgement: what `tasks.film` and `tasks.judge` make of it."""

    run: Run
    film: Film
    judgement: Judgement


def open_first_run(folder: Path) -> FirstRun:
    run = load(folder / "run")
    arrays, plain = load_file(folder / _ARRAYS), json.loads((folder / _PLAIN).read_text(encoding="utf-8"))
    film = Film(_facts(arrays, plain), tuple(_pictures(arrays, plain)), plain["cell_state_bound"])
    return FirstRun(run, film, _judgement(arrays, plain))


def write_first_run(folder: Path, film: Film, judgement: Judgement) -> None:
    """The film and the judgement beside the run that is in ``folder`` already."""
    ahead = judgement.forecast
    assert ahead is not None  # its series is long
    arrays: dict[str, np.ndarray] = {
        "target": film.facts.target,
        "target_values": film.facts.target_values,
        "naive_values": film.facts.naive_values,
        "inputs": film.snapshots[0].trace.inputs,
        **{f"judged/{name}": getattr(judgement.predictions, name) for name in ("days", "values", "naive")},
        "forecast/dates": ahead.dates.astype("int64"),
        **{f"forecast/{name}": getattr(ahead, name) for name in ("values", "lower", "upper", "naive")},
    }
    for index, snapshot in enumerate(film.snapshots):
        arrays |= {f"{index}/{name}": value for name, value in _snapshot_arrays(snapshot).items()}
    save_file({name: np.ascontiguousarray(value) for name, value in arrays.items()}, folder / _ARRAYS)
    (folder / _PLAIN).write_text(json.dumps(_plain(film, judgement, ahead.level), indent=1) + "\n", encoding="utf-8")


def _plain(film: Film, judgement: Judgement, level: float) -> dict[str, Any]:
    evaluation = judgement.evaluation
    return {
        "cell": film.snapshots[0].trace.cell,
        "end": film.facts.end,
        "scale": list(film.facts.scale),
        "cell_state_bound": film.cell_state_bound,
        "epochs": [snapshot.epoch for snapshot in film.snapshots],
        "head_bias": [snapshot.head_bias for snapshot in film.snapshots],
        "judged_epoch": judgement.epoch,
        "level": level,
        "evaluation": {
            "part": evaluation.part,
            "days": evaluation.days,
            "majority": evaluation.majority,
            "metrics": {name: asdict(metrics) for name, metrics in evaluation.metrics.items()},
            "diebold_mariano": asdict(evaluation.diebold_mariano),
        },
    }


def _facts(arrays: dict[str, np.ndarray], plain: dict[str, Any]) -> WindowFacts:
    mean, deviation = plain["scale"]
    return WindowFacts(
        plain["end"], arrays["target"], arrays["target_values"], arrays["naive_values"], (mean, deviation)
    )


def _snapshot_arrays(snapshot: Snapshot) -> dict[str, np.ndarray]:
    arrays = {f"activations/{name}": value for name, value in snapshot.trace.activations.items()}
    arrays |= {"prediction": snapshot.trace.prediction, "values": snapshot.values, "head_weight": snapshot.head_weight}
    return arrays


def _pictures(arrays: dict[str, np.ndarray], plain: dict[str, Any]):
    for index, (epoch, bias) in enumerate(zip(plain["epochs"], plain["head_bias"], strict=True)):
        own = {name.split("/", 1)[1]: value for name, value in arrays.items() if name.startswith(f"{index}/")}
        activations = {name: own[f"activations/{name}"] for name in CELLS[plain["cell"]].activations}
        trace = Trace(plain["cell"], arrays["inputs"], activations, own["prediction"])
        yield Snapshot(epoch, trace, own["values"], own["head_weight"], bias)


def _judgement(arrays: dict[str, np.ndarray], plain: dict[str, Any]) -> Judgement:
    told = plain["evaluation"]
    metrics = {name: Metrics(**values) for name, values in told["metrics"].items()}
    forecast = Forecast(
        arrays["forecast/dates"].astype("datetime64[s]"),
        *(arrays[f"forecast/{name}"] for name in ("values", "lower", "upper", "naive")),
        level=plain["level"],
    )
    tested = DieboldMariano(**told["diebold_mariano"])
    evaluation = Evaluation(told["part"], told["days"], metrics, told["majority"], tested)
    epoch = plain["judged_epoch"]
    predictions = Predictions(epoch, *(arrays[f"judged/{name}"] for name in ("days", "values", "naive")))
    return Judgement(epoch, evaluation, predictions, forecast)
