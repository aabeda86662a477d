"""What was done, in the persona's words: the shortest answer that is true. It is read from the states, never hoped."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ..brain import phrases
from ..deed import Deed, Outcome, Result
from .home import Area, Home, State, States, with_area
from .persona import Persona

FEW: Final = 3
"""So many things are told one by one; of more only that they were understood."""

STATE_LINES: Final = frozenset(
    {
        "active", "armed", "arming", "cleaning", "disarmed", "docked", "locking", "mowing", "returning", "triggered",
        "unlocking",
    }
)  # fmt: skip
"""The states that are said, with those of the persona's own; each is a line, `state_…`."""
ARMED: Final = "armed_"

LOOKS: Final = ("brightness", "brightness_pct", "brightness_step", "brightness_step_pct")
COLOUR: Final = "color_name"
MODES: Final = ("hvac_mode", "preset_mode", "fan_mode", "mode", "operation_mode", "source", "sound_mode", "option")
FULL_BRIGHTNESS: Final = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """Tells what was done, to somebody in a place."""

    home: Home
    states: States
    persona: Persona
    area: str | None = None
    """The id of the speaker's area: it goes without saying."""

    def told(self, outcomes: Sequence[Outcome]) -> str:
        """Return what Athena says of deeds: what has failed; else what the states show now, else that it understood."""
        if any(outcome.result is Result.FAILED for outcome in outcomes):
            return phrases.WENT_WRONG
        if not outcomes or any(outcome.result is Result.UNSEEN for outcome in outcomes):
            return phrases.UNDERSTOOD
        lines: dict[str, None] = {}
        of_kinds: dict[str, list[str]] = {}
        for outcome in outcomes:
            told, kind = self._lines(outcome.deed), outcome.deed.kind
            if told is None or (kind is not None and of_kinds.setdefault(kind, told) != told):
                return phrases.UNDERSTOOD  # "Lights on. Lights off." is true of neither
            lines.update(dict.fromkeys(told))
        return " ".join(lines) if len(lines) <= FEW else phrases.UNDERSTOOD

    def _lines(self, deed: Deed) -> list[str] | None:
        """Return what the states show of a deed; None where they show no one thing of each kind."""
        lines = []
        for called, states in self._subjects(deed):
            said = {self._says(deed, called, state) for state in states}
            if len(said) > 1:
                said = {self._is(called, state) for state in states}
            if len(said) != 1 or (line := said.pop()) is None:
                return None
            lines.append(line)
        return lines

    def _subjects(self, deed: Deed) -> Iterator[tuple[str, list[State]]]:
        """Yield what a deed was done to, each by what it is called: a name, or that of a kind."""
        there = [(entity, state) for entity in deed.entities if (state := self.states(entity)) is not None]
        there = [(entity, state) for entity, state in there if state.state != "unavailable"] or there
        if deed.kind is not None:
            yield deed.kind, [state for _, state in there]
            return
        kinds = {entity: _kind(entity, state) for entity, state in there}
        if len(there) == 1 or None in kinds.values() or (len(there) <= FEW and len(set(kinds.values())) == len(there)):
            for entity, state in there:
                yield self._name(entity, state), [state]
            return
        for kind in dict.fromkeys(kinds.values()):
            alike = [(entity, state) for entity, state in there if kinds[entity] == kind]
            entity, first = alike[0]
            yield (kind or "") if len(alike) > 1 else self._name(entity, first), [state for _, state in alike]

    def _name(self, entity: str, state: State) -> str:
        """Return the entity's name; the speaker's own room goes without saying, another where the name is shared."""
        known = self.home.entities.get(entity)
        name = str(state.attributes.get("friendly_name") or (known.names[0] if known is not None else entity))
        area = self.home.areas.get(known.area) if known is not None and known.area is not None else None
        if area is None:
            return name
        if area.id != self.area:
            return self._placed(entity, state, name, area)
        prefix = f"{area.names[0]} "
        return name[len(prefix) :] if name.casefold().startswith(prefix.casefold()) else name

    def _placed(self, entity: str, state: State, name: str, area: Area) -> str:
        """Return the name of something elsewhere: "Kitchen light" where another "Light" is in another area."""
        if name.casefold() not in self.home.shared_names():
            return name
        is_noun = f"{name.lower()}s" == _kind(entity, state)
        return with_area(area, name.lower() if is_noun else name)

    def _says(self, deed: Deed, called: str, state: State) -> str | None:
        """Return what the state shows of the very thing that was asked; None where nothing can be said of it."""
        for teller in TELLERS.get(deed.action, ()):
            if (line := teller(self.persona, deed, called, state)) is not None:
                return line
        return self._is(called, state)

    def _is(self, called: str, state: State) -> str | None:
        """Return "Lamp on."; None for a state that nobody says."""
        word = phrases.STATES.get(state.state)
        key = "armed" if state.state.startswith(ARMED) else state.state
        if word is None and key in STATE_LINES:
            word = self.persona.say(f"state_{key}").lower()
        return phrases.device_is(called, word) if word is not None else None


def _kind(entity: str, state: State) -> str | None:
    """Return what several of a kind are called."""
    return phrases.KINDS.get(state.attributes.get("device_class") or "") or phrases.KINDS.get(entity.partition(".")[0])


