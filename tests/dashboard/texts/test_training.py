"""How a training goes, in one line: how far, how long still, how much better or worse than naive."""

import numpy as np

from dashboard.texts.training import learning, progress
from lstm_core.jobs import JobState


def test_learning_compares_with_naive():
    said = learning(np.array([0.5, 0.3]), 0.24)
    assert said == "Validation loss 0.3000, naive 0.2400: 25.0 % worse than naive so far; the test comes at the end."


def test_progress_says_how_far_how_long_and_who_goes_first():
    assert progress(JobState.TRAINING, 34, 80, 12.4, None) == "Training: epoch 34 of 80, about 12 s left"
    assert progress(JobState.QUEUED, 0, 80, None, 3) == "Waiting for a worker: epoch 0 of 80, 2 go first"
    assert progress(JobState.QUEUED, 0, 80, None, 2) == "Waiting for a worker: epoch 0 of 80, 1 goes first"
    assert progress(JobState.PAUSED, 3, 80, 5.0, None) == "Paused: epoch 3 of 80"
