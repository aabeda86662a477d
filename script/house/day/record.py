"""A day as it was: everything that can be drawn of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ..bedroom import RINGING
from .acts import Act
from .stage import ROOM_STATE, Sample, Stage

RECORD_PLAYER: Final = "switch.record_player"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What something was for a while."""

    since: datetime
    until: datetime
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One day, by the clock at the wall."""

    acts: Sequence[Act]
    light: Sequence[Sample]
    states: Sequence[Span]
    """Of the room."""
    music: Sequence[Span]
    """When the record player's plug was on, as Home Assistant saw it."""
    ringing: Sequence[Span]
    """When the alarm rang."""

    @classmethod
    def of(cls, acts: Sequence[Act], stage: Stage) -> Record:
        """Return what a stage has seen."""
        ends = stage.now()
        return cls(
            acts=acts,
            light=stage.samples,
            states=_spans(stage, ROOM_STATE, ends),
            music=[span for span in _spans(stage, RECORD_PLAYER, ends) if span.what == "on"],
            ringing=[span for span in _spans(stage, RINGING, ends) if span.what == "on"],
        )


def _spans(stage: Stage, entity_id: str, ends: datetime) -> list[Span]:
    """Return what an entity was, one span for each state."""
    spans: list[Span] = []
    changes = stage.diary.of(entity_id)
    for number, change in enumerate(changes):
        until = changes[number + 1].at if number + 1 < len(changes) else ends
        if spans and spans[-1].what == change.state:
            spans[-1] = Span(since=spans[-1].since, until=until, what=change.state)
        else:
            spans.append(Span(since=change.at, until=until, what=change.state))
    return spans
