"""Words that only the page Compare has; ``{...}`` is filled in by the browser."""

COMPARE_WORDS: dict[str, str] = {
    "compare": "Networks side by side: one window, one clock",
    "column": "Column {number}, {name}: lanes, cell and figures",
    "untrained": "untrained",
    "age": "epoch",
    "age_of": "Age of {name}",
    "layer_of": "Layer of {name}",
    "column_place": "layer {layer} · unit {unit}",
    "waiting": "Its lanes open with the first slice of training.",
    "note_LSTM": "Three gates guard a cell state c beside h.",
    "note_GRU": "Two gates, no cell state: h is the memory.",
    "note_RNN": "No gates: h is written anew at each timestep.",
    "note_PeepholeLSTM": "An LSTM whose gates also see the cell state c.",
    # lanes
    "change_symbol": "Δ",
    "change": "next {step}",
    "change_real": "what came",
    "change_said": "what the network said the {step} before",
    "change_naive": "naive: no change",
    # figures
    "parameters": "parameters",
    "pace": "epochs a second",
    "train_loss_row": "training loss",
    "validation_loss_row": "validation loss",
    "naive_loss_row": "naive, same loss",
    "skill": "skill against naive",
    "skill_title": "1 − RMSE / naive's RMSE over {steps}: {rmse} against {naive}",
    "sure": "could chance do it?",
    "sure_difference": "difference: {said}",
    "points": "{by} points",
    # race
    "race": "Validation loss, naive = 1",
    "race_epochs": "epochs",
    "race_seconds": "seconds",
    "race_against": "Against",
    "race_naive": "naive",
    "no_race": "The race begins with the first epoch.",
    "alt_race": "Validation loss divided by the naive forecast's, on a logarithmic scale, against {against}. Latest: "
    "{latest}.",
}
