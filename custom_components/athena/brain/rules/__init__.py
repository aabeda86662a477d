"""The rules of a room, in the order in which they take a fact in: first who says what, last what follows."""

from typing import Final

from ..rule import Rule
from .alarm import ALARM
from .entry import ENTRY_AND_EXIT
from .people import PEOPLE
from .sleep import SLEEP
from .witnesses import WITNESSES

ALL: Final[tuple[Rule, ...]] = (WITNESSES, ENTRY_AND_EXIT, SLEEP, ALARM, PEOPLE)
