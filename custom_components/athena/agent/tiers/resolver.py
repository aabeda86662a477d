"""What the words mean in this very home: the only one of its kind, a part of a name, the speaker's own room."""

from typing import ClassVar

from ...const import LANGUAGE
from ..home import Home
from ..reading import Plan, Reading, Which
from ..resolver.language.lexicon import load_lexicon
from ..resolver.resolver import Resolver
from .tier import Means, Turn


class ResolverTier:
    """Athena's own tier over this home. It asks where several are meant, and answers what is asked of states."""

    name: ClassVar[str] = "resolver"

    def __init__(self, means: Means) -> None:
        self._hass = means.hass
        self._persona = means.wordings.persona
        self._home: Home | None = None
        self._resolver: Resolver | None = None

    async def async_prepare(self, home: Home) -> None:
        """Build the index of the home."""
        await self._async_resolver(home)

    async def async_read(self, turn: Turn) -> Reading | None:
        """Return what is meant: on the event loop, for it takes a few milliseconds at most."""
        resolver = await self._async_resolver(turn.home)
        return resolver.read(turn.text, turn.situation)

    async def async_choose(self, which: Which, turn: Turn) -> Reading | None:
        """Return what was chosen of several; None where it answers something else, or nothing."""
        resolver = await self._async_resolver(turn.home)
        return resolver.choose(which, turn.text, turn.situation)

    async def async_doubt(self, plan: Plan, turn: Turn) -> str | None:
        """Return why the reading of another tier is not what was said; None where nothing speaks against it."""
        resolver = await self._async_resolver(turn.home)
        return resolver.doubt(turn.text, plan)

    async def _async_resolver(self, home: Home) -> Resolver:
        if self._resolver is None or home is not self._home:
            self._resolver = await self._hass.async_add_executor_job(self._build, home)
            self._home = home
        return self._resolver

    def _build(self, home: Home) -> Resolver:
        return Resolver(load_lexicon(LANGUAGE), home, self._persona)
