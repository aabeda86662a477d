"""What Home Assistant sees becomes facts for the brain. Add a file, add its source here."""

from typing import Final

from .bed import BedSource
from .bed_exit import BedExitSource
from .button import ButtonSource
from .lights import LightsSource
from .music import MusicSource
from .persons import PersonsSource
from .posture import PostureSource
from .presence import PresenceSource
from .satellite import SatelliteSource

ALL: Final = (
    PresenceSource,
    BedSource,
    PostureSource,
    BedExitSource,
    ButtonSource,
    PersonsSource,
    SatelliteSource,
    MusicSource,
    LightsSource,
)
