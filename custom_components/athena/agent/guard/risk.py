"""What could do harm: it needs the user's leave, a PIN, or a yes. No Home Assistant."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ...deed import Deed
from ..home import Home, State, States
from .verdict import ALLOWED, Granted, Kind, Verdict

CONF_ALLOWED: Final = "voice_may_open"
CONF_PIN: Final = "voice_pin"

MANY: Final = 8
"""So many entities at once are few."""

DOORS: Final = frozenset({"door", "garage", "gate"})
OPENS: Final = frozenset({"open_cover", "toggle", "set_cover_position", "turn_on"})
OPENS_VALVE: Final = frozenset({"open_valve", "toggle", "set_valve_position", "turn_on"})
STARTS: Final = frozenset({"turn_on", "toggle"})
POSITION: Final = "position"
UNLOCKS: Final = frozenset({"unlock", "open", "turn_off", "toggle"})
DISARMS: Final = frozenset({"alarm_disarm", "turn_off", "toggle"})

HARMLESS: Final = frozenset({"fan", "light", "media_player"})
"""Any number of them may be turned off by one word, and on again by another."""
WIDE: Final[Mapping[frozenset[str], str]] = {frozenset({"turn_off"}): "wide_off", frozenset({"turn_on"}): "wide_on"}
"""By what is done to half the house: what the question says."""
SECURES: Final = frozenset({"close_cover", "close_valve", "lock", "stop_cover", "stop_valve"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What this user has settled about what could do harm."""

    allowed: frozenset[str] = frozenset()
    """The entities that may be unlocked, opened and disarmed by voice alone."""
    pin: str | None = None
    """Digits that do the same for all others; None: by voice they are refused."""


def policy_of(options: Mapping[str, Any]) -> Policy:
    """Return what the user has settled; everything is refused where nothing is."""
    return Policy(allowed=frozenset(options.get(CONF_ALLOWED) or ()), pin=options.get(CONF_PIN) or None)


def judge(
    deeds: Sequence[Deed],
    home: Home,
    states: States,
    policy: Policy,
    granted: Granted = Granted.NOTHING,
    *,
    everything: bool = False,
    is_part: bool = False,
) -> Verdict:
    """Return whether deeds may be done as far as harm goes; `everything`: that is the word by which they were named.

    `is_part`: not all there is was meant ("everything but the lamp"), so a question tells how many things it is.
    """
    opened = [entity for deed in deeds for entity in _opened(deed, states)]
    if (barred := [entity for entity in opened if entity not in policy.allowed]) and granted < Granted.PIN:
        kind = Kind.REFUSE if policy.pin is None else Kind.PIN
        return Verdict(kind=kind, cause=f"risk: would open {', '.join(sorted(set(barred)))}")
    if granted >= Granted.YES:
        return ALLOWED
    for deed in deeds:
        if (loud := _startling(deed, states)) is not None:
            return loud
    return _wide(deeds, home, everything=everything, is_part=is_part)


def _members(entity: str, states: States, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield an entity and, of a group, all that are in it."""
    yield entity
    state = states(entity)
    for member in (state.attributes.get("entity_id") or ()) if state is not None else ():
        if isinstance(member, str) and member not in seen and not entity.startswith(("scene.", "script.")):
            yield from _members(member, states, seen | {entity, member})


def _opened(deed: Deed, states: States) -> Iterator[str]:
    """Yield which of a deed's entities would let somebody in. Scenes and scripts are of the user's own making."""
    for entity in deed.entities:
        if any(_opens(deed, member, states(member)) for member in _members(entity, states)):
            yield entity


def _opens(deed: Deed, entity: str, state: State | None) -> bool:
    match entity.partition(".")[0]:
        case "lock":
            return deed.action in UNLOCKS and not _toggles_to(deed, state, {"unlocked", "open", "unlocking", "opening"})
        case "alarm_control_panel":
            return deed.action in DISARMS
        case "cover":
            return _class_of(state) in DOORS and _opens_cover(deed, state)
    return False


def _opens_cover(deed: Deed, state: State | None) -> bool:
    if deed.action not in OPENS or _toggles_to(deed, state, {"open", "opening"}):
        return False
    position, now = deed.data.get(POSITION), state.attributes.get("current_position") if state is not None else None
    return position is None or not (_is_zero(position) or (isinstance(now, int | float) and _below(position, now)))


def _is_zero(position: object) -> bool:
    return isinstance(position, int | float | str) and str(position).strip() in {"0", "0.0"}


def _below(position: object, now: float) -> bool:
    return isinstance(position, int | float) and position <= now


def _toggles_to(deed: Deed, state: State | None, present: set[str]) -> bool:
    """Return whether a toggle surely leads away from what it is now; where nobody knows, it does not."""
    return deed.action == "toggle" and state is not None and state.state in present


def _class_of(state: State | None) -> str | None:
    return state.attributes.get("device_class") if state is not None else None


def _startling(deed: Deed, states: States) -> Verdict | None:
    """Return the question before what startles a street, cuts a machine's work short or lets gas flow."""
    for entity in deed.entities:
        for member in _members(entity, states):
            if (line := _line_for(deed, member, states(member))) is not None:
                return Verdict(kind=Kind.CONFIRM, cause=f"risk: {deed.action} {member}", line=line)
    return None


def _line_for(deed: Deed, entity: str, state: State | None) -> str | None:
    match entity.partition(".")[0]:
        case "siren" if deed.action in STARTS:
            return "siren_on"
        case "alarm_control_panel" if deed.action == "alarm_trigger":
            return "siren_on"
        case "button" if _class_of(state) == "restart":
            return "restart"
        case "valve" if _class_of(state) == "gas" and deed.action in OPENS_VALVE:
            return None if _is_zero(deed.data.get(POSITION)) else "open_gas"
    return None


def _wide(deeds: Sequence[Deed], home: Home, *, everything: bool, is_part: bool) -> Verdict:
    """Return the question before what changes half the house at one word."""
    told = [deed for deed in deeds if deed.action not in SECURES]
    entities = {entity for deed in told for entity in deed.entities}
    areas = {home.entities[entity].area if entity in home.entities else None for entity in entities}
    domains = {entity.partition(".")[0] for entity in entities}
    if len(areas) < 2 or _is_off(told, domains) or (len(entities) <= MANY and not everything):
        return ALLOWED
    line = WIDE.get(frozenset(deed.action for deed in told), "wide")
    cause = f"risk: {len(entities)} entities"
    if is_part:
        return Verdict(kind=Kind.CONFIRM, cause=cause, line=f"{line}_part", values={"count": str(len(entities))})
    return Verdict(kind=Kind.CONFIRM, cause=cause, line=line)


def _is_off(deeds: Iterable[Deed], domains: set[str]) -> bool:
    """Return whether it is one harmless kind that is turned off."""
    return len(domains) == 1 and domains <= HARMLESS and all(deed.action == "turn_off" for deed in deeds)
