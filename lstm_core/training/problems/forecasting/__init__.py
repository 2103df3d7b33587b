"""Forecasting: at every timestep of a window, predict the next value of a series."""
