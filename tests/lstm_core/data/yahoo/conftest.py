"""Yahoo Finance on the loopback interface."""

from tests.helpers.yahoo_server import server  # noqa: F401  # a fixture
