"""The words of the tool "layers": shapes on wires, parameters; ``{...}`` is filled in by the browser."""

LAYERS_WORDS: dict[str, str] = {
    "layers_hint": "A whole batch runs through the stack, one timestep of it through a layer, one window of it through "
    "a cell; each wire shows its shape. Click a layer or a timestep to go there.",
    "layers_sizes": "B\u00a0=\u00a0{windows} in a batch, T\u00a0=\u00a0{steps}, D\u00a0=\u00a0{features}, "
    "H\u00a0=\u00a0{H} hidden.",
    "layers_epoch": "An epoch has up to {epoch}; its last batch may be smaller.",
    "layers_epoch_small": "The batch size is {batchSize}, but an epoch has up to {epoch}: one batch.",
    "layers_windows_one": "1 window",
    "layers_windows_many": "{count} windows",
    "layers_features_one": "1 feature",
    "layers_features_many": "{count} features",
    "layers_order": "Which axis comes first",
    "layers_true": "batch_first=True",
    "layers_false": "batch_first=False",
    "layers_places": "Layers and timesteps",
    "layers_stack": "Stack",
    "layers_layer": "Layer {layer}",
    "layers_cell": "{cell} cell, {step} {t}",
    "layers_below": "layer {layer}: h",
    "layers_head_box": "head: Linear",
    "layers_pill": "dropout {share}",
    "layers_to_layer": "Layer {layer} of {layers}",
    "layers_to_cell": "Go to {step} {t} of {T}, {date}",
    "layers_shape_true": "batch_first=True, as this network has it: x has shape {shape}: {axes}.",
    "layers_shape_false": "batch_first=False, torch's default: x has shape {shape}: {axes}. This network is built with "
    "batch_first=True.",
    "layers_index": "{Step} {number} of the window you see is {index} = [{numbers}] ({names}), where b is the window's "
    "place in its batch. torch counts from 0, the stage from 1. With batch_first={otherOrder} the same numbers are "
    "{other}, in shape {otherShape}.",
    "layers_states": "The last states, h_n, have shape {states} either way: (L,\u00a0B,\u00a0H).",
    "layers_states_both": "The last states, h_n and c_n, have shape {states} each, either way: (L,\u00a0B,\u00a0H).",
    "layers_loss": "The head turns every timestep's h into one number: {head}, squeezed to {squeezed}. The loss reads "
    "{slice}, the last {last} of {T} timesteps: {scored}.",
    "layers_loss_last": "The head turns every timestep's h into one number: {head}, squeezed to {squeezed}. The loss "
    "reads {slice}, the last timestep alone: {scored}.",
    "layers_dropout": "Dropout works only while training: on a marked wire each number becomes 0 with the probability "
    "p written there, and the others are divided by 1 − p. None acts from timestep to timestep.",
    "layers_dropout_between": "torch.nn's own acts between layers alone, not before the head.",
    "layers_dropout_one": "Dropout {share} does nothing here: it acts between layers, and there is one.",
    "layers_parameters": "Parameters of layer {layer} and of the head",
    "layers_head": "Head",
    "layers_all": "All {layers} layers and the head",
    "layers_all_one": "Layer and head",
    "layers_blocks": "{rows} = {count}·{H} rows: a block each for {symbols}. torch counts layers from 0: _l0 is "
    "layer\u00a01.",
    "layers_blocks_one": "{rows} rows, one a hidden unit. torch counts layers from 0: _l0 is layer\u00a01.",
    "alt_layers": "Shapes from the input up: {stack}. In layer {layer} at one {step}: {wires}. In its {cell} cell, for "
    "one window: {one}.",
}
