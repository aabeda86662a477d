"""What the agent says, in the words of one language: `persona/<language>/answers.yaml`."""

from functools import cache
from pathlib import Path
from typing import Final

from homeassistant.util.yaml import load_yaml_dict

FOLDER: Final = Path(__file__).parent.parent / "persona"


class Persona:
    """The lines of one language."""

    def __init__(self, lines: dict[str, str]) -> None:
        self._lines = lines

    def say(self, key: str, **values: object) -> str:
        """Return a line with its fields filled in, its first letter a capital; raise KeyError for an unknown line."""
        line = self._lines[key].format(**values)
        return f"{line[:1].upper()}{line[1:]}"


@cache
def load_persona(language: str) -> Persona:
    """Read a language's lines (blocking, once); raise FileNotFoundError where there are none."""
    return Persona({key: str(line) for key, line in load_yaml_dict(str(FOLDER / language / "answers.yaml")).items()})
