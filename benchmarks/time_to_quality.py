"""Time until the one-step validation RMSE is good: ours, the tutorials' loop and three libraries, on two tasks.

All have an LSTM of 50 units with one linear output, windows of 60 days, the same scaler, Adam and one thread; each is
taken at the best of the learning rates. Times are medians over the seeds, in processor seconds of this process: on an
idle machine those are seconds, on a busy one they are still fair.
"""

from typing import NamedTuple

from benchmarks import contenders
from benchmarks.contenders import Contender


class Entry(NamedTuple):
    name: str
    run: Contender
    package: str


ENTRIES = (
    Entry("Gatescope", contenders.ours, "lstm_core"),
    Entry("tutorial loop", contenders.tutorial, "torch"),
    Entry("Darts RNNModel", contenders.darts_rnn, "darts"),
    Entry("Darts BlockRNNModel", contenders.darts_block, "darts"),
    Entry("NeuralForecast LSTM", contenders.neural_forecast, "neuralforecast"),
    Entry("Keras on JAX", contenders.keras_jax, "jax"),
)
