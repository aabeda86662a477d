"""What every speaker does."""

from collections.abc import AsyncIterator, Callable
from typing import ClassVar, Protocol, Self

from athena_satellite.audio import Format


class Speaker(Protocol):
    """Turns audio into sound."""

    KIND: ClassVar[str]
    """The name before the colon of `--speaker`."""

    @classmethod
    def create(cls, argument: str) -> Self:
        """Return a speaker; raise SettingsError for an argument that cannot be used."""
        ...

    async def check(self) -> None:
        """Raise DeviceError when it is not there now."""
        ...

    async def play(self, audio: AsyncIterator[bytes], form: Format, began: Callable[[], None]) -> float:
        """Play as the audio arrives; return the seconds played, once the last sample has left the speaker.

        Calls `began` with the first sample. Gaps in the arrival are heard as silence. Raises DeviceError when the
        speaker fails; cancelled, it falls silent at once.
        """
        ...
