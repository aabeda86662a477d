"""How the model calls what it may name: one label for one thing, and nothing else."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ..guard.risk import HARMLESS, Policy, judge
from ..guard.verdict import Kind
from ..home import Entity, Home, State, States
from .verbs import ALL, DOMAINS, Verb
from .words import Words

LONGEST: Final = 60
"""Of a name, in characters: what follows is left out."""

FORBIDDEN: Final = frozenset('<>|{}[];`\\"')
"""Characters that separate in our format or open a mark of a model's template: a name is data, never a mark."""


def clean(text: str, longest: int = LONGEST) -> str:
    """Return a text of the home without what could be more than text: one line, no marks, not too long."""
    kept = (
        " " if char in FORBIDDEN or unicodedata.category(char)[0] in "CZ" else char
        for char in unicodedata.normalize("NFKC", text)[: longest * 4]
    )
    return " ".join("".join(kept).split())[:longest].rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a label stands for."""

    entities: tuple[Entity, ...]
    kind: str | None = None
    """How they are called together, where a kind is named."""
    domains: frozenset[str] = frozenset()


class Names:
    """The labels of one request: the entities that were chosen, and every kind by area, by floor and in the home.

    What can be said of a label depends on the states as they are now, and on what the user lets voice do.
    """

    def __init__(
        self,
        home: Home,
        entities: Mapping[str, Target],
        kinds: Mapping[str, Target],
        states: States,
        policy: Policy,
    ) -> None:
        self._home = home
        self._states = states
        self._policy = policy
        self.entities = entities
        self.kinds = kinds
        self._fitting: dict[str, Mapping[str, Target]] = {}

    @property
    def verbs(self) -> list[Verb]:
        """Return the verbs for which this home has anything, in the order of the table."""
        return [verb for verb in ALL if self.fitting(verb)]

    def state(self, entity_id: str) -> State | None:
        """Return how an entity is now."""
        return self._states(entity_id)

    def fitting(self, verb: Verb) -> Mapping[str, Target]:
        """Return what the verb can be said of, by label, sorted."""
        if verb.name not in self._fitting:
            self._fitting[verb.name] = dict(sorted(self._fit(verb)))
        return self._fitting[verb.name]

    def _fit(self, verb: Verb) -> Iterator[tuple[str, Target]]:
        can: dict[str, bool] = {}
        for name, target in (*self.kinds.items(), *self.entities.items()):  # an entity's own name wins
            if target.domains.isdisjoint(verb.actions):
                continue
            fitting = []
            for one in target.entities:
                if (fits := can.get(one.id)) is None:
                    fits = can[one.id] = one.domain in verb.actions and self._can(verb, one)
                if fits:
                    fitting.append(one)
            if fitting:
                yield name, Target(entities=tuple(fitting), kind=target.kind, domains=target.domains)

    def _can(self, verb: Verb, entity: Entity) -> bool:
        """Return whether it can do it, can be reached, and may be asked to by voice, whatever the value."""
        if not verb.fits(entity, self._states):
            return False
        state = self._states(entity.id)
        if state is not None and state.state == "unavailable":
            return False
        values = verb.value.of(state) if verb.value is not None else ()
        if verb.value is not None and not values:
            return False
        if entity.domain in HARMLESS:
            return True
        deed = verb.deed(entity.domain, (entity.id,), values[-1] if values else None)
        return judge([deed], self._home, self._states, self._policy).kind is not Kind.REFUSE


def entities_in(home: Home) -> dict[str, Target]:
    """Return the entities by label: their name, with the area where several share it; none where that says no more."""
    named = [(clean(one.names[0]) if one.names else "", one) for one in home.entities.values()]
    often = Counter(name.casefold() for name, _ in named)
    labels: dict[str, list[Entity]] = {}
    for name, one in named:
        area = home.areas.get(one.area) if one.area is not None else None
        is_shared = often[name.casefold()] > 1 and area is not None
        full = clean(f"{name} in {area.names[0]}", 2 * LONGEST) if is_shared and area is not None else name
        labels.setdefault(full, []).append(one)
    found: dict[str, Entity] = {}
    for name, ones in labels.items():
        if name:
            found |= _told_apart(name, ones, labels.keys())
    return {name: Target(entities=(one,), domains=frozenset({one.domain})) for name, one in found.items()}


def _told_apart(name: str, ones: Sequence[Entity], taken: Collection[str]) -> dict[str, Entity]:
    """Return what things of one name are called: what can do anything by it, what only tells by what it tells, too.

    "Kettle" and "Kettle power". None where that says no more, either.
    """
    acting = [one for one in ones if one.domain in DOMAINS]
    own = acting or ones
    found = {name: own[0]} if len(own) == 1 else {}
    by_class: dict[str, list[Entity]] = {}
    for one in ones if not found else (one for one in ones if one not in own):
        told = clean((one.device_class or one.domain).replace("_", " "))
        by_class.setdefault(f"{name} {told}", []).append(one)
    return found | {full: same[0] for full, same in by_class.items() if len(same) == 1 and full not in taken}


def kinds_in(home: Home, words: Words) -> dict[str, Target]:
    """Return "all lights in Kitchen", "all blinds on Upstairs", "all fans": it changes only with the home."""
    places: dict[tuple[str, str], list[Entity]] = {}
    for one in home.entities.values():
        suffixes = _suffixes(home, one)
        for kind in words.kinds:
            if kind.is_named_for(one.domain, one.device_class):
                for suffix in suffixes:
                    places.setdefault((kind.plural, suffix), []).append(one)
    return {
        f"all {plural}{suffix}": Target(
            entities=tuple(ones), kind=plural, domains=frozenset(one.domain for one in ones)
        )
        for (plural, suffix), ones in sorted(places.items())
    }


def _suffixes(home: Home, one: Entity) -> list[str]:
    suffixes = [""]
    if one.area is not None and (area := home.areas.get(one.area)) is not None:
        suffixes.append(f" in {clean(area.names[0])}")
        if area.floor is not None and (floor := home.floors.get(area.floor)) is not None:
            suffixes.append(f" on {clean(floor.names[0])}")
    return suffixes
