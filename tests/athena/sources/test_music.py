"""Media players tell when they play."""

from homeassistant.core import HomeAssistant

from custom_components.athena.sources.music import MusicSource

from .conftest import Watch

PLAYER = "media_player.radio"


async def test_a_player_that_plays_and_stops_is_told_of_once_each(hass: HomeAssistant, watch: Watch) -> None:
    hass.states.async_set(PLAYER, "idle")
    facts = await watch(MusicSource())
    assert await facts.all() == []
    hass.states.async_set(PLAYER, "playing", {"media_title": "One"})
    hass.states.async_set(PLAYER, "playing", {"media_title": "Two"})
    assert await facts.all() == [("music.playing", PLAYER)]
    hass.states.async_set(PLAYER, "paused")
    hass.states.async_set(PLAYER, "off")
    assert await facts.all() == [("music.stopped", PLAYER)]


async def test_one_that_played_before_athena_looked_plays(hass: HomeAssistant, watch: Watch) -> None:
    hass.states.async_set(PLAYER, "playing")
    assert await (await watch(MusicSource())).all() == [("music.playing", PLAYER)]


async def test_one_that_only_loads_or_is_gone_does_not_play(hass: HomeAssistant, watch: Watch) -> None:
    facts = await watch(MusicSource())
    hass.states.async_set(PLAYER, "buffering")
    assert await facts.all() == []
    hass.states.async_set(PLAYER, "playing")
    hass.states.async_set(PLAYER, "unavailable")
    assert await facts.all() == [("music.playing", PLAYER), ("music.stopped", PLAYER)]
    hass.states.async_set(PLAYER, "playing")
    hass.states.async_remove(PLAYER)
    assert await facts.all() == [("music.playing", PLAYER), ("music.stopped", PLAYER)]
