"""A reader of GBNF, as far as our grammars use it: whether a text is of a grammar, and texts drawn from one."""

import random
import re
from dataclasses import dataclass
from typing import Any, Final

TOKEN: Final = re.compile(
    r'\s*(?:(?P<literal>"(?:[^"\\]|\\.)*")|(?P<chars>\[(?:[^\]\\]|\\.)*\])|(?P<name>[a-z][a-z0-9-]*)'
    r"|(?P<times>\{\d+,\d+\}|[?+*])|(?P<mark>[()|]))"
)


@dataclass(frozen=True, slots=True)
class Grammar:
    """The rules, each as a nested tuple: literal, chars, name, times, either, all."""

    rules: dict[str, Any]

    def has(self, text: str) -> bool:
        """Return whether a text is of the grammar."""
        return len(text) in self._ends(self.rules["root"], text, 0)

    def _ends(self, node: Any, text: str, at: int) -> set[int]:
        kind, *rest = node
        match kind:
            case "literal":
                return {at + len(rest[0])} if text.startswith(rest[0], at) else set()
            case "chars":
                return {at + 1} if at < len(text) and re.fullmatch(rest[0], text[at]) else set()
            case "name":
                return self._ends(self.rules[rest[0]], text, at)
            case "either":
                return {end for one in rest[0] for end in self._ends(one, text, at)}
            case "all":
                ends = {at}
                for one in rest[0]:
                    ends = {after for end in ends for after in self._ends(one, text, end)}
                return ends
        inner, least, most = rest
        ends, reached = {at}, {at} if least == 0 else set()
        for count in range(1, most + 1):
            ends = {after for end in ends for after in self._ends(inner, text, end)} - reached
            if count >= least:
                reached |= ends
            if not ends:
                break
        return reached

    def draw(self, dice: random.Random, node: Any = None) -> str:
        """Return a text of the grammar."""
        kind, *rest = node or self.rules["root"]
        match kind:
            case "literal":
                return str(rest[0])
            case "chars":
                return dice.choice("abc XYZ09'é.")
            case "name":
                return self.draw(dice, self.rules[rest[0]])
            case "either":
                return self.draw(dice, dice.choice(rest[0]))
            case "all":
                return "".join(self.draw(dice, one) for one in rest[0])
        inner, least, most = rest
        return "".join(self.draw(dice, inner) for _ in range(dice.randint(least, min(most, least + 5))))


def read(text: str) -> Grammar:
    """Return a grammar; raise ValueError where it is none, and KeyError for a rule that is missing."""
    rules = {}
    for line in text.splitlines():
        name, _, body = line.partition(" ::= ")
        tokens, at = [], 0
        while at < len(body.rstrip()):
            if (found := TOKEN.match(body, at)) is None:
                raise ValueError(body[at : at + 40])
            tokens.append((found.lastgroup, found.group(found.lastgroup or "")))
            at = found.end()
        rules[name], rest = _either(tokens)
        if rest:
            raise ValueError(line)
    used = {token for line in text.splitlines() for token in re.findall(r"names-\d+", line)}
    missing = used - rules.keys()
    if missing:
        raise KeyError(missing)
    return Grammar(rules)


def _either(tokens: list[Any]) -> tuple[Any, list[Any]]:
    ways: list[list[Any]] = [[]]
    while tokens:
        kind, said = tokens[0]
        if said == ")" and kind == "mark":
            break
        tokens = tokens[1:]
        match kind, said:
            case "mark", "|":
                ways.append([])
            case "mark", "(":
                inner, tokens = _either(tokens)
                tokens = tokens[1:]
                ways[-1].append(inner)
            case "literal", _:
                ways[-1].append(("literal", _unescaped(said[1:-1])))
            case "times", _:
                ways[-1].append(("times", ways[-1].pop(), *_bounds(said)))
            case _:
                ways[-1].append((kind, said))
    return ("either", [("all", way) for way in ways]), tokens


def _bounds(said: str) -> tuple[int, int]:
    if said.startswith("{"):
        least, most = said[1:-1].split(",")
        return int(least), int(most)
    return {"?": (0, 1), "*": (0, 400), "+": (1, 400)}[said]


def _unescaped(said: str) -> str:
    return re.sub(r"\\(U[0-9A-F]{8}|.)", lambda found: _char(found.group(1)), said)


def _char(escaped: str) -> str:
    return {"n": "\n", "r": "\r"}.get(escaped) or (chr(int(escaped[1:], 16)) if len(escaped) > 1 else escaped)
