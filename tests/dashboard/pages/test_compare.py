"""The page Compare without a browser: what its buttons begin."""

from datetime import date

from streamlit.testing.v1 import AppTest

PAGE = "from dashboard.pages import compare\ncompare.page()"


def open_compare(**query: str) -> AppTest:
    page = AppTest.from_string(PAGE, default_timeout=60)
    for name, value in query.items():
        page.query_params[name] = value
    assert not page.run().exception
    return page


def begun(page: AppTest) -> list[int]:
    tab = page.session_state["tab"]
    return [tab.runs.kept(job).hyperparameters.hidden_size for job in tab.state.race]


def press(page: AppTest, label: str) -> None:
    next(each for each in page.button if each.label == label).click().run()
    assert not page.exception


def test_what_was_chosen_just_before_the_click_is_trained():
    """The choice and the click then come to the server as one."""
    page = open_compare(compare="cells", hidden_size="16", epochs="2", window_length="20", burn_in="5")
    next(each for each in page.segmented_control if each.label == "Equal").set_value("parameters")
    press(page, "Train all")
    lstm, gru, rnn, peephole = begun(page)
    assert lstm == peephole == 16
    assert lstm < gru < rnn
    press(page, "Stop all")


def test_seeds_as_many_as_were_chosen():
    page = open_compare(compare="seeds", hidden_size="4", epochs="2", window_length="20", burn_in="5")
    next(each for each in page.segmented_control if each.label == "How many seeds").set_value(4)
    press(page, "Train all")
    assert begun(page) == [4] * 4
    press(page, "Stop all")


def window_field(page: AppTest):
    return next(each for each in page.date_input if each.label == "Window ends")


def test_the_day_on_which_the_window_ends_is_one_that_can_be():
    page = open_compare(compare="ages", window="2000")
    dates = page.session_state["tab"].first_run.run.series.dates.astype("datetime64[D]").tolist()
    field = window_field(page)
    assert (field.value, field.min, field.max) == (dates[2000], dates[60], dates[-1])
    field.set_value(date(2009, 8, 22)).run()  # a Saturday
    assert window_field(page).value == date(2009, 8, 21)
    assert "22 Aug 2009 has no observation; the last one before it is 21 Aug 2009." in captions(page)
    assert page.query_params["window"] == str(dates.index(date(2009, 8, 21)))
    window_field(page).set_value(date(2009, 8, 22)).run()  # once more: the field still says where the window ends
    assert window_field(page).value == date(2009, 8, 21)
    window_field(page).set_value(date(2009, 8, 19)).run()
    assert window_field(page).value == date(2009, 8, 19)
    assert "no observation" not in captions(page)


def captions(page: AppTest) -> str:
    return "\n".join(each.value for each in page.caption)
