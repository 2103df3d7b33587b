"""How far a network was trained, in words."""

import pytest

from dashboard.texts.ages import age


@pytest.mark.parametrize(
    ("epoch", "text"),
    [(0, "epoch 0"), (25, "epoch 25"), (25.0, "epoch 25"), (24.3, "during epoch 25"), (0.5, "during epoch 1")],
)
def test_ages_are_whole_epochs_or_within_one(epoch, text):
    assert age(epoch) == text
