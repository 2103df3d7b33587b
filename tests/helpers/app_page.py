"""The page Watch without a browser, by Streamlit's own means."""

from streamlit.testing.v1 import AppTest

from tests.helpers.places import ROOT

APP = ROOT / "dashboard" / "server" / "navigation.py"


def open_page(more_settings: bool = True, /, **query: str | list[str]) -> AppTest:
    """Unless told otherwise with the settings that are seldom chosen."""
    page = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in query.items():
        page.query_params[name] = value
    page.session_state["more-settings"] = more_settings
    page.run()
    assert not page.exception
    return page


def on_stage(page: AppTest) -> str:
    """What the messages to the browser's half say, as far as they are text."""
    return "".join(each.proto.SerializeToString().decode(errors="ignore") for each in page.get("bidi_component"))


def texts(elements) -> str:
    """As a person reads them: a backslash only keeps Markdown from seeing a mark."""
    return "\n".join(each.value for each in elements).replace("\\", "")
