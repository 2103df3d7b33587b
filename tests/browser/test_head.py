"""The head and the sidebar: Train is near for the keyboard, nothing moves, fields tell of the network on show."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.browser.audit import contrasts
from tests.helpers.browser.server import PATIENCE, Server, wait_until
from tests.helpers.browser.stage_page import button, open_app, part, progress, stage, view, wait_for_calm

SHORT = "?epochs=6&hidden_size=4&window_length=20&burn_in=5&seed=9"
PARTS = ("chart", "lanes", "transport", "status")


def places(page: Page) -> dict[str, tuple[int, ...]]:
    """Where the stage's parts lie, to a pixel."""
    boxes = {name: part(page, name).bounding_box() for name in PARTS}
    sides = ("x", "y", "width", "height")
    return {name: tuple(round(box[side]) for side in sides) for name, box in boxes.items() if box}


def test_the_keyboard_reaches_train_in_five_tab_stops(page: Page, server: Server):
    open_app(page, server)
    reached = []
    while "Train" not in "".join(reached) and len(reached) < 6:
        page.keyboard.press("Tab")
        reached.append(page.evaluate("() => document.activeElement.closest('button, a, input')?.innerText ?? ''"))
    assert len(reached) <= 5, reached


def test_nothing_moves_when_a_training_begins_and_ends(page: Page, server: Server):
    open_app(page, server, SHORT.replace("epochs=6&", "epochs=60&"))
    before = places(page)
    assert set(before) == set(PARTS)
    button(page, "Train").click()
    page.wait_for_timeout(1000)
    assert places(page) == before
    wait_until(lambda: "epoch" in (progress(page).first.text_content() or ""), "its progress is told")
    assert places(page) == before
    expect(part(page, "status").get_by_role("progressbar")).to_be_hidden(timeout=PATIENCE)  # the end
    wait_until(lambda: stage(page).get_attribute("data-film") == "present", "the picture is there")
    assert places(page) == before


def test_one_next_step_that_goes_when_taken(page: Page, server: Server):
    open_app(page, server, SHORT)
    expect(page.get_by_role("heading", name=re.compile("This is an LSTM, a neural network"))).to_be_visible()
    step = page.get_by_text("Next: press Train and watch the forget gate")
    expect(step).to_be_visible()
    expect(button(page, "Stop")).to_have_count(0)
    button(page, "Train").click()
    expect(step).to_have_count(0)
    expect(button(page, "Stop")).to_be_visible()
    following = page.get_by_role("button", name="Next: Inside the cell")
    following.click()
    expect(page).to_have_url(re.compile("/inside"))
    expect(page.get_by_role("button", name="Next: Compare")).to_be_visible(timeout=PATIENCE)
    expect(following).to_have_count(0)


def test_a_field_tells_what_is_on_show_and_one_click_takes_it_over(page: Page, server: Server):
    open_app(page, server, "?hidden_size=24")
    marks = page.locator(".on-show", has_text="on show:")
    expect(page.get_by_text(re.compile(r"on show: \d+")).first).to_be_visible()
    button(page, "Use its settings").click()
    expect(marks).to_have_count(0)
    expect(page).not_to_have_url(re.compile("hidden_size=24"))


def test_a_chosen_series_is_shown_at_once_and_the_run_comes_back(page: Page, server: Server):
    open_app(page, server)
    film = part(page, "place").text_content()

    def choose(name: str) -> None:
        wait_for_calm(page)
        page.get_by_role("combobox", name=re.compile("Series")).click()
        page.get_by_role("option", name=name).click()

    choose("AAPL · Apple")
    expect(page.get_by_role("heading", name=re.compile("has not read Apple's share price yet"))).to_be_visible()
    expect(page.get_by_text("Not trained yet: press Train.").first).to_be_visible(timeout=PATIENCE)
    choose("MSFT · Microsoft")
    expect(page.get_by_role("heading", name=re.compile("reading Microsoft's share price"))).to_be_visible()
    expect(part(page, "place")).to_have_text(film or "", timeout=PATIENCE)


@pytest.mark.parametrize("label", ["Seed", "Learning rate", "Gradient clip"])
def test_minus_undoes_plus(page: Page, server: Server, label):
    open_app(page, server, "?learning_rate=0.0005&gradient_clip=0.25")
    page.get_by_text("More settings").click()
    field = page.get_by_label(label, exact=True)
    around = page.get_by_test_id("stNumberInput").filter(has=field)
    before = field.input_value()
    around.get_by_role("button", name="Increment").click()
    expect(field).not_to_have_value(before)
    wait_for_calm(page)
    around.get_by_role("button", name="Decrement").click()
    expect(field).to_have_value(before)


QUIET = (
    '[data-testid="stCaptionContainer"] p, [data-testid="stBaseButton-primary"]:enabled p, .on-show, '
    '.next-step, .chip, [data-testid="stSidebar"] h2, [data-testid="stSidebar"] summary, '
    '[data-testid="stButtonGroup"] button p'
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "compare", "experiments", "smallest"])
def test_quiet_words_and_buttons_read_at_4_5_to_1(page: Page, server: Server, scheme, path):
    view(page, 1440, scheme)
    page.goto(f"{server.url}/{path}")
    expect(page.get_by_test_id("stCaptionContainer").first).to_be_visible(timeout=PATIENCE)
    wait_for_calm(page)
    found = contrasts(page, QUIET)
    assert len(found) > 1
    assert [each for each in found if each[0] < 4.5] == []


def test_on_a_phone_the_pages_and_the_settings_are_named(page: Page, server: Server):
    view(page, 375)
    open_app(page, server, "?hidden_size=24")
    page.get_by_role("button", name="Pages").click()
    page.get_by_test_id("stPopoverBody").get_by_role("link", name="Compare").click()
    expect(page).to_have_url(re.compile("/compare"))
    wait_until(lambda: re.fullmatch(r"Settings +◆ 1", opener_of_sidebar(page)) is not None, "one field differs")
    page.goto(f"{server.url}/experiments")
    wait_until(lambda: opener_of_sidebar(page) == "Experiments", "there it holds no settings")


def opener_of_sidebar(page: Page) -> str:
    opener = page.get_by_test_id("stExpandSidebarButton")
    expect(opener).to_be_visible(timeout=PATIENCE)
    return opener.evaluate("node => getComputedStyle(node, '::after').content").replace('"', "").strip()


def test_large_letters_are_the_whole_pages_and_one_truth(page: Page, server: Server):
    def size() -> float:
        return float(button(page, "Train").evaluate("node => parseFloat(getComputedStyle(node).fontSize)"))

    open_app(page, server)
    usual = size()
    part(page, "menu").click()
    part(page, "large").click()
    wait_until(lambda: size() > 1.2 * usual, "buttons grow too")
    expect(page).to_have_url(re.compile("letters=large"))
    expect(stage(page)).to_have_attribute("data-large", "true")
    wait_for_calm(page)
    button(page, "Letters of the usual size").click()
    wait_until(lambda: size() == usual, "buttons shrink again")
    expect(stage(page)).to_have_attribute("data-large", "false")
