"""What a person may change once Athena is set up: what holds for the whole home, and the alarms."""

import re
from collections.abc import Mapping
from typing import Any, Final

import probatio as vol
from homeassistant.components.person import DOMAIN as PERSON_DOMAIN
from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult, OptionsFlow
from homeassistant.data_entry_flow import AbortFlow, section
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.selector import (
    BooleanSelector,
    EntitySelector,
    EntitySelectorConfig,
    EntityWithDeviceFilterSelectorConfig,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
from homeassistant.util import dt as dt_util

from .agent.guard.risk import CONF_ALLOWED, CONF_PIN
from .alarm_form import RoomAlarm, alarm_of, all_alarms, choice, filled_in, form_of, wrong_in
from .brain.events import AlarmDeleted, AlarmSet, Event
from .brain.settings import Alarm
from .capabilities import ALL
from .const import CONF_DEBUG_EVENTS, CONF_NAME, CONF_PERSONS
from .health import has_loudspeaker
from .journal import CONF_RECORD_EVENTS, CONF_RECORD_TRANSCRIPTS
from .rooms import RoomConfig
from .runtime import Runtime

GENERAL: Final = vol.Schema(
    {
        vol.Optional(CONF_NAME): TextSelector(),
        vol.Optional(CONF_PERSONS): EntitySelector(EntitySelectorConfig(domain=PERSON_DOMAIN, multiple=True)),
        vol.Optional(CONF_DEBUG_EVENTS): BooleanSelector(),
    }
)

PRIVACY: Final = vol.Schema(
    {
        vol.Optional(CONF_RECORD_EVENTS, default=False): BooleanSelector(),
        vol.Optional(CONF_RECORD_TRANSCRIPTS, default=False): BooleanSelector(),
    }
)

MAY_OPEN: Final = [
    EntityWithDeviceFilterSelectorConfig(domain="lock"),
    EntityWithDeviceFilterSelectorConfig(domain="cover", device_class=["door", "garage", "gate"]),
    EntityWithDeviceFilterSelectorConfig(domain="alarm_control_panel"),
]
"""What would let somebody in."""

SAFETY: Final = vol.Schema(
    {
        vol.Optional(CONF_ALLOWED): EntitySelector(EntitySelectorConfig(filter=MAY_OPEN, multiple=True)),
        vol.Optional(CONF_PIN): TextSelector(TextSelectorConfig(type=TextSelectorType.PASSWORD)),
    }
)

PIN: Final = re.compile(r"[0-9]{4,8}")

SMALL_THINGS: Final = vol.Schema(
    {vol.Optional(one.key): section(vol.Schema(dict(one.form)), {"collapsed": True}) for one in ALL if one.form}
)

CONF_ROOM: Final = "room"
CONF_ALARM: Final = "alarm"

SOURCE: Final = "options"
"""Who sets an alarm by these forms."""

REFUSALS: Final = frozenset({"no_witness", "past_alarm"})
"""What the brain may say to an alarm, and the form has words for; anything else is told in the brain's own."""


class AthenaOptionsFlow(OptionsFlow):
    """Change what holds for the whole home, and the alarms."""

    _room: RoomConfig
    _changed: RoomAlarm | None = None

    async def async_step_init(self, _user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask what to do: only what can be done now."""
        if self.config_entry.state is not ConfigEntryState.LOADED or not self._runtime.rooms:
            return await self.async_step_general()
        with_alarms = ["change_alarm", "delete_alarm"] if self._alarms() else []
        small_things = ["small_things"] if SMALL_THINGS.schema else []
        return self.async_show_menu(
            step_id="init", menu_options=["general", "add_alarm", *with_alarms, *small_things, "safety", "privacy"]
        )

    async def async_step_general(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask by which name to greet, and who lives here."""
        if user_input is not None:
            return self.async_create_entry(data=self._options_without(GENERAL) | options_of(user_input))
        schema = self.add_suggested_values_to_schema(GENERAL, self.config_entry.options)
        return self.async_show_form(step_id="general", data_schema=schema)

    async def async_step_safety(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask what may be opened by voice, and for the PIN that opens the rest."""
        errors: dict[str, str] = {}
        if user_input is not None:
            pin = user_input.get(CONF_PIN, "").strip()
            if not pin or PIN.fullmatch(pin):
                settled = {CONF_ALLOWED: user_input.get(CONF_ALLOWED), CONF_PIN: pin}
                told = {key: value for key, value in settled.items() if value}
                return self.async_create_entry(data=self._options_without(SAFETY) | told)
            errors[CONF_PIN] = "wrong_pin"
        values = self.config_entry.options if user_input is None else user_input
        schema = self.add_suggested_values_to_schema(SAFETY, values)
        return self.async_show_form(step_id="safety", data_schema=schema, errors=errors)

    async def async_step_small_things(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask what can be set of the capabilities: a section for each."""
        errors: dict[str, str] = {}
        if user_input is not None:
            told = {one.key: said for one in ALL if (said := said_in(user_input.get(one.key, {}), one.form))}
            errors = {one.key: wrong for one in ALL if (wrong := one.refuse(told.get(one.key, {}))) is not None}
            if not errors:
                return self.async_create_entry(data=self._options_without(SMALL_THINGS) | told)
        values = self.config_entry.options if user_input is None else user_input
        schema = self.add_suggested_values_to_schema(SMALL_THINGS, values)
        return self.async_show_form(step_id="small_things", data_schema=schema, errors=errors)

    async def async_step_privacy(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask what may leave Athena's memory."""
        if user_input is not None:
            switched_on = {key: True for key, on in user_input.items() if on}
            return self.async_create_entry(data=self._options_without(PRIVACY) | switched_on)
        schema = self.add_suggested_values_to_schema(PRIVACY, self.config_entry.options)
        return self.async_show_form(step_id="privacy", data_schema=schema)

    async def async_step_add_alarm(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for which room, where there is more than one."""
        rooms = self._runtime.rooms
        area = next(iter(rooms), None) if len(rooms) == 1 else user_input and user_input[CONF_ROOM]
        if area in rooms:
            self._room = rooms[area]
            return await self.async_step_alarm()
        labels = {area: room.title for area, room in rooms.items()}
        schema = vol.Schema({vol.Required(CONF_ROOM): choice(labels)})
        return self.async_show_form(step_id="add_alarm", data_schema=schema)

    async def async_step_change_alarm(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask which alarm to change."""
        if user_input is None:
            return self._ask_which("change_alarm")
        self._changed = self._chosen(user_input)
        self._room = self._changed.room
        return await self.async_step_alarm()

    async def async_step_delete_alarm(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask which alarm to delete, and delete it."""
        if user_input is None:
            return self._ask_which("delete_alarm")
        chosen = self._chosen(user_input)
        event = AlarmDeleted(room=chosen.room.room, at=dt_util.utcnow(), source=SOURCE, alarm=chosen.alarm.id)
        await self._async_tell(event)
        return self._unchanged()

    async def async_step_alarm(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for an alarm's details, and set it."""
        runtime, changed = self._runtime, self._changed.alarm if self._changed else None
        if self._room.room not in runtime.rooms:
            raise AbortFlow("room_gone")
        room = runtime.room(self._room.room)
        errors = wrong_in(user_input or {})
        reason = ""
        if user_input is not None and not errors:
            alarm = alarm_of(room, changed, user_input)
            event = AlarmSet(room=self._room.room, at=dt_util.utcnow(), source=SOURCE, alarm=alarm)
            if (refusal := await self._async_tell(event)) is None:
                return self._set(alarm)
            errors["base"], reason = _key_of(refusal), str(refusal)
        values = filled_in(changed) if user_input is None else user_input
        return self.async_show_form(
            step_id="alarm",
            data_schema=self.add_suggested_values_to_schema(form_of(room, changed), values),
            errors=errors,
            description_placeholders={"room": self._room.title, "reason": reason},
        )

    def _set(self, alarm: Alarm) -> ConfigFlowResult:
        """End, but not without a word about an alarm that nobody would hear."""
        if not alarm.enabled or has_loudspeaker(self.hass, self._room.room):
            return self._unchanged()
        return self.async_show_form(step_id="silent", description_placeholders={"room": self._room.title})

    async def async_step_silent(self, _user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """End once it has been read that nothing can ring."""
        return self._unchanged()

    @property
    def _runtime(self) -> Runtime:
        """The house; it may be put to rest while somebody looks at a form."""
        if self.config_entry.state is not ConfigEntryState.LOADED:
            raise AbortFlow("not_running")
        runtime: Runtime = self.config_entry.runtime_data
        return runtime

    def _options_without(self, form: vol.Schema) -> dict[str, Any]:
        """Return what the other forms have set."""
        return {key: value for key, value in self.config_entry.options.items() if key not in form.schema}

    def _alarms(self) -> dict[str, RoomAlarm]:
        return all_alarms(self._runtime.rooms, self._runtime.house.rooms)

    async def _async_tell(self, event: Event) -> HomeAssistantError | None:
        """Tell the house a person's wish, and return what is said against it."""
        try:
            await self._runtime.async_tell(event)
        except HomeAssistantError as err:
            return err
        return None

    def _ask_which(self, step: str) -> ConfigFlowResult:
        if not (alarms := self._alarms()):
            raise AbortFlow("no_alarms")
        labels = {key: alarm.label for key, alarm in alarms.items()}
        return self.async_show_form(
            step_id=step,
            data_schema=vol.Schema({vol.Required(CONF_ALARM): choice(labels)}),
        )

    def _chosen(self, user_input: dict[str, Any]) -> RoomAlarm:
        if (chosen := self._alarms().get(user_input[CONF_ALARM])) is None:
            raise AbortFlow("alarm_gone")
        return chosen

    def _unchanged(self) -> ConfigFlowResult:
        """End well: alarms are no options, so that these stay as they are, and nothing is set up again."""
        return self.async_create_entry(data=dict(self.config_entry.options))


def _key_of(refusal: HomeAssistantError) -> str:
    return refusal.translation_key if refusal.translation_key in REFUSALS else "refused"


def options_of(user_input: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the user said: not what was left empty."""
    said = {**user_input, CONF_NAME: user_input.get(CONF_NAME, "").strip()}
    return {key: value for key, value in said.items() if value}


def said_in(fields: Mapping[str, Any], form: Mapping[vol.Marker, Any]) -> dict[str, Any]:
    """Return what the user said in a section: not what was left empty, or as it is unless somebody says otherwise."""
    usual = {
        marker.schema: marker.default()
        for marker in form
        if isinstance(marker, vol.Optional) and not isinstance(marker.default, vol.Undefined)
    }
    return {key: value for key, value in fields.items() if (value or value is False) and value != usual.get(key)}
