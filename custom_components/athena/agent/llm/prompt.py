"""What the model is told: first what never changes while the home does not, last what is new at every turn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ..home import Area, Entity, Home, Situation
from .names import Names, clean
from .turn import Asked, Exchange, Surroundings
from .verbs import ALL, Choice, Range, Verb
from .words import Words

FULL: Final = 100
"""Entities up to which the map names each; beyond, it counts them by area."""

MOST_OF_MAP: Final = 620
"""Tokens, as reckoned here: a larger home is told with fewer kinds an area, in the end by its areas alone."""

KINDS_SHOWN: Final = (6, 4, 2, 0)
ELSEWHERE: Final = "Elsewhere"
SPECIAL: Final = "By name"

MOST_SAID: Final = 400
"""Characters of an utterance that the model is given; a command is shorter."""

MOST_SHOWN: Final = 115
"""Tokens, as reckoned here, of the entities that are shown with an utterance."""

MOST_STATES: Final = 8

type Message = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The words of the prompt in one language."""

    prompt: str
    format: str
    """How to answer: in our own lines, or by tools."""
    says: str = "say: "
    """Before what the model has said earlier: as it has been told to answer."""
    extra: str = ""
    """What the user wants the model to know besides."""


def prefix_of(
    template: Template,
    home: Home,
    words: Words,
    labels: Mapping[str, str],
    landmarks: Sequence[Entity],
    scenes: Sequence[str],
) -> str:
    """Return the system's message: byte for byte the same until the home's names change.

    `labels`: by entity id. `landmarks`: what is named in a home that is too large to name all.
    """
    thing, area = _example(home, labels)
    return template.prompt.format(
        format=template.format.strip().format(thing=thing, area=area),
        extra=f"{clean(template.extra, 1000)}\n" if template.extra else "",
        verbs=_verbs(home, scenes),
        home=map_of(home, words, labels, landmarks),
    ).strip()


def _example(home: Home, labels: Mapping[str, str]) -> tuple[str, str]:
    """Return a thing and an area for the example: of this home, so that it says nothing that the home lacks."""
    lights = [one for one in home.entities.values() if one.domain == "light" and one.area in home.areas]
    named = [one for one in lights if one.id in labels]
    if not named:
        return "Lamp", "Hall"
    thing = min(named, key=lambda one: (len(labels[one.id]), one.id))
    areas = sorted({clean(home.areas[one.area].names[0]) for one in lights if one.area and one.area != thing.area})
    return labels[thing.id], areas[0] if areas else clean(home.areas[thing.area or ""].names[0])


def _verbs(home: Home, scenes: Sequence[str]) -> str:
    domains = {one.domain for one in home.entities.values()}
    verbs = ", ".join(_verb(verb) for verb in ALL if not domains.isdisjoint(verb.actions))
    named = f"\nScenes: {', '.join(sorted(map(clean, scenes)))}" if scenes else ""
    return f"Verbs: {verbs}{named}"


def _verb(verb: Verb) -> str:
    match verb.value:
        case Range(low=low, high=high):
            return f"{verb.name} {low}-{high}"
        case Choice(words=words, attribute=attribute):
            return f"{verb.name} {'/'.join(words) or ('MODE' if attribute == 'hvac_modes' else 'OPTION')}"
        case None:
            return verb.name


# ---- the map


def map_of(home: Home, words: Words, labels: Mapping[str, str], landmarks: Sequence[Entity] = ()) -> str:
    """Return the home by floor and area: every name, or in a large home what there is of each kind."""
    by_area: dict[str | None, list[Entity]] = {}
    for one in home.entities.values():
        by_area.setdefault(one.area if one.area in home.areas else None, []).append(one)
    if len(home.entities) <= FULL:
        return _map(home, by_area, {area: _named(ones, labels, words) for area, ones in by_area.items()})
    for most in KINDS_SHOWN:
        written = _map(home, by_area, {area: _counted(ones, words, most) for area, ones in by_area.items()})
        if tokens_in(written) <= MOST_OF_MAP:
            break
    else:
        written = _cut(written)
    named = ", ".join(labels[one.id] for one in landmarks if one.id in labels)
    return f"{written}\n{SPECIAL}: {named}" if named else written


def _cut(written: str) -> str:
    """Return as many of the areas of a palace as the tokens allow."""
    kept, left = list[str](), MOST_OF_MAP
    for area in written.split(", "):
        if (left := left - tokens_in(area) - 1) < 0:
            break
        kept.append(area)
    return f"{', '.join(kept)}, …"


def _map(home: Home, by_area: Mapping[str | None, list[Entity]], told: Mapping[str | None, str]) -> str:
    lines = ["Home:"]
    for floor, areas in _floors(home, by_area):
        named = [(clean(area.names[0]), area.id) if area is not None else (ELSEWHERE, None) for area in areas]
        if any(told.values()):
            lines += [f"{floor}:"] if floor else []
            lines += [f"{name}: {told[area]}" for name, area in named]
        else:
            lines.append(f"{floor or ELSEWHERE}: {', '.join(name for name, _ in named)}")
    return "\n".join(lines)


