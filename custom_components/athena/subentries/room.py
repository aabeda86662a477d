"""Adding and changing a room."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import time, timedelta
from typing import Any, Final

import probatio as vol
from homeassistant.components.binary_sensor import DOMAIN as BINARY_SENSOR_DOMAIN
from homeassistant.components.button import DOMAIN as BUTTON_DOMAIN
from homeassistant.components.event import DOMAIN as EVENT_DOMAIN
from homeassistant.components.input_button import DOMAIN as INPUT_BUTTON_DOMAIN
from homeassistant.components.light import DOMAIN as LIGHT_DOMAIN
from homeassistant.components.notify import DOMAIN as NOTIFY_DOMAIN
from homeassistant.components.sensor import DOMAIN as SENSOR_DOMAIN
from homeassistant.config_entries import ConfigSubentryFlow, SubentryFlowResult
from homeassistant.data_entry_flow import section
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.selector import (
    AreaSelector,
    BooleanSelector,
    DurationSelector,
    DurationSelectorConfig,
    EntitySelector,
    EntitySelectorConfig,
    TimeSelector,
)

from ..areas import is_own
from ..const import (
    CONF_BED_EXIT,
    CONF_BUTTONS,
    CONF_EDGE_LETS_GO,
    CONF_LIGHTS,
    CONF_NOTIFY,
    CONF_POSTURE,
    CONF_POSTURE_ZONE,
    CONF_SECOND_PERSON,
    CONF_SENSORS,
    CONF_SHARED_BED,
    CONF_SLEEP_FROM,
    CONF_SLEEP_UNTIL,
)
from ..rooms import DEFAULTS, SIDES, TIMINGS

CONF_AREA: Final = "area"
BED: Final = "bed"
MESSAGES: Final = "messages"
TIMES: Final = "times"

LONGEST: Final = timedelta(hours=12)
"""Of any timing of a room: more than that is a slip of the finger."""


def form_of(without: Sequence[str] = ()) -> dict[vol.Marker, Any]:
    """Return the fields of a room, in which these entities cannot be chosen."""

    def entities(*domains: str, multiple: bool = True) -> EntitySelector:
        config = EntitySelectorConfig(domain=list(domains), multiple=multiple)
        if excluded := [one for one in without if one.partition(".")[0] in domains]:
            config["exclude_entities"] = excluded
        return EntitySelector(config)

    bed: dict[vol.Marker, Any] = {
        **{vol.Optional(side): entities(BINARY_SENSOR_DOMAIN) for side in SIDES},
        vol.Optional(CONF_SHARED_BED): BooleanSelector(),
        vol.Optional(CONF_EDGE_LETS_GO): BooleanSelector(),
        vol.Optional(CONF_POSTURE): entities(SENSOR_DOMAIN, multiple=False),
        vol.Optional(CONF_POSTURE_ZONE): entities(SENSOR_DOMAIN, multiple=False),
        vol.Optional(CONF_BED_EXIT): entities(EVENT_DOMAIN),
        vol.Optional(CONF_BUTTONS): entities(EVENT_DOMAIN, BUTTON_DOMAIN, INPUT_BUTTON_DOMAIN),
    }
    messages: dict[vol.Marker, Any] = {
        vol.Optional(CONF_NOTIFY): entities(NOTIFY_DOMAIN),
        vol.Optional(CONF_SECOND_PERSON): entities(NOTIFY_DOMAIN),
    }
    times: dict[vol.Marker, Any] = {
        **{vol.Optional(timing): DurationSelector(DurationSelectorConfig(enable_day=False)) for timing in TIMINGS},
        vol.Optional(CONF_SLEEP_FROM): TimeSelector(),
        vol.Optional(CONF_SLEEP_UNTIL): TimeSelector(),
    }
    return {
        vol.Optional(CONF_SENSORS): entities(BINARY_SENSOR_DOMAIN),
        vol.Optional(CONF_LIGHTS): entities(LIGHT_DOMAIN),
        vol.Optional(BED): _folded(bed),
        vol.Optional(MESSAGES): _folded(messages),
        vol.Optional(TIMES): _folded(times),
    }


def _folded(fields: dict[vol.Marker, Any]) -> section:
    return section(vol.Schema(fields), {"collapsed": True})


AREA: Final[dict[vol.Marker, Any]] = {vol.Required(CONF_AREA): AreaSelector()}
FORM: Final = form_of()
PARTS: Final[Mapping[str, list[str]]] = {
    str(key): [str(inner) for inner in part.schema.schema] if isinstance(part, section) else [str(key)]
    for key, part in FORM.items()
}
"""The parts of the form, and the fields in each: a part that is no section is its own field."""
SCHEMA_WITH_AREA: Final = vol.Schema({**AREA, **FORM})


def _suggested() -> dict[str, Any]:
    """Return the timings that count where the user says nothing, as the form writes them."""
    likely_from, likely_until = DEFAULTS.sleep_window
    timings = {timing: _written(getattr(DEFAULTS, timing)) for timing in TIMINGS}
    return timings | {CONF_SLEEP_FROM: likely_from.isoformat(), CONF_SLEEP_UNTIL: likely_until.isoformat()}


def _written(duration: timedelta) -> dict[str, int]:
    minutes, seconds = divmod(int(duration.total_seconds()), 60)
    return {"hours": minutes // 60, "minutes": minutes % 60, "seconds": seconds}


SUGGESTED: Final = _suggested()


class RoomSubentryFlow(ConfigSubentryFlow):
    """A room is an area of Home Assistant that Athena looks after."""

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Add a room."""
        errors: dict[str, str] = {}
        filled_in = _flat(user_input or {})
        if user_input is not None:
            area = ar.async_get(self.hass).async_get_area(filled_in.pop(CONF_AREA))
            rooms = {subentry.unique_id for subentry in self._get_entry().subentries.values()}
            if area is None:
                errors[CONF_AREA] = "unknown_area"
            elif area.id in rooms:
                return self.async_abort(reason="already_configured")
            elif not (errors := self._refuse(filled_in)):
                return self.async_create_entry(title=area.name, data=_said(filled_in, {}), unique_id=area.id)
        return self.async_show_form(
            step_id="user",
            data_schema=self._form(AREA, _flat(user_input or {})),
            errors=errors,
        )

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Change what belongs to a room."""
        errors: dict[str, str] = {}
        subentry = self._get_reconfigure_subentry()
        filled_in = dict(subentry.data) if user_input is None else _flat(user_input)
        if user_input is not None and not (errors := self._refuse(filled_in)):
            data = _said(filled_in, subentry.data)
            return self.async_update_and_abort(self._get_entry(), subentry, data=data)
        return self.async_show_form(
            step_id="reconfigure",
            data_schema=self._form({}, filled_in),
            errors=errors,
            description_placeholders={"room": subentry.title},
        )

    def _form(self, before: dict[vol.Marker, Any], filled_in: Mapping[str, Any]) -> vol.Schema:
        """Return the form as it was filled in; Athena's own entities are none to choose, but one that was is shown."""
        own = er.async_entries_for_config_entry(er.async_get(self.hass), self._get_entry().entry_id)
        chosen = {entity for fields in PARTS.values() for entity in _chosen(filled_in, fields)}
        form = form_of([entry.entity_id for entry in own if entry.entity_id not in chosen])
        return self.add_suggested_values_to_schema(vol.Schema({**before, **form}), _nested(filled_in))

    def _refuse(self, filled_in: dict[str, Any]) -> dict[str, str]:
        """Return what is wrong, by the part of the form it stands in."""
        for part, fields in PARTS.items():
            for entity in _chosen(filled_in, fields):
                if is_own(self.hass, entity):
                    return {part: "own_entity"}
        return _check(filled_in)


