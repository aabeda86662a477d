"""What can go wrong, as one family.

SatelliteError
├── SettingsError       an argument that cannot be used; the command ends with 2
│   └── RecordingError  a WAV file that is not one
├── AddressError        a port that cannot be bound; the command ends with 1
├── ProtocolError       a peer that does not speak Wyoming
├── PeerError           a server that is away, closed the connection or answered with an error
└── DeviceError         a microphone or speaker that is missing, refuses or fell silent
    └── PortAudioError  the library that reaches them is not installed; the command ends with 1
"""


class SatelliteError(Exception):
    """Root of every error this package raises."""


class SettingsError(SatelliteError):
    """An argument cannot be used."""


class RecordingError(SettingsError):
    """A file is not a recording that can be spoken."""


class AddressError(SatelliteError):
    """A port cannot be bound."""


class ProtocolError(SatelliteError):
    """A peer sent what is not Wyoming."""


class PeerError(SatelliteError):
    """A server is away, closed the connection or answered with an error."""


class DeviceError(SatelliteError):
    """A microphone or speaker is missing, refuses or fell silent."""


class PortAudioError(DeviceError):
    """PortAudio, the library that reaches sound devices, is not installed."""
