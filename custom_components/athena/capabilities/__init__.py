"""The small things that make a home a companion. Add a file, add its capability here."""

from typing import Final

from ..capability import Capability
from .playlists import Playlists
from .status import Status

ALL: Final[tuple[type[Capability], ...]] = (Playlists, Status)
