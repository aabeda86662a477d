"""The small things that make a home a companion. Add a file, add its capability here."""

from typing import Final

from ..companion.capability import Capability
from .briefing import Briefing
from .focus_timer import FocusTimer
from .greetings import Greetings
from .playlists import Playlists
from .quiet_time import QuietTime
from .sleep_log import SleepLog
from .soundscapes import Soundscapes
from .status import Status
from .wake_up import WakeUp

ALL: Final[tuple[type[Capability], ...]] = (
    WakeUp,
    Greetings,
    Briefing,
    FocusTimer,
    Playlists,
    QuietTime,
    SleepLog,
    Soundscapes,
    Status,
)
"""In the order in which they speak to somebody who has just got up."""