def _floors(home: Home, by_area: Mapping[str | None, list[Entity]]) -> Iterable[tuple[str, list[Area | None]]]:
    """Yield the floors from the lowest, with their areas by name; last what is on none."""
    floors = sorted(home.floors.values(), key=lambda floor: (floor.level is None, floor.level or 0, floor.names[0]))
    areas = sorted((area for area in home.areas.values() if area.id in by_area), key=lambda area: area.names[0])
    for floor in floors:
        if on := [area for area in areas if area.floor == floor.id]:
            yield clean(floor.names[0]), list(on)
    rest: list[Area | None] = [area for area in areas if area.floor not in home.floors]
    if None in by_area:
        rest.append(None)
    if rest:
        yield "", rest


def _named(entities: Iterable[Entity], labels: Mapping[str, str], words: Words) -> str:
    by_kind: dict[str, list[str]] = {}
    for one in entities:
        if one.id in labels:
            by_kind.setdefault(kind_of(one, words), []).append(labels[one.id])
    return "; ".join(f"{kind}: {', '.join(sorted(names))}" for kind, names in sorted(by_kind.items()))


def _counted(entities: Iterable[Entity], words: Words, most: int) -> str:
    """Return "3 lights, 2 blinds": what can be told to do something before what only tells."""
    counts: dict[tuple[bool, str], int] = {}
    for one in entities:
        key = (one.domain in ("sensor", "binary_sensor"), kind_of(one, words))
        counts[key] = counts.get(key, 0) + 1
    shown = sorted(counts.items(), key=lambda item: (item[0][0], -item[1], item[0][1]))[:most]
    return ", ".join(kind if count == 1 else f"{count} {kind}" for (_, kind), count in shown)


def kind_of(one: Entity, words: Words) -> str:
    """Return how its kind is called in the map: the narrowest that is sure, else its own class or domain."""
    sure = [kind for kind in words.kinds if kind.is_named_for(one.domain, one.device_class)]
    exact = [kind for kind in sure if one.device_class in kind.classes]
    if exact or sure:
        return (exact or sure)[0].plural
    return clean((one.device_class or one.domain).replace("_", " "))


# ---- the turn


def messages_of(
    template: Template, prefix: str, asked: Asked, names: Names | None, found: Sequence[Entity]
) -> list[Message]:
    """Return all the model is told; without names, all of it that is known before the person has spoken."""
    around = asked.around
    messages: list[Message] = [{"role": "system", "content": prefix}]
    for exchange in around.history:
        messages += _exchange(exchange, template.says)
    opening = opening_of(around)
    if names is None:
        content = opening
    else:
        shown = shown_of(names, found, around)
        said = clean(asked.text, MOST_SAID)
        content = f'{opening}\n{shown}\n"{said}"' if shown else f'{opening}\n"{said}"'
    return [*messages, {"role": "user", "content": content}]


def _exchange(exchange: Exchange, says: str) -> list[Message]:
    return [
        {"role": "user", "content": f'"{clean(exchange.said, MOST_SAID)}"'},
        {"role": "assistant", "content": f"{says}{clean(exchange.answered, MOST_SAID)}"},
    ]


def opening_of(around: Surroundings) -> str:
    """Return when and where it is said: known while the person still speaks."""
    area = around.home.areas.get(around.situation.area) if around.situation.area is not None else None
    where = f" Speaker in {clean(area.names[0])}." if area is not None else ""
    return f"{around.now:%A %H:%M}.{where}"


def shown_of(names: Names, found: Sequence[Entity], around: Surroundings) -> str:
    """Return the likeliest entities, as many as the tokens allow, the first of them with their states."""
    labels = {target.entities[0].id: name for name, target in names.entities.items()}
    shown: list[str] = []
    left = MOST_SHOWN
    for one in found:
        if (name := labels.get(one.id)) is None:
            continue
        state = _state(one, around.situation) if len(shown) < MOST_STATES else ""
        text = f"{name} {state}" if state else name
        if (left := left - tokens_in(text) - 1) < 0:
            break
        shown.append(text)
    return ", ".join(shown)


def _state(one: Entity, situation: Situation) -> str:
    state = situation.states(one.id)
    if state is None or state.state in ("unknown", "unavailable"):
        return ""
    unit = clean(one.unit or "", 10)
    return f"({clean(state.state, 20)}{unit})"


def tokens_in(text: str) -> int:
    """Return about how many tokens a text is: a little more than a tokenizer of 150,000 tokens or more counts."""
    return sum(1 + len(word) // 8 + sum(not char.isalnum() for char in word) for word in text.split())
