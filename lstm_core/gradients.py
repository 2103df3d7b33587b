"""What mattered: gradients of a forecast with respect to its inputs, and of the loss on its way back through time."""

import numpy as np
import torch
from torch import Tensor

from lstm_core.forecaster import Forecaster
from lstm_core.training import LOSSES


def input_gradients(forecaster: Forecaster, inputs: np.ndarray) -> np.ndarray:
    """d prediction after the last timestep / d input at each timestep: inputs (T, D), scaled -> (T, D), scaled."""
    forecaster.eval()
    x = _tensor(forecaster, inputs).requires_grad_()
    (gradient,) = torch.autograd.grad(forecaster(x[None])[0, -1], x)
    return gradient.cpu().numpy()


def gradient_norms(
    forecaster: Forecaster, inputs: np.ndarray, target: np.ndarray, first_scored: int, loss: str = "mse"
) -> np.ndarray:
    """Norm of d loss / d hidden state at each timestep, as backpropagation through time brings it there.

    inputs (T, D) and target (T,), scaled; the loss is that of training: the mean over the timesteps from
    ``first_scored`` on. Returns (L, T). Source: Hochreiter 1991; Bengio, Simard and Frasconi 1994.
    """
    layers, predicted = _unrolled(forecaster, _tensor(forecaster, inputs)[None])
    wanted = _tensor(forecaster, target)
    criterion = LOSSES[loss](predicted[0, first_scored:], wanted[first_scored:])
    gradients = torch.autograd.grad(criterion, [state for layer in layers for state in layer])
    norms = torch.stack([gradient.norm() for gradient in gradients])
    return norms.reshape(len(layers), len(inputs)).cpu().numpy()


def _unrolled(forecaster: Forecaster, x: Tensor) -> tuple[list[list[Tensor]], Tensor]:
    """Hidden states (B, H) by layer and timestep, each a node of its own in the graph, and the predictions (B, T)."""
    layers = []
    for layer in range(forecaster.recurrent.num_layers):
        steps = forecaster.recurrent.steps(x, forecaster.recurrent.layer_weights(layer))
        layers.append([step.hidden_state for step in steps])
        x = torch.stack(layers[-1], dim=1)
    return layers, forecaster.head(x).squeeze(-1)


def _tensor(forecaster: Forecaster, values: np.ndarray) -> Tensor:
    return torch.from_numpy(np.array(values)).to(forecaster.head.weight)
