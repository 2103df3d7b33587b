"""What each term means, in one sentence: shown where a term is pointed at, focused or touched.

``term_NAME``, or ``term_NAME_CELL`` where the cells differ.
"""

TERM_WORDS: dict[str, str] = {
    "term_forget_gate": "Forget gate f: the share of the memory that stays, 0 nothing, 1 all of it.",
    "term_input_gate": "Input gate i: the share of the candidate that is written into the memory.",
    "term_candidate": "Candidate g: what could be written into the memory, from −1 to +1.",
    "term_candidate_GRU": "Candidate n: what the unit's state could become, from −1 to +1.",
    "term_cell_state": "Cell state c: the unit's memory; it is what was kept of it and what was written.",
    "term_output_gate": "Output gate o: the share of the memory, squeezed by tanh, that leaves the unit.",
    "term_hidden_state": "Hidden state h: what the unit shows to the next timestep, to the layer above and to the "
    "forecast.",
    "term_hidden_state_GRU": "Hidden state h: the unit's memory, which is also what it shows; a GRU has no cell state.",
    "term_hidden_state_RNN": "Hidden state h: all that the unit has; it is written anew at every timestep.",
    "term_reset_gate": "Reset gate r: the share of the hidden state before that the candidate gets to see.",
    "term_update_gate": "Update gate z: the share of the hidden state that stays; the rest comes from the candidate.",
    "term_inputs": "Input x: what the network reads at this timestep, less its mean and divided by its standard "
    "deviation over the training part.",
    "term_prediction": "Prediction ŷ: what the network says of the next value, in standard deviations.",
    "term_naive": "Naive forecast: the next value is the last one. Whatever does worse has learnt nothing of use.",
    "term_network": "The network's forecast for each step was made on the step before it, with nothing later known.",
    "term_unit": "Unit: one of the cells that stand side by side in a layer; each has gates and a memory of its own. "
    "The page opens on the one whose share of the forecast changes most on the window's largest move.",
    "term_wide": "The chosen unit's row is drawn tall, so that it can be read; a click on another chooses that unit.",
    "term_epoch": "Epoch: one pass of training over all training windows; an epoch's number is the network's age.",
    "term_speed": "How fast the playhead runs; at 0.25× each timestep is shown in five sub-steps.",
    "term_layer": "Layer: a row of units; the first one reads the input, each other one the layer below.",
}
