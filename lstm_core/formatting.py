"""Amounts, numbers, dates and durations as people read them: on the page and in the command line's tables.

Symbols, decimals of currencies and names of months are CLDR's, by babel. The browser writes amounts by the same rule
(static/shared/format.js); what they share is a `Unit`, which travels there with the series. Imports no torch.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from math import floor, isfinite, log10

import numpy as np
from babel import Locale
from babel.numbers import format_decimal, get_currency_precision

MINUS, SPACE, NONE = "\u2212", "\u00a0", "–"  # the space never breaks
_LOCALE = Locale("en")
_USUAL_DECIMALS, _MOST_DECIMALS = 2, 12
_CHANGE_DIGITS = 2  # significant digits of a usual step's change
_SMALLEST_IN_FULL = 1e-6
_ERROR_DIGITS = 4  # so that a share of a percent can be worked out of two errors

# What Yahoo quotes in and CLDR does not know: coins, and hundredths or thousandths of a currency.
_COINS = {"BTC", "ETH", "BNB", "USDT", "USDC"}
_MINOR = {
    "GBp": "p",
    "GBX": "p",
    "USX": "¢",
    "ZAc": f"{SPACE}cents",
    "ILA": f"{SPACE}agorot",
    "KWF": f"{SPACE}fils",
}

_INDEX = "index"  # counts in itself: no word stands behind its numbers


@dataclass(frozen=True)
class Unit:
    """How the values of one series are written: all of them with so many decimals, so that they compare.

    before, after: what stands around the number; an ``after`` that begins with a space is a word, any other one a sign.
    is_money: whether they are prices.
    """

    before: str
    after: str
    decimals: int
    is_money: bool


def unit_of(name: str, values: np.ndarray) -> Unit:
    """``name``: as Yahoo writes it (USD, GBp, JPY), or any words; values: (N,), of the series that has it.

    Decimals are the currency's own, and more of them where the change of a usual step would have less than two digits.
    """
    before, after, least, is_money = _signs(name)
    return Unit(before, after, max(least, _decimals(_usual_change(values), _CHANGE_DIGITS)), is_money)


@cache
def _signs(name: str) -> tuple[str, str, int, bool]:
    """Before, after, decimals of its own, and whether it is money."""
    if name in _MINOR:
        return "", _MINOR[name], _USUAL_DECIMALS, True
    if name in _LOCALE.currencies:
        symbol = _LOCALE.currency_symbols.get(name, name)
        return symbol + (SPACE if symbol[-1].isalpha() else ""), "", get_currency_precision(name), True
    word = "" if name.startswith(_INDEX) else name
    return "", f"{SPACE}{word}" if word else "", _USUAL_DECIMALS, name in _COINS


def _usual_change(values: np.ndarray) -> float:
    """The median change, or a tenth of the values of a series that never moves."""
    changes = np.abs(np.diff(values))
    moved = changes[changes > 0]
    return float(np.median(moved)) if moved.size else float(np.abs(values).max(initial=0)) / 10


def _decimals(value: float, digits: int) -> int:
    """With which a number has so many significant digits; 0 for 0."""
    if not value or not isfinite(value):
        return 0
    return min(_MOST_DECIMALS, max(0, digits - 1 - floor(log10(abs(value)))))


def amount(value: float, unit: Unit, decimals: int | None = None) -> str:
    """$26.86, −1,234.50p, 312.40 °C."""
    if not isfinite(value):
        return NONE
    digits = number(abs(value), unit.decimals if decimals is None else decimals)
    minus = MINUS if value < 0 and any(digit in digits for digit in "123456789") else ""
    return f"{minus}{unit.before}{digits}{unit.after}"


def errors(values: Sequence[float], unit: Unit) -> list[str]:
    """Errors that are compared: four digits of the largest, and more where two that differ would read alike."""
    largest = max((abs(value) for value in values if isfinite(value)), default=0.0)
    fewest = max(unit.decimals, _decimals(largest, _ERROR_DIGITS))
    for decimals in range(fewest, fewest + _ERROR_DIGITS):
        written = [amount(value, unit, decimals) for value in values]
        if len(set(written)) == len(set(values)):
            return written
    return [amount(value, unit, fewest) for value in values]


def number(value: float, decimals: int = 0) -> str:
    """1,234.50: thousands apart, so many decimals."""
    if not isfinite(value):
        return NONE
    exact = Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0  # as the browser rounds; no -0
    pattern = f"#,##0.{'0' * decimals}".rstrip(".")
    return format_decimal(exact, format=pattern, locale=_LOCALE).replace("-", MINUS)


def significant(value: float, digits: int) -> str:
    """At most so many significant digits; what is very small as a power of ten."""
    if not isfinite(value):
        return NONE
    if value and abs(value) < _SMALLEST_IN_FULL:
        return scientific(value, digits - 1)
    exact = Decimal(value) + 0
    rounded = exact.quantize(Decimal(1).scaleb(exact.adjusted() + 1 - digits), ROUND_HALF_UP) if value else exact
    return format_decimal(rounded, format=f"#,##0.{'#' * _MOST_DECIMALS}", locale=_LOCALE).replace("-", MINUS)


def scientific(value: float, decimals: int = 0) -> str:
    """6e−8: a power of ten, where the size matters and not the digits."""
    if not isfinite(value):
        return NONE
    digits, _, power = f"{value:.{decimals}e}".partition("e")
    return f"{digits}e{int(power)}".replace("-", MINUS) if value else "0"


def count(quantity: int, what: str) -> str:
    """A number of things, in plural where there is not one: 1 day, 1,234 test months."""
    return f"{number(quantity)} {what}" if quantity == 1 else f"{number(quantity)} {what}s"


def percent(share: float, decimals: int = 1) -> str:
    """A share in percent, to a tenth if not told otherwise: 0.4 %."""
    return f"{number(share * 100, decimals)} %"


def date(moment: np.datetime64) -> str:
    """24 Jul 2009, for labels and sentences; with the time of day where there is one."""
    day, time = _parts(moment)
    return f"{day.day} {_LOCALE.months['format']['abbreviated'][day.month]} {day.year}{f', {time}' if time else ''}"


def iso_date(moment: np.datetime64) -> str:
    """2009-07-24, for data and tables; with the time of day where there is one."""
    day, time = _parts(moment)
    return f"{day:%Y-%m-%d} {time}".rstrip()


def _parts(moment: np.datetime64) -> tuple[datetime, str]:
    """The day, and the time where it is not midnight."""
    when = moment.astype("datetime64[s]").item()
    return when, f"{when:%H:%M}" if (when.hour, when.minute) != (0, 0) else ""
