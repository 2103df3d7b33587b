"""Short ways to read a CSV file in a test."""

import numpy as np

from lstm_core.data.csv.reading import read_csv
from lstm_core.data.series import Series


def read(text: str | bytes, column: str | None = None) -> Series:
    return read_csv(text if isinstance(text, bytes) else text.encode(), "prices", column)


def days(series: Series) -> list[str]:
    return np.datetime_as_string(series.dates, "D").tolist()
