"""What the model can have done: its verbs, the actions of Home Assistant they are, and what they fit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ...deed import Deed
from ..home import Entity, State, States

COLORS: Final = (
    "blue", "cyan", "gold", "green", "lime", "magenta", "orange", "pink", "purple", "red", "turquoise", "violet",
    "white", "yellow",
)  # fmt: skip
"""Of CSS: Home Assistant knows them all by `color_name`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What a verb is in one domain."""

    name: str
    features: int = 0
    """Which of the entity's features it takes: all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Whole numbers, both ends included."""

    low: int
    high: int
    step: int = 1
    attributes: tuple[str, str] | None = None
    """Where an entity says its own ends."""

    def of(self, state: State | None) -> range:
        """Return the numbers that fit an entity."""
        low, high = self.low, self.high
        if self.attributes is not None and state is not None:
            low, high = (
                _whole(state.attributes.get(key), end) for key, end in zip(self.attributes, (low, high), strict=True)
            )
        return range(low, high + 1, self.step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of some words."""

    words: tuple[str, ...] = ()
    attribute: str | None = None
    """Where an entity lists its own."""

    def of(self, state: State | None) -> tuple[str, ...]:
        """Return the words that fit an entity."""
        if self.attribute is None or state is None:
            return self.words
        listed = state.attributes.get(self.attribute)
        words = [str(one) for one in listed] if isinstance(listed, list | tuple) else []
        return tuple(one for one in words if one.isprintable() and "|" not in one and one == " ".join(one.split()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One thing to do."""

    name: str
    actions: Mapping[str, Action]
    """By domain."""
    value: Range | Choice | None = None
    key: str = ""
    """Where the value stands in the action's data."""
    share: bool = False
    """Whether the data has 0 to 1 where the verb has a percentage."""
    data: Mapping[str, Any] = field(default_factory=dict)
    color_modes: frozenset[str] | None = None
    """Of which a light has to have one."""

    def fits(self, entity: Entity, states: States) -> bool:
        """Return whether the entity can do it."""
        if (action := self.actions.get(entity.domain)) is None:
            return False
        state = states(entity.id)
        features = _features(entity, state)
        if features & action.features != action.features or _wants_code(entity, state):
            return False
        if self.color_modes is not None:
            modes = state.attributes.get("supported_color_modes") if state is not None else None
            return any(str(mode) in self.color_modes for mode in modes or ())
        return not isinstance(self.value, Choice) or bool(self.value.of(state))

    def deed(
        self, domain: str, entities: tuple[str, ...], value: int | str | None = None, kind: str | None = None
    ) -> Deed:
        """Return what it does to some entities of one domain; the value is one that fits."""
        data = dict(self.data)
        if self.value is not None:
            data[self.key] = value / 100 if self.share and isinstance(value, int) else value
        return Deed(domain=domain, action=self.actions[domain].name, entities=entities, data=data, kind=kind)


def _wants_code(entity: Entity, state: State | None) -> bool:
    """Return whether an alarm is armed with a code only: nobody says that to a model."""
    if entity.domain != "alarm_control_panel" or state is None:
        return False
    attributes = state.attributes
    return bool(attributes.get("code_arm_required")) and attributes.get("code_format") is not None


def _features(entity: Entity, state: State | None) -> int:
    """Return what it can do now: many a player can do more while it is on."""
    said = state.attributes.get("supported_features") if state is not None else None
    return said if isinstance(said, int) else entity.features


def _whole(number: Any, default: int) -> int:
    return int(number) if isinstance(number, int | float) else default


def _in(domains: str, action: str, features: int = 0) -> dict[str, Action]:
    return {domain: Action(name=action, features=features) for domain in domains.split()}


COLORED: Final = frozenset({"hs", "rgb", "rgbw", "rgbww", "xy"})
DIMMED: Final = COLORED | {"brightness", "color_temp", "white"}
PLAIN: Final = "humidifier input_boolean light remote siren switch"

ALL: Final = (
    Verb(
        name="turn_on",
        actions=_in(PLAIN, "turn_on")
        | _in("fan", "turn_on", 32)
        | _in("media_player", "turn_on", 128)
        | _in("climate", "turn_on", 256),
    ),
    Verb(
        name="turn_off",
        actions=_in(PLAIN, "turn_off")
        | _in("fan", "turn_off", 16)
        | _in("media_player", "turn_off", 256)
        | _in("climate", "turn_off", 128),
    ),
    Verb(
        name="set_brightness",
        actions=_in("light", "turn_on"),
        value=Range(low=1, high=100),
        key="brightness_pct",
        color_modes=DIMMED,
    ),
    Verb(
        name="set_color",
        actions=_in("light", "turn_on"),
        value=Choice(words=COLORS),
        key="color_name",
        color_modes=COLORED,
    ),
    Verb(
        name="set_white",
        actions=_in("light", "turn_on"),
        value=Range(low=2000, high=6500, step=100),
        key="color_temp_kelvin",
        color_modes=frozenset({"color_temp"}),
    ),
    Verb(
        name="set_temperature",
        actions=_in("climate", "set_temperature", 1) | _in("water_heater", "set_temperature", 1),
        value=Range(low=5, high=35, attributes=("min_temp", "max_temp")),
        key="temperature",
    ),
    Verb(
        name="set_mode",
        actions=_in("climate", "set_hvac_mode"),
        value=Choice(attribute="hvac_modes"),
        key="hvac_mode",
    ),
    Verb(
        name="select",
        actions=_in("select input_select", "select_option"),
        value=Choice(attribute="options"),
        key="option",
    ),
    Verb(
        name="set_humidity",
        actions=_in("humidifier", "set_humidity"),
        value=Range(low=0, high=100, attributes=("min_humidity", "max_humidity")),
        key="humidity",
    ),
    Verb(
        name="set_speed",
        actions=_in("fan", "set_percentage", 1),
        value=Range(low=0, high=100),
        key="percentage",
    ),
    Verb(
        name="open",
        actions=_in("cover", "open_cover", 1) | _in("valve", "open_valve", 1),
    ),
    Verb(name="close", actions=_in("cover", "close_cover", 2) | _in("valve", "close_valve", 2)),
    Verb(
        name="set_position",
        actions=_in("cover", "set_cover_position", 4) | _in("valve", "set_valve_position", 4),
        value=Range(low=0, high=100),
        key="position",
    ),
    Verb(
        name="stop",
        actions=_in("cover", "stop_cover", 8)
        | _in("valve", "stop_valve", 8)
        | _in("media_player", "media_stop", 4096)
        | _in("vacuum", "stop", 8),
    ),
    Verb(name="lock", actions=_in("lock", "lock")),
    Verb(name="unlock", actions=_in("lock", "unlock")),
    Verb(name="arm_home", actions=_in("alarm_control_panel", "alarm_arm_home", 1)),
    Verb(name="arm_away", actions=_in("alarm_control_panel", "alarm_arm_away", 2)),
    Verb(name="arm_night", actions=_in("alarm_control_panel", "alarm_arm_night", 4)),
    Verb(name="play", actions=_in("media_player", "media_play", 16384)),
    Verb(
        name="pause",
        actions=_in("media_player", "media_pause", 1) | _in("vacuum", "pause", 4) | _in("lawn_mower", "pause", 2),
    ),
    Verb(name="next", actions=_in("media_player", "media_next_track", 32)),
    Verb(name="previous", actions=_in("media_player", "media_previous_track", 16)),
    Verb(
        name="set_volume",
        actions=_in("media_player", "volume_set", 4),
        value=Range(low=0, high=100),
        key="volume_level",
        share=True,
    ),
    Verb(name="mute", actions=_in("media_player", "volume_mute", 8), data={"is_volume_muted": True}),
    Verb(name="unmute", actions=_in("media_player", "volume_mute", 8), data={"is_volume_muted": False}),
    Verb(name="start", actions=_in("vacuum", "start", 8192) | _in("lawn_mower", "start_mowing", 1)),
    Verb(name="dock", actions=_in("vacuum", "return_to_base", 16) | _in("lawn_mower", "dock", 4)),
    Verb(
        name="run",
        actions=_in("script scene", "turn_on") | _in("button input_button", "press"),
    ),
)

BY_NAME: Final = {verb.name: verb for verb in ALL}

DOMAINS: Final = frozenset(domain for verb in ALL for domain in verb.actions)
"""In which the model can have anything done."""
