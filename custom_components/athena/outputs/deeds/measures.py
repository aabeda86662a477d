"""What is set to a number or a word: whether the attribute that tells it is there now."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from homeassistant.core import State

from .numbers import number_of

type Shows = Callable[[State], bool]

NEAR_POSITION: Final = 5.0
"""Percent: no motor stops where it is told to."""
ENDS: Final[Mapping[str, float]] = {"open_cover": 100, "open_valve": 100, "close_cover": 0, "close_valve": 0}
TILTS: Final[Mapping[str, float]] = {"open_cover_tilt": 100, "close_cover_tilt": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Which attribute tells what was set, and how near it must be."""

    attribute: str
    near: float = 0.0
    step: str | None = None
    """The attribute of the least step there is; what was set is rounded to it."""


SET: Final[Mapping[tuple[str, str], Measure]] = {
    ("climate", "temperature"): Measure(attribute="temperature", near=0.3, step="target_temp_step"),
    ("climate", "target_temp_high"): Measure(attribute="target_temp_high", near=0.3, step="target_temp_step"),
    ("climate", "target_temp_low"): Measure(attribute="target_temp_low", near=0.3, step="target_temp_step"),
    ("climate", "humidity"): Measure(attribute="humidity", near=1),
    ("climate", "fan_mode"): Measure(attribute="fan_mode"),
    ("climate", "preset_mode"): Measure(attribute="preset_mode"),
    ("climate", "swing_mode"): Measure(attribute="swing_mode"),
    ("climate", "swing_horizontal_mode"): Measure(attribute="swing_horizontal_mode"),
    ("cover", "tilt_position"): Measure(attribute="current_tilt_position", near=NEAR_POSITION),
    ("fan", "percentage"): Measure(attribute="percentage", near=1, step="percentage_step"),
    ("fan", "preset_mode"): Measure(attribute="preset_mode"),
    ("fan", "oscillating"): Measure(attribute="oscillating"),
    ("fan", "direction"): Measure(attribute="direction"),
    ("humidifier", "humidity"): Measure(attribute="humidity", near=1, step="target_humidity_step"),
    ("humidifier", "mode"): Measure(attribute="mode"),
    ("media_player", "volume_level"): Measure(attribute="volume_level", near=0.02),
    ("media_player", "is_volume_muted"): Measure(attribute="is_volume_muted"),
    ("media_player", "source"): Measure(attribute="source"),
    ("media_player", "sound_mode"): Measure(attribute="sound_mode"),
    ("media_player", "shuffle"): Measure(attribute="shuffle"),
    ("media_player", "repeat"): Measure(attribute="repeat"),
    ("vacuum", "fan_speed"): Measure(attribute="fan_speed"),
    ("water_heater", "temperature"): Measure(attribute="temperature", near=0.3, step="target_temp_step"),
}
"""By domain and what a deed sets."""

POSITIONS: Final = frozenset({"set_cover_position", "set_valve_position"})
RISES: Final[Mapping[str, str]] = {"volume_up": "volume_level", "increase_speed": "percentage"}
FALLS: Final[Mapping[str, str]] = {"volume_down": "volume_level", "decrease_speed": "percentage"}
TOP: Final[Mapping[str, float]] = {"volume_level": 1.0, "percentage": 100.0}


def measure_shows(domain: str, action: str, data: Mapping[str, Any], before: State | None) -> Iterator[Shows]:
    """Yield what must be so once what a deed sets is set; nothing for what sets nothing that is told."""
    for key, value in data.items():
        if (measure := SET.get((domain, key))) is not None and not (domain == "fan" and value == 0):
            yield _near(measure, value)
    if domain == "fan" and data.get("percentage") == 0:
        yield lambda state: state.state == "off"
    if (end := ENDS.get(action)) is not None:
        yield _moves_to_the_end(end, before)
    elif (tilt := TILTS.get(action)) is not None:
        yield _near(Measure(attribute="current_tilt_position", near=NEAR_POSITION), tilt)
    elif action in POSITIONS and (position := number_of(data.get("position"))) is not None:
        yield _moves_to(position, before)
    yield from _relative(action, before)
    if action == "set_value" and domain in {"number", "input_number", "counter"}:
        yield lambda state: _is_near(
            number_of(state.state), data.get("value"), number_of(state.attributes.get("step")) or 1e-6
        )


def _step(state: State) -> float:
    return number_of(state.attributes.get("step")) or 1e-6


def _near(measure: Measure, wanted: Any) -> Shows:
    def shows(state: State) -> bool:
        now = state.attributes.get(measure.attribute)
        if number_of(now) is None or number_of(wanted) is None:
            return bool(now == wanted)
        step = number_of(state.attributes.get(measure.step)) if measure.step is not None else None
        return _is_near(number_of(now), wanted, max(measure.near, (step or 0.0) / 2 + 0.01))

    return shows


def _relative(action: str, before: State | None) -> Iterator[Shows]:
    """Yield whether something is more than before, or less, or as much as can be; where it does not say, nothing."""
    sign = 1 if action in RISES else -1
    attribute = RISES.get(action) or FALLS.get(action)
    was = number_of(before.attributes.get(attribute)) if before is not None and attribute is not None else None
    if attribute is not None and was is not None:
        end = TOP[attribute] if sign > 0 else 0.0
        yield lambda state: _has_moved(state, attribute, was, end, sign)


def _has_moved(state: State, attribute: str, was: float, end: float, sign: int) -> bool:
    now = number_of(state.attributes.get(attribute))
    return now is not None and ((now - was) * sign > 0 or _is_near(now, end, 0.001))


def _moves_to_the_end(end: float, before: State | None) -> Shows:
    """Return whether it is open or closed, or on its way there: "open" alone is so half way, too."""
    there, moving = ("open", "opening") if end else ("closed", "closing")

    def shows(state: State) -> bool:
        position = number_of(state.attributes.get("current_position"))
        if state.state == moving or (end == 0 and state.state == there):
            return True
        if position is None:
            return state.state == there
        return _is_near(position, end, NEAR_POSITION) or _is_nearer(position, end, before)

    return shows


def _moves_to(wanted: float, before: State | None) -> Shows:
    def shows(state: State) -> bool:
        position = number_of(state.attributes.get("current_position"))
        was = number_of(before.attributes.get("current_position")) if before is not None else None
        if was is not None and state.state == ("opening" if wanted > was else "closing"):
            return True
        if position is None:
            return state.state in ({"closed", "closing"} if wanted == 0 else {"open", "opening"})
        return _is_near(position, wanted, NEAR_POSITION) or _is_nearer(position, wanted, before)

    return shows


def _is_nearer(position: float, wanted: float, before: State | None) -> bool:
    was = number_of(before.attributes.get("current_position")) if before is not None else None
    return was is not None and abs(position - wanted) < abs(was - wanted)


def _is_near(now: float | None, wanted: object, near: float) -> bool:
    number = number_of(wanted)
    return now is not None and number is not None and abs(now - number) <= near
