"""Experiments: what a person chooses, what trains, and what is drawn of it. One file each, and one table of them."""

from dashboard.pages.experiments.overview import page

__all__ = ["page"]
