"""Which piece of work is done: an utterance, a text that is spoken, a stream. Every line of the log says it."""

import re
import secrets
from contextvars import ContextVar
from typing import Final

from wyoming.event import Event

TURN: Final[ContextVar[str | None]] = ContextVar("turn", default=None)
"""The id of the piece of work that the running task belongs to."""
CLIENT: Final[ContextVar[str | None]] = ContextVar("client", default=None)
"""The client that it is done for."""

_BEGINNINGS: Final = frozenset(("detect", "transcribe", "audio-start", "synthesize", "synthesize-start"))
_PREFACES: Final = frozenset(("detect", "transcribe"))
"""What comes before the audio-start of the same piece of work."""
_ENDS: Final = frozenset(("audio-stop", "synthesize", "synthesize-stop"))
_ID: Final = re.compile(r"[\w.:-]{1,64}", re.ASCII)


class Turns:
    """Follows one client's events from one piece of work to the next."""

    def __init__(self) -> None:
        self.under_way = False
        """Whether a piece of work was begun that the client has not ended."""
        self._last = ""
        self._streaming = False

    def follow(self, event: Event) -> None:
        """Let the running task belong to the piece of work that this event is part of."""
        begins = self._begins(event.type)
        given = _given(event)
        if given is not None:
            TURN.set(given)
        elif begins:
            TURN.set(secrets.token_hex(4))
        if begins:
            self.under_way = True
        if event.type == "synthesize-start":
            self._streaming = True
        elif event.type in _ENDS and not (event.type == "synthesize" and self._streaming):
            self.under_way = self._streaming = False
        self._last = event.type

    def _begins(self, kind: str) -> bool:
        if kind == "audio-start" and self._last in _PREFACES:
            return False
        if kind == "synthesize" and self._streaming:  # the whole text once more, for servers that cannot stream
            return False
        return kind in _BEGINNINGS


def _given(event: Event) -> str | None:
    """Return the id that the client gave; what does not look like one is none."""
    context = event.data.get("context")
    turn = context.get("turn") if isinstance(context, dict) else None
    return turn if isinstance(turn, str) and _ID.fullmatch(turn) else None
