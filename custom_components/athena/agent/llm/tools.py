"""The same deeds as tools, for a server that takes no grammar: its calls become lines of ours, and are read so."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from .names import Names

MOST_NAMES: Final = 150
"""Listed in a tool: what is beyond is still read, if it is written exactly."""
MOST_CALLS: Final = 200
MOST_ARGUMENTS: Final = 4000
"""Characters of one call."""


def tools_of(names: Names, scenes: Sequence[str]) -> list[dict[str, Any]]:
    """Return the tools, with this home's names: the same for the same home, whatever the order."""
    verbs = [verb.name for verb in names.verbs]
    labels = sorted({name for verb in names.verbs for name in names.fitting(verb)})
    name: dict[str, Any] = {"type": "string", "enum": labels} if len(labels) <= MOST_NAMES else {"type": "string"}
    tools = [
        _tool(
            "no",
            "It cannot be done, or is unclear",
            {"why": {"type": "string", "enum": ["cannot", "unclear"]}},
            ["why"],
        )
    ]
    if verbs:
        verb = {"type": "string", "enum": verbs}
        value = {"type": "string", "description": "Only for a verb with a value"}
        several = {"type": "array", "items": name, "minItems": 2, "maxItems": 4}
        tools += [
            _tool("do", "Do one thing", {"verb": verb, "name": name, "value": value}, ["verb", "name"]),
            _tool("ask", "Ask which of several is meant", {"verb": verb, "names": several}, ["verb", "names"]),
        ]
    if scenes:
        tools.append(_tool("scene", "Run a scene", {"scene": {"type": "string", "enum": sorted(scenes)}}, ["scene"]))
    return tools


def _tool(name: str, description: str, properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    parameters = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    return {"type": "function", "function": {"name": name, "description": description, "parameters": parameters}}


class Calls:
    """Puts tool calls together from their pieces."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}
        self._arguments: dict[int, str] = {}

    @property
    def is_full(self) -> bool:
        """Return whether there are more than anybody means."""
        return len(self._names) > MOST_CALLS or any(len(said) > MOST_ARGUMENTS for said in self._arguments.values())

    def feed(self, pieces: Sequence[Mapping[str, Any]]) -> None:
        """Take in the pieces of one event."""
        for piece in pieces:
            index, function = piece.get("index", 0), piece.get("function")
            if not isinstance(index, int) or not isinstance(function, dict):
                continue
            self._names[index] = self._names.get(index, "") + _text(function.get("name"))
            self._arguments[index] = self._arguments.get(index, "") + _text(function.get("arguments"))

    def lines(self) -> list[str | None]:
        """Return each call as a line of ours; None for one whose arguments are no JSON object."""
        return [_line(name, self._arguments[index]) for index, name in sorted(self._names.items())]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _line(name: str, arguments: str) -> str | None:
    try:
        said = json.loads(arguments or "{}")
    except ValueError:
        said = None
    if not isinstance(said, dict):
        return None
    told = {key: _plain(said.get(key)) for key in ("verb", "value", "name", "names", "scene", "why")}
    match name:
        case "do":
            return f"do: {f'{told["verb"]} {told["value"]}'.strip()} | {told['name']}"
        case "ask":
            return f"ask: {told['verb']} | {told['names']}"
        case "scene" | "no":
            return f"{name}: {told['scene' if name == 'scene' else 'why']}"
    return "do: there is no such tool"


def _plain(value: object) -> str:
    """Return a value as one line of text."""
    if isinstance(value, list):
        return "; ".join(_plain(one) for one in value)
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""
