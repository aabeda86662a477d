"""What helps to help: the rooms and what the brain knows, and nobody's name."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, Final

from homeassistant.components.diagnostics import REDACTED, async_redact_data
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from . import capabilities
from .agent.guard.risk import CONF_PIN
from .agent.llm.server import CONF_API_KEY, CONF_EXTRA, CONF_URL
from .areas import lights_in
from .brain.room import Room
from .const import CONF_NAME, CONF_NOTIFY, CONF_PERSONS, CONF_SECOND_PERSON
from .health import issues_of, sensors_of
from .rooms import RoomConfig
from .runtime import AthenaConfigEntry, Runtime

TO_REDACT: Final = {CONF_NAME, CONF_NOTIFY, CONF_PERSONS, CONF_PIN, CONF_SECOND_PERSON, "line", "media", "text"} | {
    CONF_API_KEY,
    CONF_EXTRA,
    CONF_URL,
}
"""Names, who gets messages, what people say, hear and call their things, and what opens the model's server."""

ALARM_IDS: Final = frozenset({"alarm", "id"})
"""Where the id of an alarm stands, which is made of its name."""


async def async_get_config_entry_diagnostics(hass: HomeAssistant, entry: AthenaConfigEntry) -> dict[str, Any]:
    """Return the options, the rooms as set up, and the house as the brain sees it."""
    runtime = entry.runtime_data
    told = {
        "options": {**entry.options, **_small_things(entry.options)},
        "subentries": [_subentry(subentry) for subentry in entry.subentries.values()],
        "rooms": {area: _room(hass, runtime, room) for area, room in runtime.rooms.items()},
        "house": runtime.house.as_dict(),
        "last_orders": runtime.journal.orders,
        "last_turns": runtime.traces.as_list(with_texts=False),
        "turns": dict(runtime.traces.counts),
        "repairs": sorted(issues_of(hass)),
    }
    redacted = async_redact_data(_with_numbers(told, _numbers(runtime)), TO_REDACT)
    cleaned: dict[str, Any] = _without(redacted, _names_of(entry, runtime))
    return cleaned


def _small_things(options: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what is set of the capabilities: a birthday, a calendar or a playlist is nobody's business."""
    return {
        one.key: {key: said if isinstance(said, bool | int | float) else REDACTED for key, said in section.items()}
        for one in capabilities.ALL
        if isinstance(section := options.get(one.key), Mapping)
    }


def _subentry(subentry: ConfigSubentry) -> dict[str, Any]:
    return {"type": subentry.subentry_type, "title": subentry.title, "data": dict(subentry.data)}


def _room(hass: HomeAssistant, runtime: Runtime, config: RoomConfig) -> dict[str, Any]:
    room, now = runtime.room(config.room), dt_util.utcnow()
    return {
        "settings": {field.name: _plain(getattr(config, field.name)) for field in fields(config) if field.compare},
        "sensors": _states(hass, sensors_of(hass, config)),
        "lights": _states(hass, lights_in(hass, config)),
        "state": room.state,
        "scene": room.scene,
        "quiet": room.quiet,
        "unheard": room.unheard,
        "ringing": [{"alarm": alarm} for alarm in room.ringing],
        "waking": [{"alarm": alarm} for alarm in room.waking],
        "occupancy": asdict(room.occupancy(now)),
        "witnesses": asdict(room.witnesses()),
        "clocks": [
            {"alarm": clock.alarm.id, "next": clock.next, "skipped": clock.skipped, "enabled": clock.alarm.enabled}
            for clock in room.clocks
        ],
        "decisions": [decision.as_dict() for decision in room.decisions],
    }


def _plain(value: Any) -> Any:
    """Return settings as what JSON has."""
    match value:
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case str() | bool() | int() | float() | None | datetime():
            return value
        case tuple() | list() | frozenset():
            return [_plain(item) for item in value]
        case _ if hasattr(value, "__dataclass_fields__"):
            return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        case _:
            return str(value)


def _states(hass: HomeAssistant, entities: Iterable[str]) -> dict[str, str | None]:
    return {entity: state.state if (state := hass.states.get(entity)) else None for entity in entities}


# ---- what is nobody's business


def _numbers(runtime: Runtime) -> dict[str, str]:
    """Return what each alarm is called here, by its id."""
    ids = [clock.alarm.id for room in runtime.house.rooms.values() for clock in room.clocks]
    ids += [alarm for room in runtime.house.rooms.values() for alarm in room.waking]
    return {alarm: f"alarm {number}" for number, alarm in enumerate(dict.fromkeys(ids), 1)}


def _with_numbers(told: Any, numbers: Mapping[str, str]) -> Any:
    """Return the same with a number for each alarm's id, none for one that is long gone; and who is home unnamed."""
    match told:
        case Mapping():
            return {
                key: numbers.get(value, REDACTED)
                if key in ALARM_IDS and isinstance(value, str)
                else _with_numbers(list(value.values()) if key == "people" else value, numbers)
                for key, value in told.items()
            }
        case list() | tuple():
            return [_with_numbers(item, numbers) for item in told]
        case _:
            return told


def _names_of(entry: AthenaConfigEntry, runtime: Runtime) -> re.Pattern[str]:
    """Return what finds a name wherever it may stand, as a word or a part of an entity's id."""
    names = {name for name in _secrets(entry, runtime.house.rooms.values()) if name}
    words = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])" if words else r"(?!)", re.IGNORECASE)


def _secrets(entry: AthenaConfigEntry, rooms: Iterable[Room]) -> Iterator[str]:
    yield entry.options.get(CONF_NAME, "")
    for person in entry.options.get(CONF_PERSONS, ()):
        yield from (person, person.partition(".")[2])
    for room in rooms:
        yield room.settings.name or ""
    for subentry in entry.subentries.values():
        for key in (CONF_NOTIFY, CONF_SECOND_PERSON):
            for target in subentry.data.get(key, ()):
                yield from (target, target.partition(".")[2])


def _without(told: Any, names: re.Pattern[str]) -> Any:
    match told:
        case Mapping():
            return {_without(key, names): _without(value, names) for key, value in told.items()}
        case list() | tuple():
            return [_without(item, names) for item in told]
        case str():
            return names.sub(REDACTED, told)
        case _:
            return told
