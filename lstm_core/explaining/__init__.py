"""Why it says so: gradients, clamped activations, patterns of states."""
