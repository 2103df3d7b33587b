"""Where series come from: the catalogue, bundled and synthetic ones, CSV files, Yahoo Finance; and what is cleaned."""
