"""From a series to trained weights: windows, and the one loop that can be cut anywhere."""
