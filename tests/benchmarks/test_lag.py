"""How far the chart's curve is behind the loss panel, from what was seen on the screen."""

import pytest

from benchmarks.lag import Seen, most


def test_the_most_epochs_and_the_longest_time_that_the_panel_was_past_the_curve():
    moments = [
        Seen(0, panel=1, chart=1),
        Seen(1000, panel=2, chart=1),  # from here on the panel is past the curve's epoch 1 ...
        Seen(1800, panel=9, chart=1),
        Seen(4000, panel=9, chart=9),  # ... until here: three seconds, and eight epochs at most
        Seen(4500, panel=11, chart=9),
        Seen(5000, panel=11, chart=9),
    ]
    assert most(moments) == (8, 3.0)


def test_a_curve_that_never_comes_is_behind_all_the_time():
    assert most([Seen(0, 1, 0), Seen(2000, 4, 0), Seen(10_000, 4, 0)]) == (4, 10.0)


def test_one_that_keeps_up_is_not_behind():
    assert most([Seen(0, 3, 3), Seen(10_000, 3, 3)]) == (0, 0)


def test_an_older_lag_does_not_hide_behind_a_shorter_newer_one():
    moments = [Seen(0, 2, 1), Seen(2500, 2, 2), Seen(2600, 3, 2), Seen(2700, 3, 3), Seen(2800, 3, 3)]
    assert most(moments).seconds == pytest.approx(2.5)
