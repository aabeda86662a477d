"""Athena's own sounds. Add a file, add its sound here."""

from typing import Final

from .alarm import ALARM
from .wake import WAKE

ALL: Final = (ALARM, WAKE)
