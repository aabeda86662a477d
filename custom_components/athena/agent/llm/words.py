"""What the model tier has in words: how kinds are called, which wishes mean which kinds, what claims a deed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of thing, as `things.yaml` has it."""

    plural: str
    say: tuple[str, ...]
    domains: frozenset[str]
    classes: frozenset[str] = frozenset()
    """Device classes; "" is none. Empty: any."""
    is_narrow: bool = False
    """Whether the thing's own name has to say it."""

    def has(self, domain: str, device_class: str | None) -> bool:
        """Return whether a thing may be of this kind."""
        return domain in self.domains and (not self.classes or (device_class or "") in self.classes)

    def is_named_for(self, domain: str, device_class: str | None) -> bool:
        """Return whether a thing is of this kind whatever its own name says."""
        has_said = bool(self.classes and device_class) or not self.is_narrow
        return has_said and self.has(domain, device_class)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Of one language."""

    kinds: tuple[Kind, ...] = ()
    wishes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What people say when they mean a kind without naming it; the kinds are domains, or "domain.device_class"."""
    alike: tuple[tuple[str, ...], ...] = ()
    """Groups of words that stand for each other."""
    idle: frozenset[str] = frozenset()
    """Words that tell nothing about which entity is meant."""
    claims: tuple[re.Pattern[str], ...] = ()
    """What says that something has been done, or is being done."""
    states: tuple[re.Pattern[str], ...] = ()
    """The same, where it is not the answer to a question."""
    questions: frozenset[str] = frozenset()
    """The first words of a question."""


def words_of(things: Mapping[str, Any], wishes: Mapping[str, Any], claims: Mapping[str, Any]) -> Words:
    """Read a language: `things.yaml` and `wishes.yaml` of its words, `claims.yaml` of its persona."""
    return Words(
        kinds=tuple(_kind(said) for said in things["kinds"].values()),
        wishes=_by_phrase(wishes["wishes"]),
        alike=tuple(tuple(map(str, group)) for group in wishes["alike"]),
        idle=frozenset(map(str, wishes["idle"])),
        claims=tuple(re.compile(str(one), re.IGNORECASE) for one in claims["claims"]),
        states=tuple(re.compile(str(one), re.IGNORECASE) for one in claims["states"]),
        questions=frozenset(map(str, claims["questions"])),
    )


def _by_phrase(concepts: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for concept in concepts:
        for said in concept["said"]:
            found.setdefault(str(said), {}).update(dict.fromkeys(map(str, concept["kinds"])))
    return {said: tuple(kinds) for said, kinds in found.items()}


def _kind(said: Mapping[str, Any]) -> Kind:
    return Kind(
        plural=str(said["plural"]),
        say=tuple(map(str, said["say"])),
        domains=frozenset(map(str, said["domains"])),
        classes=frozenset(map(str, said.get("classes", ()))),
        is_narrow=bool(said.get("narrow")),
    )
