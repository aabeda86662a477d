"""The turn alone: every fact in every state that any sequence of facts leads to."""

import pickle
from collections.abc import Iterator
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from athena_satellite.turn import events
from athena_satellite.turn.policy import Policy
from athena_satellite.turn.states import Home, State
from tests.turn.observer import FORM, SECOND, Observer, Room, failed, woken


def facts_now(room: Room) -> Iterator[events.Event]:
    """Every fact that may come, also at a moment when it should not."""
    number = room.turns.deadline.number if room.turns.deadline else 0
    yield from (events.HomeConnected(), events.HomeReplaced(), events.HomePaused(), events.HomeLost())
    yield events.PipelineBegan()
    yield from (events.VoiceStarted(), events.VoiceStopped(), events.Transcribed(text="x"), events.Answered(text="x"))
    yield from map(failed, ("stt-no-text-recognized", "duplicate_wake_up_detected", "intent-failed", ""))
    yield from (events.AudioBegan(form=FORM), events.Audio(audio=SECOND), events.AudioEnded())
    yield woken()
    for playback in (room.playback, room.playback - 1):
        yield events.PlaybackBegan(playback=playback)
        yield events.PlaybackEnded(playback=playback, seconds=1.0)
        yield events.PlaybackFailed(playback=playback, reason="x")
    yield from (events.Elapsed(deadline=number), events.Elapsed(deadline=number - 1))


def more_facts(room: Room) -> Iterator[events.Event]:
    yield from (events.HomeLost(muted=True), events.MuteToggled(), events.Hushed())
    yield from (events.Answered(text="Which one?"), events.Detected(turn="t1", name="hey_jarvis"))
    yield from timer_facts("a")
    yield events.PlaybackStarved(playback=room.playback)
    yield from (events.ScoringChanged(scoring=True), events.ScoringChanged(scoring=False))


def likeness(room: Room) -> tuple[object, ...]:
    """What of a room decides how it goes on; counters and amounts do not."""
    turns = room.turns
    return (
        turns.state,
        turns.home,
        turns.muted,
        turns.turn,
        turns._then,
        turns._patience,
        turns._offline_said,
        turns._abandoned,
        turns.state is State.LISTENING and turns._awaited,
        turns._voice_told,
        turns._mute_unsaid,
        turns._streaming,
        turns._asked,
        turns._refused,
        turns._follow_ups.due,
        min(turns._follow_ups.row, 1),
        turns._playbacks.owed_seconds > 0,
        turns._playbacks.line(room.playback),
        bool(turns._playbacks._sounding),
        bool(turns.timers.ringing),
        "a" in turns.timers._over,
        tuple(sorted(number - room.playback for number in room.observer.open)),
    )


def reachable(policy: Policy, also: tuple[events.Event, ...]) -> Iterator[Room]:
    """Every room that any sequence of facts leads to; each step on the way is checked."""
    first = Room(Home.AWAY, policy)
    seen = {likeness(first)}
    frontier = [first]
    while frontier:
        room = frontier.pop()
        for past in (room.observer.notes, room.observer.said, room.observer.rung, room.observer.asked):
            past.clear()  # nothing goes on differently for it
        kept = pickle.dumps(room)  # four times as fast as a deep copy
        for fact in (*facts_now(room), *also):
            after: Room = pickle.loads(kept)
            after.tell(fact)
            if (like := likeness(after)) not in seen:
                seen.add(like)
                frontier.append(after)
        yield room


@pytest.mark.parametrize(
    ("policy", "also", "states"),
    [
        (Policy(), (), {State.IDLE, State.DRAINING, State.PAUSING}),
        (Policy(heard_chime=True), (events.MuteToggled(),), {State.SPEAKING}),
        (Policy(), (events.Hushed(), events.HomeLost(muted=True)), {State.SPEAKING}),
        (Policy(), (events.TimerFinished(timer="a"), events.TimerCancelled(timer="a")), {State.RINGING}),
        (Policy(follow_ups=1), (events.Answered(text="Which one?"),), {State.SETTLING}),
        (Policy(remote_wake=True), (events.Detected(turn="t1", name="hey_jarvis"),), {State.RECOVERING}),
    ],
    ids=["plain", "mute", "hush", "timer", "question", "remote wake"],
)
def test_every_fact_in_every_state_keeps_the_orders_consistent_and_every_state_ends_by_its_deadlines_alone(
    policy: Policy, also: tuple[events.Event, ...], states: set[State]
) -> None:
    reached = []
    for room in reachable(policy, also):
        reached.append(room.turns.state)
        assert room.turns.deadline is None or 0 < room.turns.deadline.seconds <= 90 + room.turns._playbacks.owed_seconds
        for _ in range(12):  # streaming, thinking, a line, a question, what was put off, an alarm that nobody stops
            if room.turns.state is State.IDLE:
                break
            room.elapse()
        assert room.turns.state is State.IDLE
        assert not room.observer.sounding
    assert set(reached) >= states
    assert len(reached) > 100


# --- any evening, however long --------------------------------------------------------------------------------------

PICKS: Final = st.lists(st.tuples(st.integers(0, 10_000), st.sampled_from(["a", "b", "c"])), max_size=120)


@settings(max_examples=150)
@given(PICKS, st.booleans(), st.booleans())
def test_whatever_comes_nothing_sounds_while_a_command_is_heard_and_every_turn_that_begins_ends(
    picks: list[tuple[int, str]], remote: bool, chime: bool
) -> None:
    room = Room(Home.AWAY, Policy(remote_wake=remote, heard_chime=chime))
    for pick, timer in picks:
        facts = [*facts_now(room), *more_facts(room), *timer_facts(timer)]
        room.tell(facts[pick % len(facts)])  # the observer checks each order
    for _ in range(40):
        if room.turns.state is State.IDLE:
            break
        room.elapse()
    assert room.turns.state is State.IDLE
    assert room.observer.begun == room.observer.ended


def timer_facts(timer: str) -> Iterator[events.Event]:
    yield events.TimerStarted(timer=timer, seconds=60.0, name=timer)
    yield events.TimerUpdated(timer=timer, seconds=30.0, active=True)
    yield events.TimerUpdated(timer=timer, seconds=30.0, active=False)
    yield events.TimerCancelled(timer=timer)
    yield events.TimerFinished(timer=timer)
    for number in (1, 2, 3):
        yield events.CountdownEnded(timer=timer, number=number)


# --- a year of turns ------------------------------------------------------------------------------------------------


def test_nothing_grows_with_the_number_of_turns() -> None:
    room = Room()

    def live(turns: int) -> int:
        for number in range(turns):
            room.tell(woken(f"t{number}"), events.VoiceStarted(), events.VoiceStopped(), events.Answered(text="Why?"))
            room.reply()
            room.play_out()
            room.elapse()
            room.tell(failed("stt-no-text-recognized"))
            room.reply()  # an announcement
            room.play_out()
            room.tell(events.TimerStarted(timer=f"{number:06d}", seconds=60.0, name="Pasta"))
            room.tell(events.TimerFinished(timer=f"{number:06d}"), woken())
            room.observer = Observer()
        return len(pickle.dumps(room.turns))

    assert live(1_000) <= live(100) + 16  # the counters' digits
