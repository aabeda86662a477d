"""Adding and changing a scene of the user's own."""

from collections.abc import Mapping
from typing import Any, Final

import probatio as vol
from homeassistant.components.light import DOMAIN as LIGHT_DOMAIN
from homeassistant.config_entries import SOURCE_RECONFIGURE, ConfigSubentryFlow, SubentryFlowResult
from homeassistant.helpers.selector import (
    BooleanSelector,
    ColorRGBSelector,
    ColorTempSelector,
    ColorTempSelectorConfig,
    ColorTempSelectorUnit,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
)

from ..areas import entities_in
from ..const import CONF_LIGHTS, CONF_NAME
from ..own_scenes import (
    ANIMATIONS,
    BUILT_IN,
    CONF_ANIMATION,
    CONF_BRIGHTNESS,
    CONF_COLOR,
    CONF_FADE,
    CONF_KELVIN,
    CONF_LINE,
    CONF_ROOM,
    captured,
    id_of,
    key_of,
    subentries_of,
)
from ..rooms import RoomConfig, rooms_of

CONF_CAPTURE: Final = "capture"

FADE: Final = NumberSelector(
    NumberSelectorConfig(min=0, max=3600, step=0.5, unit_of_measurement="s", mode=NumberSelectorMode.BOX)
)
KELVIN: Final = ColorTempSelector(ColorTempSelectorConfig(unit=ColorTempSelectorUnit.KELVIN, min=1500, max=9000))
BRIGHTNESS: Final = NumberSelector(
    NumberSelectorConfig(min=0, max=100, unit_of_measurement="%", mode=NumberSelectorMode.SLIDER)
)
LOOK: Final[dict[vol.Marker, Any]] = {
    vol.Required(CONF_BRIGHTNESS, default=70): BRIGHTNESS,
    vol.Optional(CONF_COLOR): ColorRGBSelector(),
    vol.Optional(CONF_KELVIN): KELVIN,
    vol.Required(CONF_FADE, default=1): FADE,
    vol.Optional(CONF_ANIMATION): SelectSelector(
        SelectSelectorConfig(options=list(ANIMATIONS), translation_key=CONF_ANIMATION, mode=SelectSelectorMode.DROPDOWN)
    ),
    vol.Optional(CONF_LINE): TextSelector(),
}
AS_NOW: Final[dict[vol.Marker, Any]] = {
    vol.Required(CONF_FADE, default=1): FADE,
    vol.Optional(CONF_LINE): TextSelector(),
}


NO_COLOR: Final = [0, 0, 0]
"""What a browser shows where no colour has been chosen."""


