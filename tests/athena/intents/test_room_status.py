"""Is anyone asleep? Which rooms are empty? What is the house doing?"""

from homeassistant.core import HomeAssistant

from ..home import async_move
from .conftest import Say


async def test_is_anyone_asleep(say: Say) -> None:
    assert await say("is anyone asleep") == "No, nobody."
    await say("good night")
    assert await say("is anyone asleep", where="Kitchen") == "Yes: Bedroom."
    assert await say("is anyone asleep in the kitchen", where=None) == "No, somebody is there."
    assert await say("is the bedroom asleep", where="Kitchen") == "Yes."


async def test_which_rooms_are_empty_and_who_is_where(hass: HomeAssistant, say: Say) -> None:
    assert await say("which rooms are empty", where=None) == "Bedroom and Kitchen."
    assert await say("is anybody in the bedroom", where=None) == "No, it's empty."
    await async_move(hass, "bedroom", somebody=True)
    assert await say("which rooms are occupied", where=None) == "Bedroom."
    assert await say("which rooms are empty", where=None) == "Kitchen."
    assert await say("is the bedroom empty", where=None) == "No, somebody is there."
    assert await say("is anyone in the bedroom", where=None) == "Yes."


async def test_status_tells_of_every_room_wherever_it_is_asked(hass: HomeAssistant, say: Say) -> None:
    await async_move(hass, "bedroom", somebody=True)
    assert await say("house status", where=None) == "Bedroom: occupied. Kitchen: empty."
    await say("good night")
    assert await say("what is the house doing", where=None) == "Bedroom: asleep. Kitchen: empty."
    assert await say("how's the kitchen doing", where=None) == "Kitchen: empty."
