"""The turn alone: every fact in every state, and the turns a household knows."""

import copy
from collections.abc import Iterable, Iterator
from typing import Final

import pytest

from athena_satellite import commands, events, states
from athena_satellite.audio import Format
from athena_satellite.phrases import Line
from athena_satellite.states import Home, State
from athena_satellite.turn import Turns

FORM: Final = Format(rate=22_050, width=2, channels=1)
SECOND: Final = bytes(FORM.bytes_per_second)


def woken(turn: str = "t1") -> events.Woken:
    return events.Woken(turn=turn, name="hey_jarvis", position=16_000)


def failed(code: str) -> events.Failed:
    return events.Failed(code=code, text="why")


class Observer:
    """Checks each order against those before it, as Home Assistant and the speaker would."""

    def __init__(self) -> None:
        self.streaming = False
        self.open: set[int] = set()
        self.begun: list[str] = []
        self.ended: list[str] = []
        self.said: list[Line] = []
        self.notes: list[str] = []
        self.played = 0

    def see(self, orders: Iterable[commands.Command]) -> None:
        for order in orders:
            self._stream(order)
            self._play(order)
            if isinstance(order, commands.Note):
                self._note(order)

    def _stream(self, order: commands.Command) -> None:
        match order:
            case commands.StartStreaming():
                assert not self.streaming
                self.streaming = True
            case commands.StopStreaming():
                assert self.streaming
                self.streaming = False

    def _play(self, order: commands.Command) -> None:
        match order:
            case commands.Play(playback=number):
                assert number not in self.open
                self.open.add(number)
            case commands.Feed(playback=number):
                assert number in self.open
            case commands.FinishPlaying(playback=number):
                assert number in self.open
                self.open.discard(number)
            case commands.StopPlaying(playback=number):
                self.open.discard(number)
            case commands.Say(line=line):
                assert not self.open
                self.said.append(line)
            case commands.SendPlayed():
                self.played += 1

    def _note(self, note: commands.Note) -> None:
        self.notes.append(note.step)
        if note.step == "wake":
            self.begun.append(str(note.turn))
        if note.step == "end":
            self.ended.append(str(note.turn))


class Room:
    """A turn and its observer."""

    def __init__(self, home: Home = Home.CONNECTED) -> None:
        self.turns = Turns()
        self.observer = Observer()
        if home is not Home.AWAY:
            self.tell(events.HomeConnected())
        if home is Home.PAUSED:
            self.tell(events.HomePaused())

    def tell(self, *facts: events.Event) -> None:
        for fact in facts:
            if isinstance(fact, events.PlaybackEnded | events.PlaybackFailed):
                self.observer.open.discard(fact.playback)  # the player forgets it by itself
            self.observer.see(self.turns.handle(fact))
            self.check()

    def check(self) -> None:
        idle = self.turns.state is State.IDLE
        assert idle == (self.turns.deadline is None)
        assert self.observer.streaming == (self.turns.state in (State.LISTENING, State.HEARING))
        assert len(self.observer.begun) - len(self.observer.ended) == (self.turns.turn is not None)
        assert not (idle and self.turns.turn is not None)
        assert not (idle and self.observer.open)
        assert self.turns.wake_word_wanted == (idle and self.turns.home is not Home.PAUSED)

    @property
    def playback(self) -> int:
        return self.turns._playbacks

    def elapse(self) -> None:
        assert self.turns.deadline is not None
        self.tell(events.Elapsed(deadline=self.turns.deadline.number))

    def play_out(self, seconds: float = 1.0) -> None:
        self.tell(events.PlaybackBegan(playback=self.playback))
        self.tell(events.PlaybackEnded(playback=self.playback, seconds=seconds))

    def reply(self) -> None:
        self.tell(events.AudioBegan(form=FORM), events.Audio(audio=SECOND), events.AudioEnded())


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


def test_a_turn() -> None:
    room = Room()
    room.tell(woken())
    assert room.observer.streaming
    room.tell(events.VoiceStarted(), events.VoiceStopped())
    assert not room.observer.streaming
    room.tell(events.Transcribed(text="turn on the lamp"), events.Answered(text="Lamp on."))
    room.reply()
    assert room.observer.played == 0
    room.play_out()
    assert room.observer.played == 1
    assert room.observer.said == []
    assert room.observer.notes == [
        *("wake", "voice_started", "voice_stopped", "transcript", "synthesize", "first_audio", "played", "end")
    ]


