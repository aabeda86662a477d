"""The answer to a question which of several is meant: "the left one", "kitchen", "both", "the second"."""

from ....deed import Deed
from ...reading import Answer, Option, Plan, Which
from ..language.vocabulary import Lexicon
from ..language.words import Said, Words


def choose(lexicon: Lexicon, which: Which, text: str) -> Plan | Answer | None:
    """Return what was chosen; None where the utterance names none of the options.

    Or several that cannot be told apart.
    """
    said = lexicon.speech.read(text)
    not_it = lexicon.phrases(lexicon.files["asides"]["not_it"]).at(said.words, 0) if len(said) else None
    if not_it is not None:  # "not that one, the lamp": which one is refused, nobody knows
        words = _content(lexicon, said.part(not_it[0], len(said)))
        return _chosen(lexicon, which, words) if words else None
    words = _content(lexicon, said)
    return (_without_refused(lexicon, which, words) or _chosen(lexicon, which, words)) if words else None


def _chosen(lexicon: Lexicon, which: Which, words: Words) -> Plan | Answer | None:
    if (all_ := lexicon.all_of_them.whole(words)) is not None:
        return _together(which.options) if all_ != 2 or len(which.options) == 2 else None
    if (place := lexicon.ordinals.whole(words)) is not None:
        count = len(which.options)
        place = place - 1 if place > 0 else count + place
        return which.options[place].reading if 0 <= place < count else None
    options = _named(lexicon, which, words)
    if len(options) == 1:
        return options[0].reading
    parts = _parts(lexicon, words)
    chosen = [_named(lexicon, which, part) for part in parts]
    if len(parts) < 2 or any(len(each) != 1 for each in chosen):
        return None
    return _together(tuple(each[0] for each in chosen))


def _without_refused(lexicon: Lexicon, which: Which, words: Words) -> Plan | Answer | None:
    """Return what is left when one was refused: "not Sarah's, the other one", "not that one, the lamp"."""
    nots, others = (lexicon.phrases(lexicon.files["asides"][key]) for key in ("not", "other"))
    found = nots.at(words, 0)
    if found is None:
        return None
    rest = words[found[0] :]
    for length in range(len(rest), -1, -1):
        refused = _named(lexicon, which, rest[:length])
        after = tuple(
            word for word in rest[length:] if others.whole((word,)) is None and lexicon.them.whole((word,)) is None
        )
        options = [option for option in which.options if option not in refused]
        if after:
            options = [option for option in _named(lexicon, which, after) if option in options]
        if len(options) == 1 and (refused or after):
            return options[0].reading
    return None


def _content(lexicon: Lexicon, said: Said) -> Words:
    """Return the words that choose."""
    words: list[str] = []
    place = 0
    while place < len(said):
        found = next(
            (
                each
                for phrases in (lexicon.all_of_them, lexicon.ordinals)
                if (each := phrases.at(said.words, place)) is not None
            ),
            None,
        )
        skipped = lexicon.fillers.at(said.words, place)
        if found is not None:
            words += said.words[place : place + found[0]]
            place += found[0]
        elif skipped is not None:
            place += skipped[0]
        else:
            word = said.words[place]
            if (
                word not in lexicon.articles
                and word not in lexicon.prepositions
                and lexicon.substitute.whole((word,)) is None
            ):
                words.append(word)
            place += 1
    return tuple(words)


def _named(lexicon: Lexicon, which: Which, words: Words) -> list[Option]:
    """Return the options that all the words name.

    Those called exactly so before those of whose name they are a part.
    """
    if not words:
        return []
    exact: list[Option] = []
    part: list[Option] = []
    for option in which.options:
        names = [frozenset(lexicon.words(name)) - lexicon.articles for name in option.names]
        if frozenset(words) in names:
            exact.append(option)
        if frozenset(words) <= frozenset().union(*names):
            part.append(option)
    return exact or part


def _parts(lexicon: Lexicon, words: Words) -> list[Words]:
    parts: list[Words] = []
    start = 0
    for place, word in enumerate(words):
        if lexicon.joins.whole((word,)):
            parts.append(words[start:place])
            start = place + 1
    parts.append(words[start:])
    return [part for part in parts if part]


def _together(options: tuple[Option, ...]) -> Plan | None:
    """Return the plan of several options at once; None where they are answers, or a handler's, for one at a time."""
    steps: list[Deed] = []
    for option in options:
        if not isinstance(option.reading, Plan) or option.reading.deeds != option.reading.steps:
            return None
        for deed in option.reading.deeds:
            same = next((place for place, each in enumerate(steps) if _is_same(each, deed)), None)
            if same is None:
                steps.append(deed)
            else:
                more = tuple(each for each in deed.entities if each not in steps[same].entities)
                before = steps[same]
                entities = (*before.entities, *more)
                steps[same] = Deed(
                    domain=before.domain, action=before.action, entities=entities, data=before.data, kind=before.kind
                )
    return Plan(steps=tuple(steps))


def _is_same(one: Deed, other: Deed) -> bool:
    return (one.domain, one.action, one.data) == (other.domain, other.action, other.data)
