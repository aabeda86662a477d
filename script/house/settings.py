"""Which house to start, and where."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from . import home
from .client import Client
from .home_assistant import Release
from .ports import Ports

ROOT: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Which house to start, and where."""

    release: Release
    environment: Path
    """The Python environment with that release."""

    folder: Path
    """Where everything is kept that the house writes."""

    ports: Ports
    components: tuple[Path, ...] = (ROOT / "custom_components" / "athena",)
    """The folders of the custom integrations that it has."""

    packages: tuple[Path, ...] = ()
    """Files of configuration that the home has besides its own."""

    furnish: Callable[[Client], Awaitable[None]] = home.furnish
    """Makes a new home of what Home Assistant shows, before Athena comes."""

    launcher: Path | None = None
    """A script that starts Home Assistant, where that is not done as always."""

    variables: Mapping[str, str] = field(default_factory=dict)
    """Of Home Assistant's environment, besides the house's own."""

    fresh: bool = False
    """Whether to forget what an earlier house of this folder has kept."""
