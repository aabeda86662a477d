"""The turn alone: every fact in every state that any sequence of facts leads to."""

import copy
from collections.abc import Iterator

from athena_satellite import events
from athena_satellite.states import Home, State
from tests.turns import FORM, SECOND, Room, failed, woken


def facts_now(room: Room) -> Iterator[events.Event]:
    """Every fact that may come, also at a moment when it should not."""
    number = room.turns.deadline.number if room.turns.deadline else 0
    yield from (events.HomeConnected(), events.HomeReplaced(), events.HomePaused(), events.HomeLost())
    yield from (events.VoiceStarted(), events.VoiceStopped(), events.Transcribed(text="x"), events.Answered(text="x"))
    yield from map(failed, ("stt-no-text-recognized", "duplicate_wake_up_detected", "intent-failed", ""))
    yield from (events.AudioBegan(form=FORM), events.Audio(audio=SECOND), events.AudioEnded())
    yield from (woken(), events.ScoringChanged(scoring=True), events.ScoringChanged(scoring=False))
    for playback in (room.playback, room.playback - 1):
        yield events.PlaybackBegan(playback=playback)
        yield events.PlaybackEnded(playback=playback, seconds=1.0)
        yield events.PlaybackFailed(playback=playback, reason="x")
    yield from (events.Elapsed(deadline=number), events.Elapsed(deadline=number - 1))


def likeness(room: Room) -> tuple[object, ...]:
    """What of a room decides how it goes on; counters and amounts do not."""
    turns = room.turns
    return (
        turns.state,
        turns.home,
        turns.turn,
        turns._scoring,
        turns._then,
        turns._patience,
        turns._offline_said,
        turns._abandoned,
        turns._voice_told,
        turns._owed_seconds > 0,
        tuple(
            sorted(
                (number - room.playback, line) for number, line in turns._lines.items() if number >= room.playback - 1
            )
        ),
        tuple(sorted(number - room.playback for number in room.observer.open)),
    )


def reachable() -> list[Room]:
    """Every room that any sequence of facts leads to; each step on the way is checked."""
    first = Room(Home.AWAY)
    seen = {likeness(first): first}
    frontier = [first]
    while frontier:
        room = frontier.pop()
        for fact in facts_now(room):
            after = copy.deepcopy(room)
            after.tell(fact)
            if likeness(after) not in seen:
                seen[likeness(after)] = after
                frontier.append(after)
    return list(seen.values())


def test_every_fact_in_every_state_keeps_the_orders_consistent_and_every_state_ends_by_its_deadlines_alone() -> None:
    rooms = reachable()
    assert {room.turns.state for room in rooms} == set(State)
    assert len(rooms) > 200
    for room in rooms:
        for _ in range(4):  # streaming, thinking, a line, and being back online
            if room.turns.state is State.IDLE:
                break
            room.elapse()
        assert room.turns.state is State.IDLE
        assert room.turns.wake_word_wanted == (room.turns.home is not Home.PAUSED)


def test_every_deadline_is_finite_and_within_a_minute() -> None:
    for room in reachable():
        if room.turns.deadline is not None:
            assert 0 < room.turns.deadline.seconds <= 60 + room.turns._owed_seconds
