"""Scenes on a room's lights."""

from typing import Any, ClassVar, override

from homeassistant.components.light import (
    ATTR_BRIGHTNESS_PCT,
    ATTR_COLOR_TEMP_KELVIN,
    ATTR_RGB_COLOR,
    ATTR_TRANSITION,
)
from homeassistant.components.light import (
    DOMAIN as LIGHT_DOMAIN,
)
from homeassistant.const import ATTR_ENTITY_ID, SERVICE_TURN_OFF, SERVICE_TURN_ON
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError

from ..areas import entities_in
from ..brain.commands import LightsSetScene
from ..brain.room import SCENES
from ..brain.scene import Look
from ..const import DOMAIN
from ..output import Output
from ..rooms import RoomConfig


class LightsOutput(Output[LightsSetScene]):
    """Brings every light of the room to the scene's look, as far as each light can."""

    command: ClassVar = LightsSetScene

    @override
    async def async_carry_out(
        self, hass: HomeAssistant, room: RoomConfig, command: LightsSetScene, context: Context
    ) -> None:
        lights = lights_of(hass, room)
        scene = SCENES[command.scene]
        # What a light cannot do, the light integration leaves out: colour, brightness, transition.
        await hass.services.async_call(
            LIGHT_DOMAIN,
            SERVICE_TURN_ON if scene.is_light else SERVICE_TURN_OFF,
            {ATTR_ENTITY_ID: lights, **_service_data(scene.look)},
            blocking=True,
            context=context,
        )


@callback
def lights_of(hass: HomeAssistant, room: RoomConfig) -> list[str]:
    """Return the lights of a room; raise ServiceValidationError where there are none."""
    if lights := list(room.lights) or entities_in(hass, room.room, LIGHT_DOMAIN):
        return lights
    raise ServiceValidationError(
        translation_domain=DOMAIN, translation_key="no_lights", translation_placeholders={"room": room.title}
    )


def _service_data(look: Look) -> dict[str, Any]:
    data: dict[str, Any] = {ATTR_TRANSITION: look.fade}
    if look.brightness:
        data[ATTR_BRIGHTNESS_PCT] = look.brightness
    if look.rgb is not None:
        data[ATTR_RGB_COLOR] = look.rgb
    if look.kelvin is not None:
        data[ATTR_COLOR_TEMP_KELVIN] = look.kelvin
    return data
