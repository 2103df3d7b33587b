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
    "readout_little_LSTM": "Unit {unit} {forget_gate} keeps {keep} of its memory: of {before} only {left} is left. "
    "It {input_gate} writes {written} and {output_gate} shows {show}.",
    "readout_first_LSTM": "Unit {unit} begins with an empty memory. It {input_gate} writes {written} and {output_gate} "
    "shows {show}.",
    "readout_GRU": "Unit {unit} {update_gate} keeps {keep} of its state: of {before}, {left} is left. It takes {rest} "
    "of the candidate {candidate} {could}.",
    "readout_little_GRU": "Unit {unit} {update_gate} keeps {keep} of its state: of {before} only {left} is left. It "
    "takes {rest} of the candidate {candidate} {could}.",
    "readout_first_GRU": "Unit {unit} begins with an empty state. It {update_gate} takes {rest} of the candidate "
    "{candidate} {could}.",
    "readout_RNN": "Unit {unit} {hidden_state} goes from {before} to {state}; no gate guards its memory.",
    "readout_first_RNN": "Unit {unit} {hidden_state} begins with {state}; no gate guards its memory.",
    "readout_forecast": "For the next {step} the network says {prediction}, naive {naive};",
    "readout_came": "the {series} came to {target}.",
    "readout_supposed": "what the {series} really came to followed on other {step}s than those you suppose.",
    "readout_open": "what the {series} came to is not known yet.",
    # what a row's number means
    "means_forget_gate_LSTM": "keeps {share}",
    "means_input_gate_LSTM": "writes {share}",
    "means_candidate_LSTM": "what it could write",
    "means_cell_state_LSTM": "memory, was {was}",
    "means_output_gate_LSTM": "shows {share}",
    "means_hidden_state_LSTM": "shown, was {was}",
    "means_reset_gate_GRU": "looks back {share}",
    "means_update_gate_GRU": "keeps {share}",
    "means_candidate_GRU": "what it could become",
    "means_hidden_state_GRU": "was {was}",
    "means_hidden_state_RNN": "was {was}",
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
    "substep_1_LSTM": "2 of 5. From them the unit computes f = {forget_gate} (keep so much), i = {input_gate} "
    "(write so much) and g = {candidate} (what to write).",
    "substep_2_LSTM": "3 of 5. The memory forgets, {kept_worked} = {kept}, then gains {written_worked} = {written}: "
    "c = {cell_state}.",
    "substep_3_LSTM": "4 of 5. The output gate opens to o = {output_gate}.",
    "substep_4_LSTM": "5 of 5. What leaves is h = {shown_worked} = {hidden_state}: to the next timestep, and upwards.",
    "substep_1_PeepholeLSTM": "2 of 5. From them the unit computes f = {forget_gate} (keep so much), i = {input_gate} "
    "(write so much) and g = {candidate} (what to write); f and i also see its memory c′ = {c_before}.",
    "substep_3_PeepholeLSTM": "4 of 5. The output gate, which also sees the new memory, opens to o = {output_gate}.",
    "substep_1_GRU": "2 of 5. From them the unit computes z = {update_gate} (keep so much) and r = {reset_gate} "
    "(look back so much).",
    "substep_2_GRU": "3 of 5. The candidate, which sees the past through r, is n = {candidate}.",
    "substep_3_GRU": "4 of 5. The share 1 − z = {written_share} goes to the candidate.",
    "substep_4_GRU": "5 of 5. What leaves is h = {written_worked} + {kept_worked} = {hidden_state}.",
    "substep_1_RNN": "2 of 5. Both are weighed, added and squashed by tanh.",
    "substep_2_RNN": "3 of 5. There is no cell state: nothing is kept apart from h.",
    "substep_3_RNN": "4 of 5. There is no gate: everything goes on.",
    "substep_4_RNN": "5 of 5. What leaves is h = {hidden_state}.",
}
