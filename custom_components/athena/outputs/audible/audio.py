"""What can be heard."""

from typing import Protocol

from homeassistant.core import Context, HomeAssistant


class Audio(Protocol):
    """Something that can be heard; an order says which."""

    @property
    def volume(self) -> float | None:
        """0 to 1; None: as it is set."""

    @property
    def urgent(self) -> bool:
        """Whether it is an alarm's."""

    async def async_announce(self, hass: HomeAssistant, satellite: str, context: Context, *, own_volume: bool) -> None:
        """Let a satellite announce it, and return once it has been heard; raise what the satellite fails with.

        `own_volume`: the satellite has a volume, and it is set.
        """

    async def async_play(self, hass: HomeAssistant, player: str, context: Context, *, own_volume: bool) -> float:
        """Let a media player begin to play it, and return how many seconds that takes; raise what it fails with."""
