"""What the household decides of its turns. Pure."""

from dataclasses import dataclass

from .follow_ups import FOLLOW_UPS
from .timers import RING_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What of the settings the turn needs to know."""

    follow_ups: int = FOLLOW_UPS
    """How many questions in a row are listened to without a wake word; 0 for none."""

    ring_seconds: float = RING_SECONDS
    """How long a timer rings."""

    remote_wake: bool = False
    """Whether Home Assistant finds the wake word."""

    heard_chime: bool = False
    """Whether a short sound says that the command is over and thought about.

    It is the only chime around a command, and the order of things is why: the stream to Home Assistant has ended before
    the sound begins. A chime at the wake word would be in the very audio that speech-to-text gets, or cost the words
    said meanwhile; to subtract it again needs to know the room's echo to the sample.
    """

    announcement_chime: bool = True
    """Whether a chime comes before an announcement; Home Assistant plays none of its own on a Wyoming satellite."""
