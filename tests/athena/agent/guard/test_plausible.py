"""What this home cannot do is refused before it is tried."""

import pytest

from custom_components.athena.agent.guard.plausible import implausible
from custom_components.athena.agent.guard.verdict import Kind
from custom_components.athena.deed import Deed

from .homes import House, deed


@pytest.fixture
def house() -> House:
    """Return a home whose things can do this and that."""
    house = House()
    house.put("light.lamp", "Lamp", state="on", supported_color_modes=["onoff"])
    house.put("light.white", "White", state="on", supported_color_modes=["color_temp"])
    house.put("light.red", "Red", state="on", supported_color_modes=["hs"])
    house.put("light.gone", "Gone", state="unavailable", supported_color_modes=["hs"])
    house.put("light.mute", "Says nothing of itself", state="on")
    house.put("cover.blinds", "Blinds", state="open", supported_features=3)
    house.put("media_player.tv", "TV", state="on", supported_features=0)
    house.put("media_player.radio", "Radio", state="on", supported_features=13)
    house.put("lock.door", "Door", state="locked")
    house.put("valve.old", "Old Valve", state="open", supported_features=3)
    house.put("sensor.temperature", "Temperature", state="20")
    house.put("script.good_night", "Good night", state="off")
    house.put("update.core", "Core", state="on")
    house.put("scene.movie", "Movie", state="unknown")
    house.put("climate.heating", "Heating", state="heat", supported_features=1, min_temp=5, max_temp=30)
    house.put("number.delay", "Delay", state="3", min=0, max=60)
    house.put("button.bell", "Bell", state="unknown")
    return house


@pytest.mark.parametrize(
    "can",
    [
        deed("light.turn_on", "light.lamp"),
        deed("light.turn_on", "light.white", brightness_pct=20, color_temp_kelvin=2700),
        deed("light.turn_on", "light.red", color_name="red"),
        deed("light.turn_on", "light.red", color_temp_kelvin=2700),
        deed("light.turn_on", "light.mute", color_name="red"),
        deed("light.turn_on", "light.red", "light.lamp", color_name="red"),
        deed("light.turn_on", "light.gone", "light.lamp"),
        deed("homeassistant.turn_off", "light.lamp", "media_player.tv", "cover.blinds", "lock.door"),
        deed("cover.open_cover", "cover.blinds"),
        deed("media_player.volume_mute", "media_player.radio", is_volume_muted=True),
        deed("scene.turn_on", "scene.movie"),
        deed("button.press", "button.bell"),
        deed("script.good_night"),
        deed("climate.set_temperature", "climate.heating", temperature=30),
        deed("number.set_value", "number.delay", value=0),
    ],
    ids=lambda each: f"{each.domain}.{each.action} {' '.join(each.entities)}",
)
def test_what_can_be_done_is_let_be_done(house: House, can: Deed) -> None:
    assert implausible([can], house.home, house.states).kind is Kind.ALLOW


@pytest.mark.parametrize(
    ("cannot", "why"),
    [
        (deed("light.turn_on", "light.secret"), "not exposed: light.secret"),
        (deed("light.turn_on", "all"), "not exposed: all"),
        (deed("light.turn_on", "light.lamp", "light.secret"), "not exposed: light.secret"),
        (deed("light.turn_on", "light.lamp", entity_id="lock.door"), "names more by entity_id"),
        (deed("light.turn_on", "light.lamp", area_id="hall"), "names more by area_id"),
        (deed("light.turn_on"), "names nothing"),
        (deed("homeassistant.restart"), "names nothing"),
        (deed("shell_command.wipe"), "names nothing"),
        (deed("script.not_exposed"), "names nothing"),
        (deed("athena.stop_alarm"), "names nothing"),
        (deed("homeassistant.update_entity", "light.lamp"), "not for"),
        (deed("homeassistant.turn_on", "sensor.temperature"), "not for"),
        (deed("light.explode", "light.lamp"), "cannot"),
        (deed("update.install", "update.core"), "cannot"),
        (deed("lock.unlock", "light.lamp"), "cannot"),
        (deed("light.turn_on", "lock.door"), "cannot"),
        (deed("light.turn_on", "light.lamp", brightness_pct=10), "cannot"),
        (deed("light.turn_on", "light.lamp", color_name="red"), "cannot"),
        (deed("light.turn_on", "light.white", color_name="red"), "cannot"),
        (deed("cover.set_cover_position", "cover.blinds", position=10), "cannot"),
        (deed("media_player.volume_mute", "media_player.tv", is_volume_muted=True), "cannot"),
        (deed("valve.set_valve_position", "valve.old", position=3), "cannot"),
        (deed("lock.open", "lock.door"), "cannot"),
        (deed("climate.set_temperature", "climate.heating", temperature=300), "cannot"),
        (deed("climate.set_temperature", "climate.heating", temperature=4.5), "cannot"),
        (deed("number.set_value", "number.delay", value=61), "cannot"),
    ],
    ids=lambda each: f"{each.domain}.{each.action} {' '.join(each.entities)}" if isinstance(each, Deed) else "",
)
def test_what_cannot_be_done_is_refused_by_its_cause(house: House, cannot: Deed, why: str) -> None:
    verdict = implausible([deed("light.turn_on", "light.lamp"), cannot], house.home, house.states)
    assert verdict.kind is Kind.REFUSE
    assert verdict.cause
    assert why in verdict.cause


def test_what_is_not_there_is_said_by_its_name(house: House) -> None:
    verdict = implausible([deed("light.turn_on", "light.gone")], house.home, house.states)
    assert (verdict.kind, verdict.line, verdict.values) == (Kind.REFUSE, "unreachable", {"name": "Gone"})
    assert verdict.cause == "unavailable: light.gone"
