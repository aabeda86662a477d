"""What a rule is."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from .repository import Repository


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A place that breaks a rule."""

    path: str
    line: int = 1
    says: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.says}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """Files that, put into the repository, break the rule; it must be found in the first one."""

    files: Mapping[str, str]

    @property
    def path(self) -> str:
        """Where the violation must be found."""
        return next(iter(self.files))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """One line that the repository holds."""

    name: str
    check: Callable[[Repository], Iterator[Violation]]
    plants: tuple[Plant, ...]


def plant(path: str, text: str, **others: str) -> Plant:
    """Return a plant of one file, and of others where it takes more."""
    return Plant(files={path: text, **others})
