"""The moment at the playhead in sentences: the readout, a row's number, the input, the sub-steps.

``{...}`` is filled in by the browser.
"""

MOMENT_WORDS: dict[str, str] = {
    # what the series does, and what the network is given of it, as a person would say it
    "told_series": "the {series}",
    "told_it": "it",
    "told_and": " and ",
    "told_level": "{subject} stands at {value}",
    "told_move_falls": "{subject} falls by {by}",
    "told_move_rises": "{subject} rises by {by}",
    "told_move_stays": "{subject} does not move",
    "told_change_falls": "{subject} stands {by} below the window's first {step}",
    "told_change_rises": "{subject} stands {by} above the window's first {step}",
    "told_change_stays": "{subject} stands where it stood on the window's first {step}",
    "told_scaled": "as the network sees it: {numbers} standard deviations",
    # the readout
    "readout_move": "On {date} {move}.",
    "unit_of_layer": "{unit} of layer {layer}",
    "readout_LSTM": "Unit {unit} {forget_gate} keeps {keep} of its memory: of {before}, {left} is left. "
    "It {input_gate} writes {written} and {output_gate} shows {show}.",
    "readout_LSTM_little": "Unit {unit} {forget_gate} keeps {keep} of its memory: of {before} only {left} is left. "
    "It {input_gate} writes {written} and {output_gate} shows {show}.",
    "readout_LSTM_first": "Unit {unit} begins with an empty memory. It {input_gate} writes {written} and {output_gate} "
    "shows {show}.",
    "readout_GRU": "Unit {unit} {update_gate} keeps {keep} of its state: of {before}, {left} is left. It takes {rest} "
    "of the candidate {candidate} {could}.",
    "readout_GRU_little": "Unit {unit} {update_gate} keeps {keep} of its state: of {before} only {left} is left. It "
    "takes {rest} of the candidate {candidate} {could}.",
    "readout_GRU_first": "Unit {unit} begins with an empty state. It {update_gate} takes {rest} of the candidate "
    "{candidate} {could}.",
    "readout_RNN": "Unit {unit} {hidden_state} goes from {before} to {state}; no gate guards its memory.",
    "readout_RNN_first": "Unit {unit} {hidden_state} begins with {state}; no gate guards its memory.",
    "readout_forecast": "For the next {step} the network says {prediction}, naive {naive};",
    "readout_came": "the {series} came to {target}.",
    "readout_supposed": "what the {series} really came to followed on other {step}s than those you suppose.",
    "readout_open": "what the {series} came to is not known yet.",
    # what a row's number means
    "means_LSTM_forget_gate": "keeps {share}",
    "means_LSTM_input_gate": "writes {share}",
    "means_LSTM_candidate": "what it could write",
    "means_LSTM_cell_state": "memory, was {was}",
    "means_LSTM_output_gate": "shows {share}",
    "means_LSTM_hidden_state": "shown, was {was}",
    "means_GRU_reset_gate": "looks back {share}",
    "means_GRU_update_gate": "keeps {share}",
    "means_GRU_candidate": "what it could become",
    "means_GRU_hidden_state": "was {was}",
    "means_RNN_hidden_state": "was {was}",
    "means_silent": "almost silent",
    "means_short_forget_gate": "kept",
    "means_short_input_gate": "added",
    "means_short_output_gate": "shown",
    "means_short_reset_gate": "looked back",
    "means_short_update_gate": "kept",
    # sub-steps
    "substep_back": "One sub-step back (key ,)",
    "substep_on": "One sub-step on (key .)",
    "substeps": "sub-steps",
    "substep_none": "Go through this timestep in five sub-steps: ‹ and › here, or the keys , and .",
    "substep_state": "hidden state",
    "substep_below": "the {states} of layer {layer}",
    "substep_clamped": "{number} of 5. You clamp {symbol} at {value}, whatever the cell works out.",
    "substep_0": "1 of 5. The input arrives, {x}, and the {states} of the timestep before; this unit's was {h_before}.",
    "substep_LSTM_1": "2 of 5. From them the unit computes f = {forget_gate} (keep so much), i = {input_gate} "
    "(write so much) and g = {candidate} (what to write).",
    "substep_LSTM_2": "3 of 5. The memory forgets, {keeping} = {kept}, then gains {writing} = {written}: "
    "c = {cell_state}.",
    "substep_LSTM_3": "4 of 5. The output gate opens to o = {output_gate}.",
    "substep_LSTM_4": "5 of 5. What leaves is h = {showing} = {hidden_state}: to the next timestep, and upwards.",
    "substep_GRU_1": "2 of 5. From them the unit computes z = {update_gate} (keep so much) and r = {reset_gate} "
    "(look back so much).",
    "substep_GRU_2": "3 of 5. The candidate, which sees the past through r, is n = {candidate}.",
    "substep_GRU_3": "4 of 5. The share 1 − z = {share} goes to the candidate.",
    "substep_GRU_4": "5 of 5. What leaves is h = {taking} + {keeping} = {hidden_state}.",
    "substep_RNN_1": "2 of 5. Both are weighed, added and squashed by tanh.",
    "substep_RNN_2": "3 of 5. There is no cell state: nothing is kept apart from h.",
    "substep_RNN_3": "4 of 5. There is no gate: everything goes on.",
    "substep_RNN_4": "5 of 5. What leaves is h = {hidden_state}.",
}
