"""The brain's orders become deeds of Home Assistant. Add a file, add its output here."""

from typing import Final

from .alarm import AlarmStopOutput
from .animation import AnimateOutput
from .devices import DeviceOffOutput, DeviceOnOutput
from .lights import CancelSleepOutput, RestoreOutput, SetSceneOutput, SetStateOutput
from .music import MusicPlayOutput, MusicStopOutput
from .notify import NotifyOutput
from .sound import SoundOutput
from .speech import SpeechOutput

ALL: Final = (
    AlarmStopOutput,
    AnimateOutput,
    CancelSleepOutput,
    DeviceOffOutput,
    DeviceOnOutput,
    MusicPlayOutput,
    MusicStopOutput,
    NotifyOutput,
    RestoreOutput,
    SetSceneOutput,
    SetStateOutput,
    SoundOutput,
    SpeechOutput,
)