class SceneSubentryFlow(ConfigSubentryFlow):
    """A scene is how the lights of one room look, said by a person in numbers or by how they are now."""

    async def async_step_user(self, _user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask whether to say the look or to take the lights as they are."""
        if not rooms_of(self._get_entry()):
            return self.async_abort(reason="no_rooms")
        return self.async_show_menu(step_id="user", menu_options=["look", "as_now"])

    async def async_step_reconfigure(self, _user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask the same of a scene that there is."""
        return self.async_show_menu(
            step_id="reconfigure",
            menu_options=["look", "as_now"],
            description_placeholders={"scene": self._get_reconfigure_subentry().title},
        )

    async def async_step_look(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Ask for the look."""
        errors: dict[str, str] = {}
        if user_input is not None and not (errors := self._refuse(user_input)):
            return self._keep(user_input, _of_one_tint(user_input))
        return self._form("look", LOOK, user_input, errors)

    async def async_step_as_now(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Take the lights of the room as they are; of a scene that there is, only if it is wished."""
        capture: dict[vol.Marker, Any] = {}
        if self._kept(CONF_LIGHTS):
            capture[vol.Required(CONF_CAPTURE, default=False)] = BooleanSelector()
        errors: dict[str, str] = {}
        if user_input is not None and not (errors := self._refuse(user_input)):
            lights = self._kept(CONF_LIGHTS) if not user_input.get(CONF_CAPTURE, True) else self._lights(user_input)
            if lights:
                data = {key: user_input[key] for key in map(str, AS_NOW) if key in user_input}
                return self._keep(user_input, {**data, CONF_LIGHTS: lights})
            errors["base"] = "no_lights"
        return self._form("as_now", {**AS_NOW, **capture}, user_input, errors)

    # ---- what both share

    @property
    def _is_new(self) -> bool:
        return self.source != SOURCE_RECONFIGURE

    def _kept(self, key: str) -> Any:
        return None if self._is_new else self._get_reconfigure_subentry().data.get(key)

    def _room_of(self, user_input: Mapping[str, Any]) -> str:
        room: str = user_input[CONF_ROOM] if self._is_new else self._kept(CONF_ROOM)
        return room

    def _form(
        self,
        step_id: str,
        fields: dict[vol.Marker, Any],
        user_input: dict[str, Any] | None,
        errors: dict[str, str],
    ) -> SubentryFlowResult:
        named: dict[vol.Marker, Any] = {vol.Required(CONF_NAME): TextSelector()}
        suggested: Mapping[str, Any] = user_input or {}
        if self._is_new:
            rooms = [SelectOptionDict(value=one.room, label=one.title) for one in rooms_of(self._get_entry())]
            named[vol.Required(CONF_ROOM)] = SelectSelector(
                SelectSelectorConfig(options=rooms, mode=SelectSelectorMode.DROPDOWN)
            )
        elif user_input is None:
            subentry = self._get_reconfigure_subentry()
            suggested = {**subentry.data, CONF_NAME: subentry.title}
        schema = self.add_suggested_values_to_schema(vol.Schema({**named, **fields}), suggested)
        return self.async_show_form(step_id=step_id, data_schema=schema, errors=errors)

    def _refuse(self, user_input: Mapping[str, Any]) -> dict[str, str]:
        """Return the errors of the form."""
        if not (key := key_of(user_input[CONF_NAME])):
            return {CONF_NAME: "no_name"}
        own = None if self._is_new else self._get_reconfigure_subentry().subentry_id
        others = [one for one in subentries_of(self._get_entry(), self._room_of(user_input)) if one.subentry_id != own]
        taken = {one.unique_id for one in others} | {
            id_of(self._room_of(user_input), key_of(one.title)) for one in others
        }
        if key in BUILT_IN or id_of(self._room_of(user_input), key) in taken:
            return {CONF_NAME: "scene_exists"}
        return {}

    def _lights(self, user_input: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        area = self._room_of(user_input)
        room: RoomConfig | None = next((one for one in rooms_of(self._get_entry()) if one.room == area), None)
        chosen = room.lights if room is not None else ()
        lights = chosen or entities_in(self.hass, area, LIGHT_DOMAIN)
        return captured(state for light in lights if (state := self.hass.states.get(light)) is not None)

    def _keep(self, user_input: Mapping[str, Any], data: dict[str, Any]) -> SubentryFlowResult:
        """Write it down; the key stays when the name changes, so that automations go on finding the scene."""
        room, name = self._room_of(user_input), user_input[CONF_NAME].strip()
        data = {CONF_ROOM: room, **data}
        if self._is_new:
            return self.async_create_entry(title=name, data=data, unique_id=id_of(room, key_of(name)))
        return self.async_update_and_abort(self._get_entry(), self._get_reconfigure_subentry(), title=name, data=data)


def _of_one_tint(user_input: Mapping[str, Any]) -> dict[str, Any]:
    """Return the look, with a colour or a white: a browser can empty neither field, so black is none; a colour wins."""
    look = {key: user_input[key] for key in map(str, LOOK) if key in user_input}
    if look.get(CONF_COLOR) == NO_COLOR:
        del look[CONF_COLOR]
    elif CONF_COLOR in look:
        look.pop(CONF_KELVIN, None)
    return look
