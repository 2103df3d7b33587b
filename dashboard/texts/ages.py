"""How far a network was trained, in words; the stage says it too."""

from math import ceil

from dashboard.components.words import WORDS


def age(epoch: float) -> str:
    """ "epoch 25", or "during epoch 25" with 24.3 epochs done."""
    return WORDS["age_whole" if epoch == int(epoch) else "age_within"].format(epoch=ceil(epoch))
