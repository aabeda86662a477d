"""Putting back what was there before a person's last deeds."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Final

from homeassistant.core import HomeAssistant, State, callback

from ...deed import Deed
from .restoring import restoring

type Before = Mapping[str, State]
"""How things were, by entity."""

KEPT_FOR: Final = 600.0
"""Seconds; who thinks of it later says what they want."""
SPEAKERS: Final = 32


@callback
def before_of(hass: HomeAssistant, deeds: Iterable[Deed]) -> Before:
    """Return how everything is now that deeds touch, and of groups and scenes what is in them."""
    return {
        state.entity_id: state for deed in deeds for entity in deed.entities for state in _with_members(hass, entity)
    }


def _with_members(hass: HomeAssistant, entity: str) -> Iterator[State]:
    if (state := hass.states.get(entity)) is None:
        return
    yield state
    for member in state.attributes.get("entity_id") or ():
        if isinstance(member, str) and (inner := hass.states.get(member)) is not None:
            yield inner


@dataclass(frozen=True, slots=True, kw_only=True)
class _Last:
    """What was before somebody's last deeds."""

    before: Before
    at: float


class Undo:
    """Keeps what was before the last deeds of each speaker, for ten minutes."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._last: OrderedDict[str, _Last] = OrderedDict()

    @callback
    def keep(self, speaker: str, before: Before) -> None:
        """Remember what was before a speaker's deeds; of the ones before nothing is left."""
        self._last[speaker] = _Last(before=before, at=self._clock())
        self._last.move_to_end(speaker)
        while len(self._last) > SPEAKERS:
            self._last.popitem(last=False)

    @callback
    def deeds(self, hass: HomeAssistant, speaker: str) -> tuple[Deed, ...] | None:
        """Return what puts everything back; None where nothing is remembered.

        It may well open what was closed: the guard looks at it as at any other deeds.
        """
        if (last := self._last.get(speaker)) is None:
            return None
        if self._clock() - last.at > KEPT_FOR:
            self.forget(speaker)
            return None
        return restoring(last.before, hass.states.get)

    @callback
    def forget(self, speaker: str) -> None:
        """Forget a speaker's last deeds: they are undone."""
        self._last.pop(speaker, None)
