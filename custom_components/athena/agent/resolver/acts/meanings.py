"""What is to be done, apart from what it is done to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ..language.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """How much, or what: one of these."""

    number: float | None = None
    unit: str | None = None
    """"percent", "degree", "celsius", "fahrenheit" or "kelvin"; None for a bare number."""
    speed: int | None = None
    """Percent, where the word means another share for a fan ("medium")."""
    color: tuple[int, int, int] | None = None
    mode: Words = ()
    """Words that a thing of the home must know: a mode, a source, an option."""
    by: bool = False
    """It is a difference ("by 10")."""
    to: bool = False
    """It was said to be the aim ("to 10")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a verb, a property and values say together."""

    sense: str
    prop: str | None = None
    values: tuple[Value, ...] = ()
    little: bool = False
    """"A bit"."""
    kind: str | None = None
    """The kind of things that the verb itself says."""

    @property
    def value(self) -> Value | None:
        """The value that is no color; None where there is none."""
        return next((value for value in self.values if value.color is None), None)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The color; None where none was said."""
        return next((value.color for value in self.values if value.color is not None), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One action on one thing."""

    domain: str
    action: str
    data: Mapping[str, Any]


_SWITCHED: Final = frozenset(
    [
        *("light", "switch", "input_boolean", "fan", "media_player", "climate", "humidifier", "siren"),
        *("water_heater", "valve", "automation", "script", "remote", "group"),
    ]
)
_MEASURED: Final = frozenset(
    [
        *("light", "cover", "fan", "media_player", "climate", "water_heater", "humidifier"),
        *("number", "input_number", "valve"),
    ]
)
EVERYTHING: Final = frozenset({"light", "switch", "fan", "media_player", "humidifier"})
"""What "everything" is, on or off: no lock, no cover, no heating."""
CAN: Final[Mapping[str, frozenset[str]]] = {
    "on": _SWITCHED | {"scene", "button", "input_button", "vacuum", "lawn_mower"},
    "off": _SWITCHED,
    "toggle": frozenset(
        ["light", "switch", "input_boolean", "fan", "media_player", "humidifier", "automation", "remote", "cover"]
    ),
    "open": frozenset({"cover", "valve", "lock"}),
    "close": frozenset({"cover", "valve"}),
    "stop": frozenset(
        [
            "cover",
            "valve",
            "media_player",
            "vacuum",
            "lawn_mower",
            "script",
            "fan",
            "switch",
            "climate",
            "humidifier",
            "siren",
        ]
    ),
    "lock": frozenset({"lock"}),
    "unlock": frozenset({"lock"}),
    "play": frozenset({"media_player"}),
    "pause": frozenset({"media_player", "vacuum", "lawn_mower"}),
    "resume": frozenset({"media_player", "vacuum", "lawn_mower"}),
    "next": frozenset({"media_player"}),
    "previous": frozenset({"media_player"}),
    "mute": frozenset({"media_player"}),
    "unmute": frozenset({"media_player"}),
    "start": frozenset(
        [
            "vacuum",
            "lawn_mower",
            "script",
            "scene",
            "automation",
            "button",
            "input_button",
            "switch",
            "fan",
            "siren",
            "climate",
            "valve",
            "media_player",
            "humidifier",
            "input_boolean",
        ]
    ),
    "activate": frozenset({"scene", "script"}),
    "dock": frozenset({"vacuum", "lawn_mower"}),
    "clean": frozenset({"vacuum"}),
    "locate": frozenset({"vacuum"}),
    "press": frozenset({"button", "input_button"}),
    "arm_away": frozenset({"alarm_control_panel"}),
    "arm_home": frozenset({"alarm_control_panel"}),
    "arm_night": frozenset({"alarm_control_panel"}),
    "disarm": frozenset({"alarm_control_panel"}),
    "more": _MEASURED,
    "less": _MEASURED,
    "set": _MEASURED | {"select", "input_select", "scene", "vacuum", "siren"},
}
"""The domains that a verb can act on at all."""
BY_PROPERTY: Final[Mapping[str, frozenset[str]]] = {
    "brightness": frozenset({"light"}),
    "color": frozenset({"light"}),
    "color_temperature": frozenset({"light"}),
    "temperature": frozenset({"climate", "water_heater", "light"}),
    "humidity": frozenset({"humidifier", "climate"}),
    "speed": frozenset({"fan", "vacuum"}),
    "position": frozenset({"cover", "valve"}),
    "volume": frozenset({"media_player"}),
    "mode": frozenset(["climate", "fan", "humidifier", "water_heater", "select", "input_select", "light"]),
    "source": frozenset({"media_player"}),
}
BY_UNIT: Final[Mapping[str | None, frozenset[str]]] = {
    "percent": frozenset(
        ["light", "cover", "fan", "media_player", "valve", "humidifier", "climate", "number", "input_number"]
    ),
    "degree": frozenset({"climate", "water_heater"}),
    "celsius": frozenset({"climate", "water_heater"}),
    "fahrenheit": frozenset({"climate", "water_heater"}),
    "kelvin": frozenset({"light"}),
}


def domains_of(meaning: Meaning) -> frozenset[str]:
    """Return the domains that what is to be done is possible for."""
    domains = CAN[meaning.sense]
    if meaning.prop is not None:
        domains &= BY_PROPERTY[meaning.prop]
    for value in meaning.values:
        if value.color is not None:
            domains &= frozenset({"light"})
        elif value.unit is not None:
            domains &= BY_UNIT[value.unit]
    return domains


_PLAYED: Final = frozenset({"play", "pause", "resume", "next", "previous", "mute", "unmute"})
_ITS_OWN: Final = frozenset(
    {"lock", "unlock", "clean", "dock", "locate", "disarm", "arm_away", "arm_home", "arm_night"}
)
_UNSAID_BY_PROPERTY: Final[Mapping[str, frozenset[str]]] = {
    "brightness": frozenset({"light"}),
    "color": frozenset({"light"}),
    "color_temperature": frozenset({"light"}),
    "temperature": frozenset({"climate"}),
    "volume": frozenset({"media_player"}),
    "source": frozenset({"media_player"}),
    "speed": frozenset({"fan"}),
    "humidity": frozenset({"humidifier", "climate"}),
}
_UNSAID_BY_UNIT: Final[Mapping[str | None, frozenset[str]]] = {
    "percent": frozenset({"light"}),
    "kelvin": frozenset({"light"}),
    "degree": frozenset({"climate"}),
    "celsius": frozenset({"climate"}),
    "fahrenheit": frozenset({"climate"}),
}


def _may_be_degrees(value: Value | None) -> bool:
    """Return whether a room that is set to this is to be so warm ("spare room to 20")."""
    return value is not None and value.to and value.number is not None and 14 <= value.number <= 28


def unsaid_domains(meaning: Meaning) -> frozenset[str]:
    """Return the domains that are meant where no thing is named, only a place or nothing: "dim the kitchen"."""
    if meaning.sense in _PLAYED:
        return frozenset({"media_player"})
    if meaning.sense in _ITS_OWN:
        return CAN[meaning.sense]
    unit = meaning.value.unit if meaning.value is not None else None
    if meaning.prop is not None and unit != "kelvin":
        return _UNSAID_BY_PROPERTY.get(meaning.prop, frozenset())
    if meaning.sense not in ("set", "on", "more", "less"):
        return frozenset()
    if meaning.sense == "set" and unit is None and _may_be_degrees(meaning.value):
        return frozenset({"climate"})
    return frozenset({"light"}) if meaning.color is not None else _UNSAID_BY_UNIT.get(unit, frozenset())