def test_streaming_speech_may_begin_before_its_text_is_known() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.VoiceStopped(), events.Transcribed(text="x"))
    room.tell(events.AudioBegan(form=FORM), events.Audio(audio=SECOND), events.Answered(text="x"))
    assert room.turns.state is State.REPLYING
    room.tell(events.Audio(audio=SECOND), events.AudioEnded())
    room.play_out()
    assert room.observer.played == 1


def test_a_server_that_ends_the_command_itself_sends_a_transcript_and_no_voice_events() -> None:
    room = Room()
    room.tell(woken(), events.Transcribed(text="turn on the lamp"))
    assert not room.observer.streaming
    assert room.turns.state is State.THINKING


def test_nothing_recognised_is_answered_by_the_satellite_itself() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.VoiceStopped(), failed("stt-no-text-recognized"))
    assert room.observer.said == [Line.NOT_CAUGHT]
    room.play_out()
    assert room.turns.wake_word_wanted
    assert room.observer.played == 0


def test_a_duplicate_wake_up_stands_down_in_silence() -> None:
    room = Room()
    room.tell(woken(), failed("duplicate_wake_up_detected"))
    assert room.observer.said == []
    assert room.turns.wake_word_wanted


@pytest.mark.parametrize("code", ["intent-failed", "stt-stream-failed", "tts-failed", ""])
def test_any_other_error_is_said(code: str) -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), failed(code))
    assert room.observer.said == [Line.WENT_WRONG]


def test_silence_after_the_wake_word_ends_the_audio_so_that_home_assistant_ends_the_turn() -> None:
    room = Room()
    room.tell(woken())
    assert room.turns.deadline is not None
    assert room.turns.deadline.seconds == states.VOICE_SECONDS
    room.elapse()
    assert not room.observer.streaming
    assert room.turns.state is State.THINKING
    room.tell(failed("stt-no-text-recognized"))
    assert room.observer.said == [Line.NOT_CAUGHT]


def test_home_assistant_falling_silent_ends_the_turn() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.VoiceStopped())
    assert room.turns.deadline is not None
    assert room.turns.deadline.seconds == states.QUIET_SECONDS
    room.elapse()
    assert room.observer.said == [Line.WENT_WRONG]


def test_audio_that_never_follows_its_text_ends_the_turn_sooner() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.VoiceStopped())
    room.tell(events.Transcribed(text="x"), events.Answered(text="y"))
    assert room.turns.deadline is not None
    assert room.turns.deadline.seconds == states.AUDIO_SECONDS
    room.elapse()
    assert room.observer.said == [Line.WENT_WRONG]


def test_a_reply_that_breaks_off_is_played_as_far_as_it_came_and_explained() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.VoiceStopped(), events.Answered(text="x"))
    room.tell(events.AudioBegan(form=FORM), events.Audio(audio=SECOND))
    room.elapse()
    assert room.turns.state is State.DRAINING
    room.play_out()
    assert room.observer.said == [Line.WENT_WRONG]
    assert room.observer.played == 1


def test_a_real_time_gap_within_a_reply_is_allowed() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.VoiceStopped(), events.AudioBegan(form=FORM))
    before = room.turns.deadline
    room.tell(events.Audio(audio=SECOND))
    assert room.turns.deadline is not before


def test_an_announcement_is_played_and_reported() -> None:
    room = Room()
    room.reply()
    assert not room.turns.wake_word_wanted
    room.play_out()
    assert room.observer.played == 1
    assert room.observer.notes == ["first_audio", "played"]
    assert room.turns.wake_word_wanted


def test_an_announcement_in_mid_turn_takes_over() -> None:
    room = Room()
    room.tell(woken())
    room.reply()
    assert not room.observer.streaming
    room.play_out()
    assert room.observer.ended == ["t1"]


def test_an_announcement_right_after_another_is_reported_once_the_last_has_been_played() -> None:
    room = Room()
    room.reply()
    first = room.playback
    room.reply()
    room.tell(events.PlaybackBegan(playback=first), events.PlaybackEnded(playback=first, seconds=1.0))
    assert room.observer.played == 0
    room.play_out()
    assert room.observer.played == 1


def test_a_long_announcement_has_the_time_it_takes() -> None:
    room = Room()
    room.tell(events.AudioBegan(form=FORM), *[events.Audio(audio=SECOND)] * 90, events.AudioEnded())
    assert room.turns.deadline is not None
    assert room.turns.deadline.seconds == 90 + states.DRAIN_SECONDS


