"""What a home is made of, before there is a Home Assistant."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorSpec:
    """A floor."""

    name: str
    aliases: tuple[str, ...] = ()
    level: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaSpec:
    """An area."""

    name: str
    aliases: tuple[str, ...] = ()
    floor: str | None = None
    """The key of its floor."""
    is_room: bool = False
    """Whether Athena keeps it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """An entity."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    area: str | None = None
    """The key of its area."""
    device: str | None = None
    """What has the same one belongs together; None: a device of its own is not told of."""
    state: str = "unknown"
    attributes: Mapping[str, Any] = field(default_factory=dict)
    """Beside those that every entity of its domain has here; `supported_features` replaces all that it could do."""
    when: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The attributes that come with a state."""
    exposed: bool = True
    bare: bool = False
    """Whether it has only the attributes that are named here."""

    @property
    def domain(self) -> str:
        """The part before the dot."""
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerSpec:
    """A timer that runs, or is paused, when the sentence is said."""

    name: str | None = None
    area: str | None = None
    """The key of the area whose satellite it was told to."""
    hours: int | None = None
    minutes: int | None = None
    seconds: int | None = None
    left: int | None = None
    """Seconds; None: all of it."""
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeSpec:
    """A home; floors and areas by key."""

    name: str
    floors: Mapping[str, FloorSpec] = field(default_factory=dict)
    areas: Mapping[str, AreaSpec] = field(default_factory=dict)
    things: tuple[Thing, ...] = ()
    fahrenheit: bool = False
