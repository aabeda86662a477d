"""microVAD 2 under the method names of version 1.

Home Assistant pins 1.0.1, which has no wheel for Python 3.14 and would need a compiler; version 2 gives the same
numbers.
"""

from micro_vad_cpp import create_vad, process_10ms, reset_vad


class MicroVad:
    """Voice activity detector for 16 kHz, 16-bit mono."""

    def __init__(self) -> None:
        """Start with silence before the first sample."""
        self._vad = create_vad()

    def Process10ms(self, audio: bytes) -> float:  # noqa: N802 - the name Home Assistant calls
        """Return the probability of speech in 10 ms of audio, below 0 while there is too little to say."""
        return float(process_10ms(self._vad, audio))

    def Reset(self) -> None:  # noqa: N802
        """Forget what was heard."""
        reset_vad(self._vad)
