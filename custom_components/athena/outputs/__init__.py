"""The brain's orders become deeds of Home Assistant. Add a file, add its output here."""

from typing import Final

from .lights import LightsOutput
from .speech import SpeechOutput

ALL: Final = (LightsOutput, SpeechOutput)
