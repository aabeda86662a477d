"""What can go wrong with a house.

HouseError                 the demo ends with exit status 1 and this one line
├── RecordingError         a file to speak is no WAV that can be spoken, or heard; exit status 2
├── PortInUseError         another program listens where the house would
├── FolderInUseError       another house keeps itself in the same folder
├── LeftOverError          something of the house is still there after its end
├── MissingError           a part is not installed
├── GoneError              a process has ended by itself
├── TooLateError           something awaited did not happen in time
├── UnreachableError       Home Assistant does not answer
└── RefusedError           Home Assistant did not do what it was asked
"""


class HouseError(Exception):
    """Something is wrong with the house; the text is one line for the person who started it."""


class RecordingError(HouseError):
    """A file to speak is no WAV that can be spoken."""


class PortInUseError(HouseError):
    """Another program listens where the house would."""


class FolderInUseError(HouseError):
    """Another house keeps itself in the same folder."""


class LeftOverError(HouseError):
    """Something of the house is still there after its end."""


class MissingError(HouseError):
    """A part is not installed."""


class GoneError(HouseError):
    """A process has ended by itself."""


class TooLateError(HouseError):
    """Something awaited did not happen in time."""


class UnreachableError(HouseError):
    """Home Assistant does not answer."""


class RefusedError(HouseError):
    """Home Assistant did not do what it was asked."""
