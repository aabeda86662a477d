"""What Athena does with the lights of one room just now, and which of their changes are hers."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from math import inf
from time import monotonic
from typing import Final

from homeassistant.const import STATE_OFF, STATE_ON
from homeassistant.core import Context, State

from .brain.scene import Scene

RECENT: Final = 64
"""So many causes of Athena's own are remembered in a room."""

WHEN: Final = 10
"""The id of a cause is a ULID: so many characters at its beginning are when it came up, to the millisecond."""

NEW: Final = 10.0
"""Seconds in which everything is ordered again that was under way when Athena was loaded."""


@dataclass(slots=True, kw_only=True, eq=False)
class Programme:
    """What plays on the lights of a room."""

    context: Context
    lights: set[str]
    """The lights that are still its own."""
    until: float
    """When the lights have settled; on the monotonic clock, in seconds."""
    is_animation: bool = False
    is_dark: bool = False
    """The lights are off once they have settled."""
    then: Scene | None = None
    """What the lights come to once an animation is over."""
    task: asyncio.Task[None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a light was told last."""

    on: bool
    settled: float
    """When it looks so; on the monotonic clock, in seconds."""


@dataclass(slots=True, eq=False)
class Stage:
    """The lights of one room, as far as Athena plays on them. One programme at a time."""

    programme: Programme | None = None
    orders: dict[str, Order] = field(default_factory=dict)
    before: dict[str, State] = field(default_factory=dict)
    """How the lights were before Athena's last scene."""
    is_failing: bool = False
    """The last call of a running programme failed."""
    ordinary: set[str] = field(default_factory=set)
    """Lights that would not be told in a way of their own, and got what Home Assistant has instead."""
    set_aside: dict[str, Callable[[], Awaitable[None]]] = field(default_factory=dict)
    """What gives a light the settings back that an animation has changed besides, such as its palette."""
    watched_since: float = inf
    """Of what was ordered before then nobody knows any more; on the monotonic clock, in seconds."""
    _own: deque[str] = field(default_factory=lambda: deque(maxlen=RECENT))
    _eldest: str = ""
    """When that was, as the id of a cause says it."""

    def watch(self) -> None:
        """Take in that the lights are watched from now on: Athena has been loaded, maybe not for the first time."""
        self.watched_since = monotonic()
        self._eldest = Context().id[:WHEN]

    @property
    def is_new(self) -> bool:
        """Whether Athena has just been loaded: what she orders now may have been under way before."""
        return monotonic() < self.watched_since + NEW

    @property
    def playing(self) -> Programme | None:
        """Return the programme while the lights have not settled."""
        if self.programme is not None and monotonic() < self.programme.until:
            return self.programme
        return None

    def begin(self, programme: Programme, states: Iterable[State]) -> None:
        """Let a programme take over from the one before, and keep how the lights were.

        Where the one before was still playing, what it began with is kept: nobody wants half a fade back.
        """
        if self.playing is None:
            self.before = {state.entity_id: state for state in states if state.state in {STATE_ON, STATE_OFF}}
        self.stop()
        self.programme = programme
        self.own(programme.context)

    def own(self, context: Context) -> None:
        """Remember that this is a cause of Athena's own."""
        if context.id not in self._own:
            self._own.append(context.id)

    def is_own(self, context: Context) -> bool:
        """Return whether a change came of what Athena did, at first or second hand."""
        return context.id in self._own or context.parent_id in self._own

    def is_from_before(self, context: Context) -> bool:
        """Return whether a cause, or that one's, is older than the watch."""
        causes = (context.id, context.parent_id)
        return any(cause is not None and cause[:WHEN] < self._eldest for cause in causes)

    def stop(self) -> None:
        """Order nothing more."""
        if self.programme is not None and self.programme.task is not None:
            self.programme.task.cancel()
        self.programme = None

    def leave(self, light: str) -> None:
        """Order nothing more of this light, and do not bring it back either."""
        self.before.pop(light, None)
        self.set_aside.pop(light, None)
        if self.programme is not None:
            self.programme.lights.discard(light)
