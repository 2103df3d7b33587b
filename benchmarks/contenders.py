"""Who races in time_to_quality.py: each trains an LSTM with one linear output, its usual way, until the race is over.

A contender takes a task, a learning rate, a seed and a race. Nobody's importing, compiling or set-up is on the clock,
which starts with the first batch. The libraries are looked for when they are asked for: requirements.txt beside this
file has them.
"""

import logging
import os
import warnings
from collections.abc import Callable
from dataclasses import replace
from time import process_time

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from benchmarks.race import Race, Task
from lstm_core.network.forecaster import build
from lstm_core.training.loop import advance, start
from lstm_core.training.problems.forecasting.problem import ForecastingProblem
from lstm_core.training.windows import Windows

Contender = Callable[[Task, float, int, Race], None]
FOREVER = 1_000_000


def ours(task: Task, learning_rate: float, seed: int, race: Race) -> None:
    """Gatescope: `advance`, epoch by epoch, with its own validation loss; all other settings are the defaults."""
    chosen = replace(task.windows.hyperparameters, learning_rate=learning_rate, seed=seed)
    windows = Windows(task.windows.values, chosen)
    race.start()
    problem = ForecastingProblem(windows)
    checkpoint, _ = start(problem)
    while not checkpoint.is_over:
        checkpoint, _ = advance(checkpoint, problem, float("inf"), epochs=1)
        forecaster = build(chosen, checkpoint.weights)
        if race.is_over(lambda shown, network=forecaster: network.predict(shown)[:, -1]):
            return


def tutorial(task: Task, learning_rate: float, seed: int, race: Race) -> None:
    """The tutorials' loop: every window, shuffled in batches of 64 by a DataLoader; the last step alone counts."""
    torch.manual_seed(seed)
    inputs, target = (torch.from_numpy(array.copy()) for array in task.last_step("train"))
    loader = DataLoader(TensorDataset(inputs, target[:, None]), batch_size=64, shuffle=True)
    network, head = nn.LSTM(1, task.hidden_size, batch_first=True), nn.Linear(task.hidden_size, 1)
    optimizer = torch.optim.Adam([*network.parameters(), *head.parameters()], lr=learning_rate)
    criterion = nn.MSELoss()
    race.start()
    while True:
        for x, y in loader:
            optimizer.zero_grad()
            loss = criterion(head(network(x)[0][:, -1]), y)
            loss.backward()
            optimizer.step()
        if race.is_over(lambda shown: _last_step(network, head, shown)):
            return


def darts_rnn(task: Task, learning_rate: float, seed: int, race: Race) -> None:
    """Darts' RNNModel: scores every step of its training windows, as ours does; every window, batches of 32."""
    from darts.models import RNNModel

    length = task.windows.length
    model = RNNModel(length, model="LSTM", training_length=length, **_darts(task, learning_rate, seed, race, "V"))
    model.fit(_darts_series(task))


def darts_block(task: Task, learning_rate: float, seed: int, race: Race) -> None:
    """Darts' BlockRNNModel with a block of one: the last step alone; every window, batches of 32."""
    from darts.models import BlockRNNModel

    model = BlockRNNModel(task.windows.length, 1, model="LSTM", **_darts(task, learning_rate, seed, race, "fc"))
    model.fit(_darts_series(task))


