"""The grammar of this home: what llama.cpp lets the model write, in GBNF. What the home lacks cannot be written."""

from collections.abc import Iterable, Sequence
from typing import Final

from .names import Names
from .verbs import Range, Verb

MOST_DEEDS: Final = 10
MOST_OPTIONS: Final = 4

SPEECH: Final = r'"say: " [^\n\r<>|{}\x00-\x1f]+'


def grammar_of(names: Names, scenes: Sequence[str]) -> str:
    """Return the grammar: deeds, or a question between some names, or a scene, or speech, or that it cannot be done.

    It is the same for the same home, whatever the order; its size grows with what was chosen and with the areas.
    """
    rules: dict[str, str] = {}
    lists: dict[str, str] = {}
    deeds, options = [], []
    for verb in names.verbs:
        targets = _rule_for(trie(names.fitting(verb)), lists, rules)
        deeds.append(f"{_quoted(verb.name)} {_value(verb, names)}{_quoted(' | ')} {targets}")
        named = [name for name in names.fitting(verb) if name in names.entities]
        if verb.value is None and len(named) > 1:
            some = _rule_for(trie(named), lists, rules)
            more = f'("; " {some}){{1,{MOST_OPTIONS - 1}}}'
            options.append(f"{_quoted(f'{verb.name} | ')} {some} {more}")
    roots = ["say", "no"]
    rules["say"] = SPEECH
    rules["no"] = '"no: " ("cannot" | "unclear")'
    if deeds:
        rules["deed"] = '"do: " (' + " | ".join(deeds) + ")"
        roots.insert(0, f'deed ("\\n" deed){{0,{MOST_DEEDS - 1}}}')
    if options:
        rules["ask"] = '"ask: " (' + " | ".join(options) + ")"
        roots.append("ask")
    if scenes:
        rules["scene"] = f'"scene: " {trie(scenes)}'
        roots.append("scene")
    body = "\n".join(f"{name} ::= {rule}" for name, rule in rules.items())
    return f'root ::= ({" | ".join(roots)}) "\\n"?\n{body}\n'


def _rule_for(written: str, lists: dict[str, str], rules: dict[str, str]) -> str:
    """Return the name of the rule that is written so; the same list of names is written once."""
    if written not in lists:
        lists[written] = f"names-{len(lists)}"
        rules[lists[written]] = written
    return lists[written]


def _value(verb: Verb, names: Names) -> str:
    if verb.value is None:
        return ""
    return f'" " {trie(values_of(verb, names))} '


def values_of(verb: Verb, names: Names) -> list[str]:
    """Return every value that fits something the verb can be said of."""
    assert verb.value is not None
    found: set[int | str] = set()
    ones = {one.id for target in names.fitting(verb).values() for one in target.entities}
    for one in sorted(ones):
        found.update(verb.value.of(names.state(one)))
        if isinstance(verb.value, Range) and verb.value.attributes is None:
            break  # the same for all
    return [str(one) for one in sorted(found, key=str)]


def trie(words: Iterable[str]) -> str:
    """Return the alternatives with what they begin with in common written once: so few stay open at a time."""
    return _branch(sorted(set(words)))


def _branch(words: Sequence[str]) -> str:
    """Write sorted, different words as one expression."""
    if len(words) == 1:
        return _quoted(words[0])
    shared = _shared(words[0], words[-1])
    if shared:
        rest = [word[len(shared) :] for word in words]
        ends = rest[0] == ""
        return f"{_quoted(shared)} {_branch_group(rest[ends:])}{'?' if ends else ''}"
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[0], []).append(word)
    return "(" + " | ".join(_branch(group) for group in groups.values()) + ")"


def _branch_group(words: Sequence[str]) -> str:
    written = _branch(words)
    return written if written.startswith("(") and written.endswith(")") and len(words) > 1 else f"({written})"


def _shared(first: str, last: str) -> str:
    """Return what two words begin with; of sorted ones the first and the last share it with all between."""
    length = 0
    for one, other in zip(first, last, strict=False):
        if one != other:
            break
        length += 1
    return first[:length]


def _quoted(text: str) -> str:
    """Return a literal; control characters never get here, but would do no harm."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\U{ord(char):08X}" for char in escaped) + '"'