def test_woken_while_home_assistant_is_away_says_so_and_says_when_it_is_back() -> None:
    room = Room(Home.AWAY)
    room.tell(woken())
    assert room.observer.said == [Line.OFFLINE]
    room.play_out()
    assert room.observer.ended == ["t1"]
    room.tell(events.HomeConnected())
    assert room.observer.said == [Line.OFFLINE, Line.BACK_ONLINE]
    room.play_out()
    room.tell(events.HomeLost(), events.HomeConnected())
    assert room.observer.said == [Line.OFFLINE, Line.BACK_ONLINE]


def test_a_home_assistant_that_returns_while_its_absence_is_spoken_of_is_announced_afterwards() -> None:
    room = Room(Home.AWAY)
    room.tell(woken(), events.PlaybackBegan(playback=1), events.HomeConnected())
    assert room.observer.said == [Line.OFFLINE]
    room.tell(events.PlaybackEnded(playback=1, seconds=1.0))
    assert room.observer.said == [Line.OFFLINE, Line.BACK_ONLINE]


def test_what_could_not_be_said_is_not_taken_back() -> None:
    room = Room(Home.AWAY)
    room.tell(woken(), events.PlaybackFailed(playback=1, reason="there is no clip of it"), events.HomeConnected())
    assert room.observer.said == [Line.OFFLINE]
    assert room.turns.wake_word_wanted


@pytest.mark.parametrize("reached", range(4))
def test_home_assistant_lost_in_mid_turn_is_said(reached: int) -> None:
    room = Room()
    room.tell(*(woken(), events.VoiceStarted(), events.VoiceStopped(), events.Transcribed(text="x"))[: reached + 1])
    room.tell(events.HomeLost())
    assert room.observer.said == [Line.OFFLINE]
    assert not room.observer.streaming


def test_home_assistant_lost_once_the_reply_has_arrived_costs_nothing() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.VoiceStopped(), events.Transcribed(text="x"))
    room.reply()
    room.tell(events.HomeLost())
    room.play_out()
    assert room.observer.said == []
    assert room.turns.wake_word_wanted


def test_a_new_connection_in_mid_turn_ends_the_turn_but_is_not_an_absence() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.HomeReplaced())
    assert room.observer.said == [Line.WENT_WRONG]
    room.play_out()
    room.tell(woken("t2"))
    assert room.turns.state is State.LISTENING


def test_muted_nothing_wakes_it_but_announcements_are_played() -> None:
    room = Room(Home.PAUSED)
    room.tell(woken())
    assert room.observer.begun == []
    room.reply()
    room.play_out()
    assert room.observer.played == 1
    assert not room.turns.wake_word_wanted
    room.tell(events.HomeReplaced())
    assert room.turns.wake_word_wanted


def test_muted_in_mid_command_nothing_more_is_heard_and_nothing_is_said() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.HomePaused())
    assert not room.observer.streaming
    room.tell(events.Transcribed(text="turn on"), failed("stt-no-text-recognized"))
    room.elapse()
    assert room.observer.said == []
    assert room.turns.state is State.IDLE


def test_a_home_assistant_that_shuts_down_in_mid_command_pauses_first_and_is_still_missed() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.HomePaused(), events.HomeLost())
    assert room.observer.said == [Line.OFFLINE]


def test_a_speaker_that_fails_ends_the_turn_and_home_assistant_does_not_wait() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.VoiceStopped())
    room.reply()
    room.tell(events.PlaybackFailed(playback=room.playback, reason="unplugged"))
    assert room.observer.played == 1
    assert room.turns.wake_word_wanted


def test_a_speaker_that_hangs_ends_the_turn() -> None:
    room = Room()
    room.tell(woken(), events.VoiceStarted(), events.VoiceStopped())
    room.reply()
    room.elapse()
    assert room.turns.wake_word_wanted
    assert room.observer.played == 1


def test_a_wake_word_heard_in_mid_turn_changes_nothing() -> None:
    room = Room()
    room.tell(woken(), woken("t2"))
    assert room.observer.begun == ["t1"]


def test_listening_needs_home_assistant_and_the_wake_word_server() -> None:
    room = Room(Home.AWAY)
    room.tell(events.ScoringChanged(scoring=True))
    assert not room.turns.listening
    room.tell(events.HomeConnected())
    assert room.turns.listening
    room.tell(events.ScoringChanged(scoring=False))
    assert not room.turns.listening
