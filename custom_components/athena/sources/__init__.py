"""What Home Assistant sees becomes facts for the brain. Add a file, add its source here."""

from typing import Final

from .presence import PresenceSource

ALL: Final = (PresenceSource,)
