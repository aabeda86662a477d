"""What becomes of a soundscape whose room is taken from Athena."""

from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.audio.on_air import OnAir

from ...neighbours.mpd import Player
from ..saying import Speaker
from .test_soundscapes import _made_once, heard, on_air, player, server  # noqa: F401  fixtures, but for `heard`


async def test_a_soundscape_ends_with_its_room(
    hass: HomeAssistant,
    athena: MockConfigEntry,
    in_the_bedroom: Speaker,
    player: Player,  # noqa: F811
    on_air: OnAir,  # noqa: F811
) -> None:
    await in_the_bedroom.says("play rain sounds for one hour")
    await heard(player)
    [room] = [one for one in athena.subentries.values() if one.unique_id == "bedroom"]
    hass.config_entries.async_remove_subentry(athena, room.subentry_id)
    await hass.async_block_till_done()
    assert on_air.airings == ()
    assert await in_the_bedroom.says("stop the rain") == "Nothing plays."
