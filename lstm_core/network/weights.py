"""Weights: a network's parameters as arrays, so that a process without torch can hold them."""

from collections.abc import Mapping

import numpy as np

# Under torch.nn's names: weight_ih_l0 ..., head.weight, head.bias.
Weights = Mapping[str, np.ndarray]
