"""The text of the scripts. What varies between runs stands behind a $, and `scripts` puts it there."""

from string import Template

PYTORCH = Template('''"""A trained $cell that forecasts the next value of a series, in PyTorch.

Needs: pip install torch numpy safetensors
Run:   python model_pytorch.py
"""

from functools import cache
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn

FOLDER = Path(__file__).parent

$constants


${own_layers}class Forecaster(nn.Module):
    def __init__(self):
        super().__init__()
        self.recurrent = $recurrent(INPUT_SIZE, HIDDEN_SIZE, NUM_LAYERS$options)$output_dropout
        self.head = nn.Linear(HIDDEN_SIZE, 1)

    def forward(self, x):
        """x (batch, time, INPUT_SIZE) -> what follows each timestep, scaled: (batch, time)."""
        hidden, _ = self.recurrent(x)
        return self.head($hidden).squeeze(-1)


@cache
def load_network():
    weights = load_file(FOLDER / "weights.safetensors")
    network = Forecaster()
    network.head.load_state_dict({name: weights.pop(f"head.{name}") for name in ("weight", "bias")})
    network.recurrent.load_state_dict(weights)
    return network.eval()


$inputs


def predict_scaled(values):
    """The network's prediction at each timestep of the last window, scaled: (WINDOW_LENGTH,)."""
    x = torch.from_numpy(inputs_of(values))
    with torch.no_grad():
        return load_network()(x[None])[0].numpy()


$outputs
''')

KERAS = Template('''"""A trained $cell that forecasts the next value of a series, in Keras.

Needs: pip install keras torch numpy safetensors
Run:   python model_keras.py
"""

import os
from functools import cache
from pathlib import Path

# Keras computes with torch, JAX or TensorFlow, and decides when it is imported. Unless this variable is set: torch.
os.environ.setdefault("KERAS_BACKEND", "torch")

import keras
import numpy as np
from safetensors.numpy import load_file

FOLDER = Path(__file__).parent

$constants


def build():
    """(batch, time, INPUT_SIZE) -> what follows each timestep, scaled: (batch, time, 1)."""
    model = keras.Sequential([keras.Input((None, INPUT_SIZE))])
    for $layer in range(NUM_LAYERS):$dropout
        model.add(keras.layers.$layers)$output_dropout
    model.add(keras.layers.Dense(1))
    return model


$conversion


@cache
def load_network():
    weights = load_file(FOLDER / "weights.safetensors")
    arrays = [array for layer in range(NUM_LAYERS) for array in layer_weights(weights, layer)]
    model = build()
    model.set_weights([*arrays, weights["head.weight"].T, weights["head.bias"]])
    return model


$inputs


def predict_scaled(values):
    """The network's prediction at each timestep of the last window, scaled: (WINDOW_LENGTH,)."""
    x = inputs_of(values)
    return load_network().predict(x[None], verbose=0)[0, :, 0]


$outputs
''')

INPUTS = Template('''def inputs_of(values):
    """The last $needed values as the network sees them: (WINDOW_LENGTH, INPUT_SIZE)."""
    if len(values) < $needed:
        raise ValueError(f"{$needed} values are needed, and {len(values)} came.")
    values = np.asarray(values, dtype=np.float64)
$columns
    return np.stack([$names], axis=-1).astype(np.float32)''')

OUTPUTS = Template('''def predict(values):
    """A forecast of the value that follows the given ones (oldest first), in their own unit."""
    scaled = float(predict_scaled(values)[-1])
    $target = scaled * ${constant}_DEVIATION + ${constant}_MEAN
    return float($value)


if __name__ == "__main__":
    values = np.loadtxt(FOLDER / "values.csv", delimiter=",", skiprows=1, usecols=1)
    print(f"forecast of the next value: {predict(values):.6g}")
    print(f"naive, tomorrow equals today: {values[-1]:.6g}")''')

