"""Every word of the lanes of several sequences; ``{...}`` is filled in by the browser."""

BATCH_WORDS: dict[str, str] = {
    # regions
    "batch": "Hidden states of several sequences under one playhead",
    "ways_lengths": "How the batch is run",
    "ways_chunks": "Whose weights",
    "batch_sizes": "batch size",
    "timesteps": "timestep",
    "outputs_lengths": "its output",
    "outputs_chunks": "at the playhead",
    "chunk": "chunk {chunk}",
    # transport
    "batch_to_start": "Back to the first timestep",
    "batch_step_back": "One timestep back",
    "batch_step_on": "One timestep on",
    "batch_scrubber": "Timestep",
    "batch_scrubber_value": "timestep {t} of {T}",
    # beside a row
    "read_at": "read at timestep {t}",
    "mean_is": "mean of its values {target}",
    "same": "as one by one: differs by {difference}",
    "other": "one by one says {reference}: differs by {difference}",
    "largest": "largest |h| {largest}",
    "says_next": "next value {output}",
    "naive_next": "naive {naive}",
    # readout: {present}, {count}, {padding}, {batch} and {computed} are counted at the playhead
    "reads_here": "Read here: the output of {rows}.",
    "chunk_within": "Timestep {t}, in chunk {chunk}: largest |h| {carried} carried over, {restarted} begun from zero. "
    "The two differ by at most {apart}.",
    "chunk_begins": "Timestep {t}, chunk {chunk} begins. Carried over: largest |h| {carried_before} before, {carried} "
    "after. Begun from zero: {restarted_before} before, thrown away, {restarted} after. The two differ by at most "
    "{apart}.",
    # legend
    "legend_hidden": "hidden state h; units down, those that rise with the input on top",
    "legend_value": "input",
    "legend_output": "output, timestep by timestep",
    "legend_target": "what it must be",
    "legend_padding": "over padding",
    "legend_absent": "not computed",
    "legend_read": "output read here",
    "legend_carried": "states carried over, gradient cut here (detach)",
    "legend_restarted": "states set to zero here",
    # for who cannot see the pictures
    "alt_row": "{name}: hidden states of {H} units over {T} timesteps. At timestep {t}: {state}.",
    "alt_value": "largest absolute value {largest}, output {output}",
    "alt_padding": "over padding, largest absolute value {largest}, output {output}",
    "alt_absent": "nothing is computed",
}
