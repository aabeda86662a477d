"""What a capability is: one of the small things that make a house a companion, whole in one file of `capabilities/`."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import probatio as vol
from homeassistant.const import Platform
from homeassistant.core import callback
from homeassistant.helpers.entity import Entity

from ..agent.persona import Persona, load_persona
from ..brain.commands import Command
from ..brain.events import Event
from ..const import LANGUAGE
from ..rooms import RoomConfig
from .desk import Desk
from .greeted import Waking
from .wish import Wish

type Template = str | Mapping[str, Any]
"""A hassil template, or a block of them as a file of sentences has it: `slots`, `metadata`, `sentences`."""


class Capability:
    """One small thing, alive in a house. A file says all of it; only what it overrides concerns it.

    Its words are English, as those of `sentences/en` and `persona/en` are.
    """

    key: ClassVar[str]
    """How settings, memory and tests call it: the name of its file."""
    sentences: ClassVar[Mapping[str, Sequence[Template]]] = {}
    """How each of its wishes is asked for, by intent; `lists` and `rules` are what hassil calls so."""
    lists: ClassVar[Mapping[str, Any]] = {}
    rules: ClassVar[Mapping[str, str]] = {}
    lines: ClassVar[Mapping[str, str]] = {}
    """What it says, by key, with `str.format` fields; the agent's own (`persona/en/answers.yaml`) are there as well."""
    form: ClassVar[Mapping[vol.Marker, Any]] = {}
    """What can be set, under *Configure → Small things*: a section of that form. Empty: nothing."""

    @classmethod
    def refuse(cls, settings: Mapping[str, Any]) -> str | None:  # noqa: ARG003
        """Return the key of what is wrong with what was filled in (`options.error` has its words); None: nothing."""
        return None

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.persona: Persona = load_persona(LANGUAGE).with_lines(self.lines)

    def wishes(self) -> Sequence[Wish]:
        """Return what can be asked for."""
        return ()

    async def async_start(self) -> None:
        """Take up what is remembered; Home Assistant may still be starting."""

    @callback
    def on_fact(self, room: RoomConfig, event: Event) -> None:
        """Take in what has happened in a room; the brain has decided about it already."""

    @callback
    def on_order(self, room: RoomConfig, command: Command) -> None:
        """Take in what the brain, or somebody, has ordered in a room."""

    async def on_waking(self, waking: Waking) -> str:  # noqa: ARG002
        """Return what it has to say to somebody who has just got up, after "Good morning."; empty: nothing.

        Raises HomeAssistantError where it fails; the others are heard all the same, one after the other.
        """
        return ""

    def entities(self, room: RoomConfig) -> Mapping[Platform, Sequence[Entity]]:  # noqa: ARG002
        """Return what it shows of a room; asked once, when Athena is set up."""
        return {}
