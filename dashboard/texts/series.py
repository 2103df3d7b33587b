"""A series in words: how long it is, where it comes from, what is missing."""

import numpy as np

from dashboard.texts import say
from dashboard.texts.sentences import sentence_of
from dashboard.texts.steps import steps
from lstm_core.data.series import Series
from lstm_core.data.steps import step_of
from lstm_core.formatting import date


def extent(series: Series) -> str:
    """3,270 trading days, 1 Mar 2000 to 1 Mar 2013."""
    first, last = (date(moment) for moment in series.dates[[0, -1]])
    return say("series.extent", how_many=steps(len(series), step_of(series.dates)), first=first, last=last)


def source(series: Series) -> str:
    return say("series.source", source=sentence_of(series.source))


def no_observation(asked: np.datetime64, taken: np.datetime64) -> str:
    """A date without an observation, such as a Saturday, stands for the last one before it. The stage says it too."""
    return say("stage.no_observation", asked=date(asked), taken=date(taken))


def not_trained(elsewhere: str) -> str:
    """Over a series that no network has learnt yet; ``elsewhere``: what the one on show still trains on."""
    return say("series.not_trained_while", title=elsewhere) if elsewhere else say("series.not_trained")
