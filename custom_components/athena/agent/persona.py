"""What the agent says, in the words of one language: `persona/<language>/answers.yaml`."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from homeassistant.util.yaml import load_yaml_dict

FOLDER: Final = Path(__file__).parent.parent / "persona"


class Persona:
    """The lines of one language."""

    def __init__(self, lines: Mapping[str, str]) -> None:
        self._lines = lines

    def with_lines(self, lines: Mapping[str, str]) -> Persona:
        """Return one that has these lines as well."""
        return Persona({**self._lines, **lines})

    def say(self, key: str, /, **values: object) -> str:
        """Return a line with its fields filled in, its first letter a capital; raise KeyError for an unknown line."""
        line = self.part(key, **values)
        return f"{line[:1].upper()}{line[1:]}"

    def has(self, key: str) -> bool:
        """Return whether there is such a line."""
        return key in self._lines

    def part(self, key: str, /, **values: object) -> str:
        """Return what stands within a line, with its fields filled in; raise KeyError where there is none."""
        return self._lines[key].format(**values)

    def listed(self, names: Sequence[str]) -> str:
        """Return names as one says them: "Kitchen, Office and Bedroom"; there is at least one."""
        return self._row(names, "and")

    def either(self, names: Sequence[str]) -> str:
        """Return names of which one is asked for: "Kitchen, Office or Bedroom"; there is at least one."""
        return self._row(names, "or")

    def _row(self, names: Sequence[str], join: str) -> str:
        *first, last = names
        if not first:
            return last
        all_but_last = first[0]
        for name in first[1:]:
            all_but_last = self.part("comma", first=all_but_last, more=name)
        return self.part(join, first=all_but_last, last=last)


@cache
def load_persona(language: str) -> Persona:
    """Read a language's lines (blocking, once); raise FileNotFoundError where there are none."""
    return Persona({key: str(line) for key, line in load_yaml_dict(str(FOLDER / language / "answers.yaml")).items()})
