"""The text of a CSV file: from bytes to a header and rows of cells, whatever encoding and separator it came in."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from lstm_core.errors import InvalidFile
from lstm_core.phrases import Phrase

LARGEST_FILE = 10 * 2**20  # bytes
MOST_ROWS = 200_000
MOST_COLUMNS = 500
SEPARATORS = ("\t", ";", ",")  # in this order where several would fit: a comma may also be part of a number
UNNAMED = "column "  # and its position: the name of a column that has none
SAMPLE = 50  # lines that decide on the separator

FOREIGN = {
    b"PK\x03\x04": Phrase("file_zip"),
    b"\xd0\xcf\x11\xe0": Phrase("file_old_excel"),
    b"\x1f\x8b": Phrase("file_gzip"),
    b"%PDF": Phrase("file_pdf"),
    b"PAR1": Phrase("file_parquet"),
}
BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Table:
    """Cells as text. header: as it stands in the file; columns: unique name -> one cell per row.

    lines: where each row ends in the file, from 1.
    """

    header: list[str]
    columns: dict[str, list[str]]
    lines: list[int]
    separator: str
    notes: tuple[Phrase, ...]


def read_table(content: bytes) -> Table:
    """Raises `InvalidFile`, saying what is wrong and where, for anything that is no table with a header line."""
    text, notes = _decoded(content)
    separator = _separator(text)
    rows = _rows(text, separator)
    _, first = next(rows, (0, []))
    if not first:
        raise InvalidFile(Phrase("file_empty"))
    header = _names(first)
    lines, cells = [], []
    for line, row in rows:
        if len(lines) == MOST_ROWS:
            raise InvalidFile(Phrase("file_too_many_rows", most=MOST_ROWS))
        lines.append(line)
        cells.append(_fitted(row, len(header), line))
    if not lines:
        raise InvalidFile(Phrase("file_without_rows"))
    columns = {name: list(column) for name, column in zip(header, zip(*cells, strict=True), strict=True)}
    return Table(first, columns, lines, separator, notes)


def _decoded(content: bytes) -> tuple[str, tuple[Phrase, ...]]:
    if len(content) > LARGEST_FILE:
        raise InvalidFile(Phrase("file_too_large", megabytes=len(content) / 2**20, most=LARGEST_FILE // 2**20))
    for signature, said in FOREIGN.items():
        if content.startswith(signature):
            raise InvalidFile(said)
    text, notes = _text(content)
    if not text.strip():
        raise InvalidFile(Phrase("file_empty"))
    if found := CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise InvalidFile(Phrase("file_control_character", line=line, character=repr(found[0])))
    return text, notes


def _text(content: bytes) -> tuple[str, tuple[Phrase, ...]]:
    marked = next((encoding for mark, encoding in BYTE_ORDER_MARKS.items() if content.startswith(mark)), None)
    if marked:
        try:
            return content.decode(marked), ((Phrase("utf_16"),) if marked == "utf-16" else ())
        except UnicodeDecodeError:
            name = "UTF-16" if marked == "utf-16" else "UTF-8"
            raise InvalidFile(Phrase("file_broken_encoding", encoding=name)) from None
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass  # cp1252 is the next best guess, and said
    try:
        return content.decode("cp1252"), (Phrase("windows_1252"),)
    except UnicodeDecodeError:
        raise InvalidFile(Phrase("file_no_text")) from None


def _separator(text: str) -> str:
    """The one that cuts the header into several cells and the lines below it into as many."""
    fits = {separator: _fit(text, separator) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: fits[separator])
    if not fits[best]:
        raise InvalidFile(Phrase("file_one_column"))
    return best


def _fit(text: str, separator: str) -> float:
    """Share of the first lines with as many cells as the header; 0 where the header is not cut at all."""
    lines = islice((line for line in io.StringIO(text, newline="") if line.strip()), SAMPLE)
    widths = []
    with suppress(csv.Error):  # the reading proper will say it, with its line
        widths.extend(len(row) for row in csv.reader(lines, delimiter=separator, skipinitialspace=True) if row)
    return sum(width == widths[0] for width in widths) / len(widths) if widths and widths[0] > 1 else 0.0


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of each line that is not blank; the cells without blanks around them."""
    # strict: a quotation mark that is never closed would swallow the rest of the file as one cell.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True)
    try:
        for cells in reader:
            row = [cell.strip() for cell in cells]
            if any(row):
                yield reader.line_num, row
    except csv.Error as error:
        raise InvalidFile(Phrase("file_line_unreadable", line=reader.line_num, reason=str(error))) from None


def _names(row: list[str]) -> tuple[str, ...]:
    """A unique name for every column."""
    if len(row) > MOST_COLUMNS:
        raise InvalidFile(Phrase("file_too_many_columns", columns=len(row), most=MOST_COLUMNS))
    names: dict[str, None] = {}
    for position, cell in enumerate(row, start=1):
        name, copy = cell or f"{UNNAMED}{position}", 2
        while name in names:
            name, copy = f"{cell or f'{UNNAMED}{position}'} ({copy})", copy + 1
        names[name] = None
    return tuple(names)


def _fitted(row: list[str], width: int, line: int) -> list[str]:
    """The row with as many cells as the header; cells missing at its end are blank."""
    if any(row[width:]):
        raise InvalidFile(Phrase("file_cells_beyond_header", line=line, cells=len(row), width=width))
    return row[:width] + [""] * (width - len(row))