def _chosen(filled_in: Mapping[str, Any], fields: Sequence[str]) -> Iterator[str]:
    """Yield the entities in these fields."""
    for field in fields:
        value = filled_in.get(field)
        yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str))


def _flat(user_input: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was filled in without the sections of the form: what is stored knows none."""
    flat = dict(user_input)
    for part in (BED, MESSAGES, TIMES):
        flat |= flat.pop(part, {})
    return flat


def _nested(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a room, or of a form sent back, as the form has them, with the timings to begin from."""
    data = {**SUGGESTED, **data}
    return data | {
        str(key): {str(inner): data[inner] for inner in part.schema.schema if inner in data}
        for key, part in FORM.items()
        if isinstance(part, section)
    }


def _said(filled_in: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the user said: not what was left empty, and no timing that the form itself began from."""
    return {
        key: value
        for key, value in filled_in.items()
        if value and (key in before or key not in SUGGESTED or not _same(value, SUGGESTED[key]))
    }


def _same(one: Any, other: Any) -> bool:
    """Return whether two durations or two times of day are the same, however they are written."""
    if isinstance(one, dict):
        return timedelta(**one) == timedelta(**other)
    return time.fromisoformat(one) == time.fromisoformat(other)


def _check(filled_in: dict[str, Any]) -> dict[str, str]:
    """Return what is wrong, by the part of the form it stands in."""
    errors: dict[str, str] = {}
    timings = [timedelta(**filled_in[timing]) for timing in TIMINGS if filled_in.get(timing) is not None]
    window = {**SUGGESTED, **filled_in}
    if any(timing <= timedelta() for timing in timings):
        errors[TIMES] = "too_short"
    elif any(timing > LONGEST for timing in timings):
        errors[TIMES] = "too_long"
    elif _same(window[CONF_SLEEP_FROM], window[CONF_SLEEP_UNTIL]):
        errors[TIMES] = "no_window"
    sensors = [sensor for side in SIDES for sensor in filled_in.get(side, ())]
    if len(sensors) != len(set(sensors)):
        errors[BED] = "two_sides"
    elif set(sensors) & set(filled_in.get(CONF_SENSORS, ())):
        errors[BED] = "bed_is_no_presence"
    elif filled_in.get(CONF_POSTURE_ZONE) and not filled_in.get(CONF_POSTURE):
        errors[BED] = "zone_without_posture"
    return errors
