"""The other ends of the wire, as honest as they need to be: real TCP, real Wyoming."""

from .home import HomePeer, Reply
from .servers import LONGEST_LINE_SECONDS, PHRASE, TtsServer, WakeServer, room, spoken_line, wake_word

__all__ = [
    "LONGEST_LINE_SECONDS",
    "PHRASE",
    "HomePeer",
    "Reply",
    "TtsServer",
    "WakeServer",
    "room",
    "spoken_line",
    "wake_word",
]