# Representation -> how it is made of a window's values, and how a value is made of a predicted one.
REPRESENT = {
    "log_return": "np.diff(np.log(values[-WINDOW_LENGTH - 1 :]))",
    "level": "values[-WINDOW_LENGTH:]",
    "relative": "values[-WINDOW_LENGTH:] / values[-WINDOW_LENGTH] - 1",
}
RESTORE = {
    "log_return": "values[-1] * np.exp(log_return)",
    "level": "level",
    "relative": "values[-WINDOW_LENGTH] * (1 + relative)",
}

_SUMMED = Template('''def layer_weights(weights, layer):
    """One layer's weights as Keras has them: rows and columns swapped, both biases added.

    $gates
    """
    kernel = weights[f"weight_ih_l{layer}"].T
    recurrent_kernel = weights[f"weight_hh_l{layer}"].T
    bias = weights[f"bias_ih_l{layer}"] + weights[f"bias_hh_l{layer}"]
    return [kernel, recurrent_kernel, bias]''')

_REORDERED = '''def reordered(array):
    """PyTorch stacks reset gate, update gate and candidate; Keras has the update gate first."""
    reset, update, candidate = np.split(array, 3)
    return np.concatenate([update, reset, candidate])


def layer_weights(weights, layer):
    """One layer's weights as Keras has them: rows and columns swapped, both biases in one array."""
    kernel = reordered(weights[f"weight_ih_l{layer}"]).T
    recurrent_kernel = reordered(weights[f"weight_hh_l{layer}"]).T
    biases = [reordered(weights[f"bias_{side}_l{layer}"]) for side in ("ih", "hh")]
    return [kernel, recurrent_kernel, np.stack(biases)]'''

# Cell -> a function that turns the weights of torch.nn into those of Keras.
CONVERSION = {
    "LSTM": _SUMMED.substitute(gates="Both stack the gates in the same order: input, forget, candidate, output."),
    "GRU": _REORDERED,
    "RNN": _SUMMED.substitute(gates="A plain RNN has no gates that could stand in another order."),
}

# Cell -> layers that torch.nn has not, with parameters of torch.nn's names.
OWN_LAYERS = {
    "PeepholeLSTM": '''class PeepholeLSTM(nn.Module):
    """An LSTM whose gates also see the unit's own cell state (Gers and Schmidhuber 2000): torch.nn has none."""

    def __init__(self, input_size, hidden_size, num_layers, dropout=0.0):
        super().__init__()
        self.hidden_size, self.num_layers, self.dropout = hidden_size, num_layers, nn.Dropout(dropout)
        for layer in range(num_layers):
            self.add(f"weight_ih_l{layer}", 4 * hidden_size, hidden_size if layer else input_size)
            self.add(f"weight_hh_l{layer}", 4 * hidden_size, hidden_size)
            for name in ("bias_ih", "bias_hh"):
                self.add(f"{name}_l{layer}", 4 * hidden_size)
            for name in ("weight_ci", "weight_cf", "weight_co"):
                self.add(f"{name}_l{layer}", hidden_size)

    def add(self, name, *shape):
        bound = self.hidden_size**-0.5
        self.register_parameter(name, nn.Parameter(torch.empty(shape).uniform_(-bound, bound)))

    def forward(self, x):
        for layer in range(self.num_layers):
            x = self.run_layer(layer, self.dropout(x) if layer else x)
        return x, None

    def run_layer(self, layer, x):
        names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_ci", "weight_cf", "weight_co")
        w_ih, w_hh, b_ih, b_hh, w_ci, w_cf, w_co = (getattr(self, f"{name}_l{layer}") for name in names)
        h = c = x.new_zeros(len(x), self.hidden_size)
        hidden = []
        for x_t in x.unbind(dim=1):
            i, f, g, o = (x_t @ w_ih.T + b_ih + h @ w_hh.T + b_hh).chunk(4, dim=-1)
            i, f = torch.sigmoid(i + w_ci * c), torch.sigmoid(f + w_cf * c)
            c = f * c + i * torch.tanh(g)
            o = torch.sigmoid(o + w_co * c)
            h = o * torch.tanh(c)
            hidden.append(h)
        return torch.stack(hidden, dim=1)
''',
}
