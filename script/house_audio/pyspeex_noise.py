"""speex's noise suppression, version 2, under the method names of version 1 (why: see pymicro_vad.py)."""

import struct
from dataclasses import dataclass

from speex_noise_cpp import create_speex_noise, process_10ms


@dataclass(frozen=True, slots=True)
class ProcessedAudio:
    """10 ms of cleaned audio."""

    audio: bytes


class AudioProcessor:
    """Automatic gain and noise suppression for 16 kHz, 16-bit mono."""

    def __init__(self, auto_gain: float, noise_suppression: int) -> None:
        """Set the gain's target level (0: no gain) and the suppression in dB (0 or less)."""
        # 2.0.1 hands the address of its C double to a library that reads a C float there: give that float to be read.
        level = struct.unpack("=d", struct.pack("=ff", auto_gain, 1.0))[0] if auto_gain else 0.0
        self._speex = create_speex_noise(level, noise_suppression)

    def Process10ms(self, audio: bytes) -> ProcessedAudio:  # noqa: N802 - the name Home Assistant calls
        """Clean 10 ms of audio."""
        return ProcessedAudio(process_10ms(self._speex, audio))
