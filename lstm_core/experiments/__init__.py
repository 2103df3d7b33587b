"""Experiments: small trainings and comparisons that each show one thing about recurrent networks.

Each is a module without torch whose functions a worker is asked to run; torch is imported inside them.
"""
