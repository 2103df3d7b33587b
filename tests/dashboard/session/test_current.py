"""What the session gives the page besides its browser tab."""

from streamlit.testing.v1 import AppTest


def test_a_wait_ends_when_the_tab_asks_for_something():
    def page():
        import streamlit as st
        from streamlit.runtime.scriptrunner import get_script_run_ctx
        from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

        from dashboard.session import current

        current.tab()
        st.session_state["runs"] = st.session_state.get("runs", 0) + 1
        if st.session_state["runs"] == 1:
            context = get_script_run_ctx()
            assert context is not None
            assert context.script_requests is not None
            context.script_requests.request_rerun(RerunData())  # what a click brings
            current.wait(40)
        st.write(f"run {st.session_state['runs']}")

    app = AppTest.from_function(page, default_timeout=20).run()
    assert [each.value for each in app.markdown] == ["run 2"]
