"""The command line: python -m lstm_core series | train | trace | evaluate | forecast | code."""

import argparse
import json
import math
import signal
import sys
from collections.abc import Sequence
from dataclasses import fields
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from lstm_core import api
from lstm_core.data.series import Series
from lstm_core.data.steps import short_step_of
from lstm_core.errors import DataUnavailable, InvalidArgument, InvalidFile
from lstm_core.formatting import NONE, amount, count, errors, iso_date, number, percent, unit_of
from lstm_core.hyperparameters import Hyperparameters, Rule
from lstm_core.phrases import Phrase
from lstm_core.runs.run import load, require_free, save
from lstm_core.training.checkpoint import EpochReport

if TYPE_CHECKING:
    from lstm_core.forecasting.evaluation import Evaluation

_UNTRAINED = "epoch 0, untrained because no epoch had a lower validation loss"


class _Parser(argparse.ArgumentParser):
    """argparse, with every complaint on one line, and no flag but those that are listed."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(allow_abbrev=False, **settings)

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0, or 2 after one line on standard error for anything that the user can put right; 130 for Ctrl-C."""
    options = _parser().parse_args(arguments)
    try:
        options.command(options)
    except (InvalidArgument, InvalidFile, DataUnavailable) as error:
        return _complain(str(error))
    except OSError as error:
        return _complain(f"{error.filename or 'file'}: {error.strerror or error}")
    except KeyboardInterrupt:
        return 130
    return 0


def _complain(sentence: str) -> int:
    print(" ".join(sentence.split()), file=sys.stderr)
    return 2


def list_series(options: argparse.Namespace) -> None:
    from lstm_core.data.catalogue import entries, load

    for entry in entries():
        series = load(entry.name)
        first, last = (iso_date(date) for date in series.dates[[0, -1]])
        print(f"{entry.name:<14} {first}  {last}  {len(series):>6}  {series.source}")


def train(options: argparse.Namespace) -> None:
    hyperparameters = _hyperparameters(options)
    require_free(options.out)
    run = api.train(_series(options), hyperparameters, on_report=_print_json if options.json else _print_line)
    save(run, options.out)
    if run.explanation:
        print(run.explanation, file=sys.stderr)
    if not options.json:
        which = f"epoch {run.epoch}, where the validation loss was lowest," if run.epoch else f"{_UNTRAINED},"
        print(f"{run.outcome}: the weights of {which} are in {options.out}")


def trace(options: argparse.Namespace) -> None:
    found = api.trace(load(options.directory), options.window)
    names = ("prediction", "target", "prediction_price", "target_price")
    arrays = {"inputs": found.inputs, **found.activations} | {name: getattr(found, name) for name in names}
    _write(options.out, _npz(arrays))


def evaluate(options: argparse.Namespace) -> None:
    run = load(options.directory)
    evaluation = api.evaluate(run)
    result = evaluation.to_dict()
    if options.json:
        print(json.dumps(result, allow_nan=False))
        return
    step = short_step_of(run.series.dates)
    _print_metrics(evaluation, run.series, f"test {step}")
    print(f"Always naming the more frequent direction is right on {percent(evaluation.majority)} of the {step}s.")
    if result["skill"] is not None:
        side = "better" if evaluation.skill > 0 else "worse"
        which = f"Epoch {run.epoch}" if run.epoch else "Epoch 0, untrained"
        print(f"{which}, one seed: RMSE {percent(abs(evaluation.skill))} {side} than naive.", end=" ")
    print(evaluation.diebold_mariano.sentence(step))


def forecast(options: argparse.Namespace) -> None:
    run = load(options.directory)
    ahead = api.forecast(run, options.horizon)
    dates = [iso_date(date) for date in ahead.dates]
    if options.json:
        columns = {"forecast": ahead.values, "lower": ahead.lower, "upper": ahead.upper, "naive": ahead.naive}
        lists = {name: [_number(value) for value in values] for name, values in columns.items()}
        print(json.dumps({"dates": dates, "level": ahead.level, "unit": run.series.unit} | lists, allow_nan=False))
        return
    unit = unit_of(run.series.unit, run.series.values)
    columns = (ahead.values, ahead.lower, ahead.upper, ahead.naive)
    amounts = zip(*([amount(value, unit) for value in column] for column in columns), strict=True)
    _print_table(
        ("date", "forecast", "lower", "upper", "naive"), [(day, *row) for day, row in zip(dates, amounts, strict=True)]
    )


