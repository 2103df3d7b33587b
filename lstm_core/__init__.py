"""The science of Gatescope: series, windows, recurrent networks, traces, training runs.

Importing this package imports no torch: the app's server process describes work, workers do it.
"""
