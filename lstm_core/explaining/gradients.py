"""What mattered: gradients of a forecast with respect to its inputs, and of the loss on its way back through time."""

import numpy as np
import torch
from torch import Tensor

from lstm_core.network.forecaster import Forecaster
from lstm_core.training.problems.forecasting.problem import LOSSES


def input_gradients(forecaster: Forecaster, inputs: np.ndarray) -> np.ndarray:
    """d prediction after the last timestep / d input at each timestep: inputs (T, D), scaled -> (T, D), scaled."""
    forecaster.eval()
    x = _tensor(forecaster, inputs).requires_grad_()
    (gradient,) = torch.autograd.grad(forecaster(x[None])[0, -1], x)
    return gradient.cpu().numpy()


def gradient_norms(
    forecaster: Forecaster, inputs: np.ndarray, target: np.ndarray, scored: np.ndarray, loss: str = "mse"
) -> np.ndarray:
    """Norm of d loss / d hidden state at each timestep, as backpropagation through time brings it there.

    inputs (T, D) and target (T,), scaled; the loss is that of training: the mean over the timesteps that ``scored``
    (T,) marks. Returns (L, T), all NaN where it marks none: there is no loss then. Source: Hochreiter 1991; Bengio,
    Simard and Frasconi 1994.
    """
    if not scored.any():
        return np.full((forecaster.recurrent.num_layers, len(inputs)), np.nan)
    layers, predicted = unrolled(forecaster, _tensor(forecaster, inputs)[None])
    counted = torch.from_numpy(np.array(scored)).to(predicted.device)
    criterion = LOSSES[loss](predicted[0, counted], _tensor(forecaster, target)[counted])
    gradients = torch.autograd.grad(criterion, [state for layer in layers for state in layer])
    norms = torch.stack([gradient.norm() for gradient in gradients])
    return norms.reshape(len(layers), len(inputs)).cpu().numpy()


def unrolled(forecaster: Forecaster, x: Tensor) -> tuple[list[list[Tensor]], Tensor]:
    """Hidden states (B, H) by layer and timestep, each a node of its own in the graph, and the predictions (B, T)."""
    layers = []
    for layer in range(forecaster.recurrent.num_layers):
        steps = forecaster.recurrent.steps(x, forecaster.recurrent.layer_weights(layer))
        layers.append([step.hidden_state for step in steps])
        x = torch.stack(layers[-1], dim=1)
    return layers, forecaster.head(x).squeeze(-1)


def _tensor(forecaster: Forecaster, values: np.ndarray) -> Tensor:
    return torch.from_numpy(np.array(values)).to(forecaster.head.weight)
