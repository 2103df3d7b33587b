"""Scenes for the stage's tests: small, without a pattern, the same in every run."""

import numpy as np

from dashboard.components import (
    Chart,
    Film,
    Forecast,
    Losses,
    Predictions,
    StageContent,
    Status,
    Training,
    Verdict,
)
from dashboard.components.compare import Column
from lstm_core.network.cells import CELLS
from lstm_core.network.trace import Trace
from lstm_core.work.snapshots import Snapshot

N, T, D = 40, 6, 2


def a_trace(cell: str = "LSTM", layers: int = 2, hidden: int = 3, seed: int = 0) -> Trace:
    random = np.random.default_rng(seed)
    activations = {
        name: random.uniform(-1, 1, (layers, T, hidden)).astype("float32") for name in CELLS[cell].activations
    }
    return Trace(
        cell, random.normal(size=(T, D)).astype("float32"), activations, random.normal(size=T).astype("float32")
    )


def a_frame(epoch: float, cell: str = "LSTM", **shape: int) -> Snapshot:
    trace = a_trace(cell, seed=int(epoch * 10), **shape)
    hidden = trace.shape[2]
    return Snapshot(
        epoch=epoch,
        trace=trace,
        values=np.linspace(20, 21, T) + epoch,
        head_weight=np.linspace(-1, 1, hidden).astype("float32"),
        head_bias=0.25,
    )


def a_film(*epochs: float, id: str = "run:19", cell: str = "LSTM") -> Film:
    return Film(
        id=id,
        run=id.split(":")[0],
        cell=cell,
        window_start=14,
        snapshots=[a_frame(epoch, cell) for epoch in epochs],
        input_names=["return", "change"],
        target_price=np.r_[np.linspace(21, 22, T - 1), np.nan],
        naive_price=np.linspace(20, 21, T),
        target=np.r_[np.linspace(-1, 1, T - 1), np.nan],
        training=Training(batch_size=8, windows=100, dropout=0.25, output_dropout=0.5, first_scored=3),
        largest_move=4,
        cell_state_bound=1.75 if CELLS[cell].has_cell_state else None,
    )


def a_chart(id: str = "AAPL", unit: str = "USD") -> Chart:
    dates = np.datetime64("2012-01-02", "s") + np.arange(N) * np.timedelta64(86_400, "s")
    price = 20 + np.random.default_rng(1).normal(size=N).cumsum()
    return Chart(id=id, title="AAPL · Apple", unit=unit, dates=dates, price=price, train_stop=25, validation_stop=32)


def a_forecast() -> Forecast:
    dates = np.datetime64("2012-02-11") + np.arange(3)
    return Forecast(
        dates=dates, price=np.ones(3), lower=np.zeros(3), upper=np.full(3, 2.0), naive=np.full(3, 0.5), level=0.9
    )


def a_content(*epochs: float, **changes) -> StageContent:
    chart = a_chart()
    positions = np.arange(20, N)
    naive = chart.price[positions - 1]
    parts = {
        "chart": chart,
        "predictions": Predictions(epoch=max(epochs), positions=positions, price=naive + 0.5, naive=naive),
        "forecast": a_forecast(),
        "film": a_film(*epochs),
        "losses": Losses(
            epochs=np.array([1, 2, 3]),
            train=np.array([1.0, 0.5, np.inf]),
            validation=np.array([0.9, np.nan, 0.4]),
            naive=0.45,
            best_epoch=3,
            best_loss=0.4,
            kept_epochs=[1, 3],
            planned_epochs=8,
        ),
        "verdict": Verdict(short="1.0 % worse than naive: may be chance", sentences=("One.", "Two.")),
        "status": Status(state="training"),
    }
    return StageContent(**(parts | changes))


def a_column(place: int, film: Film | None, **changes) -> Column:
    """Of the page Compare."""
    told = {"losses": None, "seconds": np.empty(0), "parameters": 9, "planned": 8, "epoch": None}
    return Column(id=f"{place}", name=f"LSTM {place}", cell="LSTM", film=film, **(told | changes))
