"""The command `gatescope`, or python -m dashboard: starts the app, from whatever folder.

Streamlit looks for `.streamlit/config.toml` beside the app, so `streamlit run dashboard/app.py` starts the same one.
"""

from functools import partial
from pathlib import Path

import click
from streamlit.web.cli import main_run

APP = Path(__file__).resolve().parent / "app.py"
HELP = "Start Gatescope and open it in a browser. The options are those of `streamlit run`, such as --server.port 8502."


def main() -> None:
    options = [each for each in main_run.params if isinstance(each, click.Option)]
    assert main_run.callback is not None
    start = partial(main_run.callback, target=str(APP), args=())
    click.Command("gatescope", params=[*options], callback=start, help=HELP).main(prog_name="gatescope")


if __name__ == "__main__":
    main()
