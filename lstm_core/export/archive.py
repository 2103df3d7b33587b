"""Both scripts and the files that they read, as one zip file."""

from io import BytesIO
from zipfile import ZipFile, ZipInfo

import numpy as np
from safetensors.numpy import save as bytes_of

from lstm_core.data.series import Series
from lstm_core.export.scripts import keras_script, pytorch_script
from lstm_core.hyperparameters import Resolved
from lstm_core.network.cells import CELLS
from lstm_core.network.weights import Weights
from lstm_core.training.windows import windows_of

_LONGEST_TITLE = 80
_READABLE_FILE = 0o100644 << 16


def bundle(hyperparameters: Resolved, series: Series, weights: Weights) -> bytes:
    """A zip file: model_pytorch.py, model_keras.py, weights.safetensors (torch.nn's names), values.csv, README.txt.

    Without model_keras.py where Keras has no such cell.

    values.csv has the last window_length + 1 observations, in the series' own unit: what the next forecast needs.
    The same arguments give the same bytes. Raises `InvalidArgument` where the hyperparameters do not fit the series.
    """
    scales = windows_of(series, hyperparameters).scales
    arrays = {name: np.ascontiguousarray(value) for name, value in weights.items()}
    in_keras = {"model_keras.py": keras_script(hyperparameters, scales).encode()} if _has_keras(hyperparameters) else {}
    return _zipped(
        {
            "README.txt": _readme(hyperparameters, series).encode(),
            "model_pytorch.py": pytorch_script(hyperparameters, scales).encode(),
            **in_keras,
            "values.csv": _table(series, hyperparameters.window_length + 1).encode(),
            "weights.safetensors": bytes_of(arrays),
        }
    )


def _has_keras(hyperparameters: Resolved) -> bool:
    return CELLS[hyperparameters.cell].keras_layer is not None


def _zipped(contents: dict[str, bytes]) -> bytes:
    """Stored, not packed: float32 weights hardly shrink, and how they would depends on the machine's zlib."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as file:
        for name, content in contents.items():
            entry = ZipInfo(name)  # dated 1980, the earliest that a zip file knows
            entry.create_system, entry.external_attr = 3, _READABLE_FILE
            file.writestr(entry, content)
    return buffer.getvalue()


def _readme(hyperparameters: Resolved, series: Series) -> str:
    about = f"{_one_line(series.title)} ({_one_line(series.unit)}), which ends on {str(series.dates[-1])[:10]}"
    in_keras = (
        " or python model_keras.py (pip install keras torch numpy safetensors): either forecasts the next value."
        if _has_keras(hyperparameters)
        else f": it forecasts the next value. Keras has no {hyperparameters.cell}."
    )
    return (
        f"A trained {hyperparameters.cell} for {about}: its weights under PyTorch's names, and the last values.\n"
        f"Run python model_pytorch.py (pip install torch numpy safetensors){in_keras}\n"
    )


def _one_line(text: str) -> str:
    """Without line breaks and whatever else cannot be seen."""
    seen = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return seen if len(seen) <= _LONGEST_TITLE else seen[: _LONGEST_TITLE - 3] + "..."


def _table(series: Series, rows: int) -> str:
    """Dates without a time where all are midnights; values as Python prints them, so that none loses a bit."""
    days = series.dates.astype("datetime64[D]")
    dates = (days if (days == series.dates).all() else series.dates)[-rows:]
    lines = (f"{date},{float(value)!r}" for date, value in zip(dates, series.values[-rows:], strict=True))
    return "\n".join(["date,value", *lines]) + "\n"
