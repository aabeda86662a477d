"""The states of a turn, and how long each may last."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

BEGIN_SECONDS: Final = 8.0
"""How long Home Assistant may take to begin a turn, which it does at once, or never: its set-up keeps a wake word."""

VOICE_SECONDS: Final = 5.0
"""How long someone may take to begin to speak, where Home Assistant tells that they did."""

COMMAND_SECONDS: Final = 15.0
"""How long a command may take where it does not, since the speech-to-text finds the end itself; its own limit."""

ANSWER_SECONDS: Final = 8.0
"""The same for the answer to a question, which is short, and which nobody has to give: others may be speaking."""

QUIET_SECONDS: Final = 30.0
"""How long Home Assistant may be quiet within a turn."""

AUDIO_SECONDS: Final = 10.0
"""How long it may be quiet once the reply's text is known and only audio is due."""

DRAIN_SECONDS: Final = 5.0
"""How long a speaker may take beyond the length of what it plays."""

LINE_SECONDS: Final = 15.0
"""How long a line of the satellite's own may take."""

PAUSE_SECONDS: Final = 2.0
"""How long a pause in mid-turn may turn out to be Home Assistant leaving."""

ECHO_SECONDS: Final = 0.2
"""How long a room may still sound after a reply; people take about as long before they answer a question."""

ROUND_SECONDS: Final = 90.0
"""How long one round of the alarm may take: its notes, and a line for each timer that rings."""

RECOVER_SECONDS: Final = 3.0
"""After which something that went wrong while nothing ran is tried again."""


class State(StrEnum):
    """Where a turn is."""

    IDLE = "idle"
    LISTENING = "listening"
    """Home Assistant hears; nobody speaks yet."""
    HEARING = "hearing"
    """Home Assistant hears someone speak."""
    THINKING = "thinking"
    REPLYING = "replying"
    """Audio arrives and plays."""
    DRAINING = "draining"
    """All audio has arrived; the rest of it plays."""
    SPEAKING = "speaking"
    """A line of the satellite's own plays."""
    PAUSING = "pausing"
    """Paused while it heard: muted, or Home Assistant is leaving."""
    SETTLING = "settling"
    """A question has been asked; the room falls silent before it is listened to."""
    RINGING = "ringing"
    """A timer rings; the wake word ends that."""
    RECOVERING = "recovering"
    """Nothing runs, and what just failed is tried again soon."""


class Home(StrEnum):
    """What is known of Home Assistant."""

    AWAY = "away"
    CONNECTED = "connected"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """When the present state ends by itself."""

    number: int
    """A new one restarts the clock."""

    seconds: float
