"""The run that the page opens on."""

from dashboard.run_view.first_run import open_first_run
from tests.helpers.places import ROOT

FIRST_RUN = open_first_run(ROOT / "assets" / "first_run")