def _print_metrics(evaluation: "Evaluation", series: Series, steps: str) -> None:
    """A row a forecaster; errors as on the page."""
    unit, told = unit_of(series.unit, series.values), evaluation.metrics.values()
    rmse, mae = (errors([getattr(each, name) for each in told], unit) for name in ("rmse", "mae"))
    relative = [number(each.relative_mae, 4) if math.isfinite(each.relative_mae) else NONE for each in told]
    direction = [NONE if each.direction is None else percent(each.direction) for each in told]
    head = (count(evaluation.days, steps), "rmse", "mae", "relative mae", "direction")
    _print_table(head, list(zip(evaluation.metrics, rmse, mae, relative, direction, strict=True)))


def _print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """The first column stands on the left; the others, which are numbers, on the right."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for first, *others in (head, *rows):
        numbers = (f"{text:>{width}}" for text, width in zip(others, widths[1:], strict=True))
        print("  ".join((f"{first:<{widths[0]}}", *numbers)))


def code(options: argparse.Namespace) -> None:
    from lstm_core.export import bundle

    run = load(options.directory)
    _write(options.out, bundle(run.hyperparameters, run.series, run.weights))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m lstm_core", description=__doc__)
    commands = parser.add_subparsers(required=True, parser_class=_Parser, metavar="COMMAND")
    command = commands.add_parser("series", help="list the series that can be had offline")
    command.set_defaults(command=list_series)
    command = commands.add_parser("train", help="train a network on a series and save the run")
    command.add_argument("name", metavar="NAME", nargs="?", help="a series of the catalogue, or the name for --csv")
    command.add_argument(
        "--csv", type=Path, metavar="FILE", help="train on a CSV file with a date and a numeric column"
    )
    command.add_argument("--column", help="the numeric column of the CSV file")
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the run is written")
    command.add_argument("--json", action="store_true", help="one JSON object an epoch on standard output")
    _add_hyperparameters(command)
    command.set_defaults(command=train)
    for name, action, text in (
        ("trace", trace, "write every activation of one window"),
        ("evaluate", evaluate, "judge the run on its test part, beside the baselines"),
        ("forecast", forecast, "forecast beyond the last observation"),
        ("code", code, "write the network as PyTorch and Keras scripts, with its weights"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("directory", type=Path, metavar="DIR", help="a run directory")
        if name == "trace":
            command.add_argument(
                "--window",
                type=int,
                default=-1,
                metavar="INDEX",
                help="which window, in time order (default: the last)",
            )
        if name in ("trace", "code"):
            ending = "npz" if name == "trace" else "zip"
            command.add_argument("--out", type=Path, required=True, metavar=f"FILE.{ending}")
        else:
            command.add_argument("--json", action="store_true")
        if name == "forecast":
            command.add_argument("--horizon", type=int, required=True, metavar="N", help="timesteps ahead")
        command.set_defaults(command=action)
    return parser


def _add_hyperparameters(command: argparse.ArgumentParser) -> None:
    for each in fields(Hyperparameters):
        rule: Rule = each.metadata["rule"]
        default: Any = each.default
        kind = type(default)
        several = kind is tuple
        expected, usual = str(rule.expected(kind)), " ".join(default) if several else default
        text = f"{rule.help} {expected[0].upper()}{expected[1:]}; default {usual}."
        command.add_argument(
            "--" + each.name.replace("_", "-"),
            dest=each.name,
            type=str if kind in (str, tuple) else kind,
            nargs="+" if several else None,
            help=text.replace("%", "%%"),
        )


def _hyperparameters(options: argparse.Namespace) -> Hyperparameters:
    given = {each.name: getattr(options, each.name) for each in fields(Hyperparameters)}
    return Hyperparameters.from_dict({name: value for name, value in given.items() if value is not None})


def _series(options: argparse.Namespace) -> Series:
    return api.load_series(options.name, csv=options.csv, column=options.column)


def _number(value: float) -> float | None:
    """For JSON, which has no NaN."""
    return float(value) if math.isfinite(value) else None


def _print_json(report: EpochReport) -> None:
    print(json.dumps(report.row()), flush=True)


def _print_line(report: EpochReport) -> None:
    losses = f"train {number(report.train_loss, 5)}  validation {number(report.validation_loss, 5)}"
    print(f"epoch {report.epoch:>4}  {losses}  {number(report.seconds, 2)} s", flush=True)


def _npz(arrays: dict[str, np.ndarray]) -> bytes:
    buffer = BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def _write(path: Path, content: bytes) -> None:
    """At exactly the given path, whatever its ending."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise InvalidArgument("out", Phrase("writable_file", reason=str(error.strerror)), str(path)) from error


if __name__ == "__main__":
    if sys.platform != "win32":  # a closed pipe, as after `| head`, ends this program like any other
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for stream in (sys.stdout, sys.stderr):  # signs of currencies and the minus are in no older encoding
        stream.reconfigure(encoding="utf-8")  # pyright: ignore[reportAttributeAccessIssue]
    sys.exit(main())
