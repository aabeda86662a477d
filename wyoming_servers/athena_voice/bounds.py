"""How much, and how long, a server lets its clients have."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The limits of one server. An idle connection has none: Home Assistant holds some for hours."""

    clients: int = 128
    """Connections at a time; the next one is told so, and closed."""
    event_seconds: float = 30.0
    """From an event's first byte to its last; 16 MiB over a weak Wi-Fi take that long."""
    write_seconds: float = 30.0
    """A client that has read nothing for so long is dropped; one that plays as it reads takes a second for a step."""
    queued_events: int = 8
    """Events a client may be ahead of its session; beyond it, TCP holds the client back."""
    queued_bytes: int = 4 * 1024 * 1024
    """The same for their payloads; a longer one waits alone."""
    long_bytes: int = 64 * 1024
    """A payload that is longer takes from what all clients share."""
    shared_bytes: int = 64 * 1024 * 1024
    """What long payloads may take up together."""
    refusals: int = 128
    """Connections that are being told at a time that there are too many; the next one is cut off without a word."""
    stop_seconds: float = 5.0
    """What was begun before the server's end may take; then it is told as an error."""
    last_words_seconds: float = 1.0
    """What is said last may take so long to be read."""
