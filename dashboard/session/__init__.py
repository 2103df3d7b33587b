"""One browser tab: its link, its trainings, its series, what workers have answered it."""
