"""The door: what lies between a browser and its first picture, before the app itself has a say."""

from dashboard.server.compressed import Compressed
from dashboard.server.hints import Hinted
from dashboard.server.live_requests import LiveRequests
from dashboard.server.ready import get_ready

__all__ = ["Compressed", "Hinted", "LiveRequests", "get_ready"]
