"""Wyoming messages, checked: what a peer left out or got wrong is a ProtocolError, not a KeyError somewhere else."""

from collections.abc import Callable

from wyoming.event import Event

from .errors import ProtocolError


def decoded[T](from_event: Callable[[Event], T], event: Event) -> T:
    """Return the message that an event carries."""
    try:
        return from_event(event)
    except (KeyError, TypeError, ValueError, AttributeError) as err:
        raise ProtocolError(f"{event.type} is malformed: {err!r}") from err


def text_of(event: Event) -> str:
    """Return the text that must be in an event."""
    text = event.data.get("text")
    if not isinstance(text, str):
        raise ProtocolError(f"{event.type} has no text")
    return text
