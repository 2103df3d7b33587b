"""How far a network was trained, in words; the stage says it too."""

from math import ceil

from dashboard.texts import say


def age(epoch: float) -> str:
    """ "epoch 25", or "during epoch 25" with 24.3 epochs done."""
    return say("stage.age_whole" if epoch == int(epoch) else "stage.age_within", epoch=ceil(epoch))