def neural_forecast(task: Task, learning_rate: float, seed: int, race: Race) -> None:
    """NeuralForecast's LSTM, direct, with a decoder of one linear layer, squared error and no scaler of its own.

    It counts gradient steps, not epochs: each takes 128 windows by chance. As many steps as make up the training
    windows once are called an epoch here.
    """
    import pandas as pd
    from neuralforecast import NeuralForecast
    from neuralforecast.losses.pytorch import MSE
    from neuralforecast.models import LSTM

    values = task.training_values
    frame = pd.DataFrame({"unique_id": "series", "ds": pd.date_range("2000-01-01", periods=len(values)), "y": values})
    windows_a_step = 128
    model = LSTM(
        h=1,
        input_size=task.windows.length,
        encoder_n_layers=1,
        encoder_hidden_size=task.hidden_size,
        decoder_layers=1,
        loss=MSE(),
        scaler_type="identity",
        windows_batch_size=windows_a_step,
        learning_rate=learning_rate,
        random_seed=seed,
        max_steps=FOREVER,
        val_check_steps=FOREVER,
        **_lightning(
            race,
            lambda module, shown: _last_step(module.hist_encoder, module.mlp_decoder, shown),
            -(-len(task.windows.ends("train")) // windows_a_step),
        ),
    )
    NeuralForecast(models=[model], freq="D").fit(frame)


def keras_jax(task: Task, learning_rate: float, seed: int, race: Race) -> None:
    """Keras on JAX: `fit` over every window, batches of 32, the last step alone. Compiled before the clock starts."""
    os.environ["KERAS_BACKEND"] = "jax"
    os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
    import keras

    class RunView(keras.callbacks.Callback):
        def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
            self.model.stop_training = race.is_over(lambda shown: self.model.predict(shown, verbose=0)[:, 0])

    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [keras.Input((task.windows.length, 1)), keras.layers.LSTM(task.hidden_size), keras.layers.Dense(1)]
    )
    model.compile(optimizer=keras.optimizers.Adam(learning_rate), loss="mse")
    inputs, target = task.last_step("train")
    _compile(model, inputs, target, race)
    race.start()
    model.fit(inputs, target, epochs=FOREVER, batch_size=32, verbose=0, callbacks=[RunView()])


def _compile(model, inputs: np.ndarray, target: np.ndarray, race: Race) -> None:
    """One epoch for the compiler's sake, and everything back to where it was."""
    model.optimizer.build(model.trainable_variables)
    variables = [*model.variables, *model.optimizer.variables]
    before, began = [np.array(variable) for variable in variables], process_time()
    model.fit(inputs, target, epochs=1, batch_size=32, verbose=0)
    race.prepared = process_time() - began
    for variable, value in zip(variables, before, strict=True):
        variable.assign(value)


def _darts(task: Task, learning_rate: float, seed: int, race: Race, head: str) -> dict:
    """What both models of Darts are told; ``head`` is what their network calls its output layer."""
    view = _lightning(race, lambda module, shown: _last_step(module.rnn, getattr(module, head), shown))
    return {
        "hidden_dim": task.hidden_size,
        "n_epochs": FOREVER,
        "optimizer_kwargs": {"lr": learning_rate},
        "random_state": seed,
        "pl_trainer_kwargs": view,
    }


def _darts_series(task: Task):
    from darts import TimeSeries

    return TimeSeries.from_values(task.training_values)


def _lightning(race: Race, predict: Callable[[nn.Module, np.ndarray], np.ndarray], steps: int = 0) -> dict:
    """A quiet trainer that ends with the race; it looks after every epoch, or after so many ``steps``."""
    import pytorch_lightning as lightning

    class RunView(lightning.Callback):
        def on_train_start(self, trainer, pl_module) -> None:
            race.start()

        def on_train_batch_end(self, trainer, pl_module, outputs, batch, batch_idx) -> None:
            if steps and trainer.global_step % steps == 0:
                self._look(trainer, pl_module)

        def on_train_epoch_end(self, trainer, pl_module) -> None:
            if not steps:
                self._look(trainer, pl_module)

        def _look(self, trainer, pl_module) -> None:
            trainer.should_stop = race.is_over(lambda shown: predict(pl_module, shown))

    logging.getLogger("pytorch_lightning").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", module="pytorch_lightning|lightning_fabric")
    quiet = dict.fromkeys(("enable_progress_bar", "enable_model_summary", "enable_checkpointing", "logger"), False)
    return {"accelerator": "cpu", "devices": 1, "callbacks": [RunView()], **quiet}


@torch.no_grad()
def _last_step(network: nn.Module, head: nn.Module, shown: np.ndarray) -> np.ndarray:
    """What the output layer makes of the last hidden state: windows (K, T, 1) -> (K,)."""
    return head(network(torch.from_numpy(shown))[0][:, -1])[:, 0].numpy()