type _Tells = Callable[[Persona, Deed, str, State], str | None]


def _look(persona: Persona, deed: Deed, called: str, state: State) -> str | None:
    """Return how a light looks that is on: "Lamp at 40 percent.", "Lamp red."."""
    if state.state != "on":
        return None
    if (colour := deed.data.get(COLOUR)) is not None:
        return persona.say("looks", name=called, colour=colour)
    if any(key in deed.data for key in LOOKS) and (now := _number(state.attributes.get("brightness"))) is not None:
        return persona.say("at_percent", name=called, percent=max(1, round(now * 100 / FULL_BRIGHTNESS)))
    return None


def _position(persona: Persona, _deed: Deed, called: str, state: State) -> str | None:
    """Return where something stands still half way: "open" would say too much; all else its state says itself."""
    now = _number(state.attributes.get("current_position"))
    if now is None or state.state != "open" or now >= 100:
        return None
    return persona.say("at_percent", name=called, percent=round(now))


def _speed(persona: Persona, _deed: Deed, called: str, state: State) -> str | None:
    now = _number(state.attributes.get("percentage"))
    return None if now is None or state.state != "on" else persona.say("at_percent", name=called, percent=round(now))


def _fan_on(persona: Persona, deed: Deed, called: str, state: State) -> str | None:
    return _speed(persona, deed, called, state) if "percentage" in deed.data else None


def _volume(persona: Persona, _deed: Deed, _called: str, state: State) -> str | None:
    now = _number(state.attributes.get("volume_level"))
    return None if now is None else persona.say("volume", percent=round(now * 100))


def _muted(persona: Persona, _deed: Deed, _called: str, state: State) -> str | None:
    now = state.attributes.get("is_volume_muted")
    return persona.say("muted" if now else "unmuted") if isinstance(now, bool) else None


def _temperature(persona: Persona, _deed: Deed, _called: str, state: State) -> str | None:
    now = _number(state.attributes.get("temperature"))
    return None if now is None else persona.say("degrees", degrees=f"{now:g}")


def _humidity(persona: Persona, _deed: Deed, called: str, state: State) -> str | None:
    now = _number(state.attributes.get("humidity"))
    return None if now is None else persona.say("at_percent", name=called, percent=f"{now:g}")


def _mode(persona: Persona, deed: Deed, called: str, state: State) -> str | None:
    """Return the mode that was set, where the state or its attribute says the same."""
    for key in MODES:
        if (wanted := deed.data.get(key)) is not None and wanted in (state.state, state.attributes.get(key)):
            if wanted == "off":
                return None
            return persona.say("in_mode", name=called, mode=str(wanted).replace("_", " "))
    return None


def _playing(persona: Persona, _deed: Deed, _called: str, state: State) -> str | None:
    match state.state:
        case "playing" | "buffering":
            return persona.say("playing")
        case "paused":
            return persona.say("paused")
        case "idle" | "standby" | "on":
            return persona.say("stopped")
    return None


def _powered(_persona: Persona, _deed: Deed, called: str, state: State) -> str | None:
    """Return that what has no "on" among its states, a television, a thermostat, is on or off."""
    if state.state in ("off", "standby"):
        return phrases.device_is(called, phrases.STATES["off"])
    return phrases.device_is(called, phrases.STATES["on"]) if "." not in state.state and _is_powered(state) else None


def _is_powered(state: State) -> bool:
    return state.state in {
        "auto", "buffering", "cool", "dry", "eco", "electric", "fan_only", "gas", "heat", "heat_cool", "heat_pump",
        "high_demand", "idle", "on", "paused", "performance", "playing",
    }  # fmt: skip


def _value(persona: Persona, deed: Deed, called: str, state: State) -> str | None:
    if deed.domain not in {"input_number", "number", "counter"}:
        return None
    return persona.say("at", name=called, value=state.state.removesuffix(".0"))


TELLERS: Final[dict[str, tuple[_Tells, ...]]] = {
    "turn_on": (_look, _fan_on, _mode, _powered),
    "turn_off": (_powered,),
    **{f"{verb}_{what}": (_position,) for what in ("cover", "valve") for verb in ("open", "stop")},
    "set_cover_position": (_position,),
    "set_valve_position": (_position,),
    "set_percentage": (_speed,),
    "increase_speed": (_speed,),
    "decrease_speed": (_speed,),
    "volume_set": (_volume,),
    "volume_up": (_volume,),
    "volume_down": (_volume,),
    "volume_mute": (_muted,),
    "set_temperature": (_temperature,),
    "set_humidity": (_humidity,),
    **dict.fromkeys(("set_hvac_mode", "set_operation_mode"), (_mode, _powered)),
    **dict.fromkeys(
        ("set_preset_mode", "set_fan_mode", "set_mode", "select_source", "select_sound_mode", "select_option"), (_mode,)
    ),
    **dict.fromkeys(("media_play", "media_pause", "media_stop", "media_play_pause", "play_media"), (_playing,)),
    "set_value": (_value,),
    "increment": (_value,),
    "decrement": (_value,),
}
"""By action: what says the very thing that was asked for; the first that knows says it."""


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
