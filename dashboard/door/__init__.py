"""The door: what lies between a browser and its first picture, before the app itself has a say."""

from dashboard.door.compressed import Compressed
from dashboard.door.hints import Hinted
from dashboard.door.live_requests import LiveRequests
from dashboard.door.ready import get_ready

__all__ = ["Compressed", "Hinted", "LiveRequests", "get_ready"]
