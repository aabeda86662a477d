"""A WLED controller with a strip of LEDs: its JSON API over HTTP, and the WebSocket it tells changes on."""

from .controller import PORT, Controller
from .names import Names
from .strip import Strip

__all__ = ["PORT", "Controller", "Names", "Strip"]
