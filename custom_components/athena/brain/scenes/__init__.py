"""The scenes. Add a file, add its scene here."""

from typing import Final

from ..scene import Scene
from .entry import ENTRY
from .exit import EXIT
from .focus import FOCUS
from .night import NIGHT
from .path import PATH
from .sleep import SLEEP
from .wake import WAKE

ALL: Final[tuple[Scene, ...]] = (ENTRY, EXIT, FOCUS, NIGHT, PATH, SLEEP, WAKE)
