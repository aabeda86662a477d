"""Wyoming messages, checked: what a peer left out or got wrong is a ProtocolError, not a KeyError somewhere else."""

from collections.abc import Callable

from wyoming.event import Event

from .audio import Format
from .errors import ProtocolError


def decoded[T](from_event: Callable[[Event], T], event: Event) -> T:
    """Return the message an event carries."""
    try:
        return from_event(event)
    except (KeyError, TypeError, ValueError, AttributeError) as err:
        raise ProtocolError(f"{event.type} is malformed: {err!r}") from err


def text_of(event: Event, key: str) -> str:
    """Return a text that must be there."""
    value = event.data.get(key)
    if not isinstance(value, str):
        raise ProtocolError(f"{event.type} has no {key}")
    return value


def format_of(event: Event) -> Format:
    """Return the audio format of an audio-start."""
    rate, width, channels = (event.data.get(key) for key in ("rate", "width", "channels"))
    if isinstance(rate, int) and isinstance(width, int) and isinstance(channels, int):
        form = Format(rate=rate, width=width, channels=channels)
        if form.audible:
            return form
    raise ProtocolError(f"{event.type} has no audio format: rate {rate!r}, width {width!r}, channels {channels!r}")
