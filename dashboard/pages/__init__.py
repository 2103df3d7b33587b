"""One file or folder a page. Not called `pages`: Streamlit would take a folder of that name for pages of its own."""
