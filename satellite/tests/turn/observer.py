"""A turn under observation: each order is checked against those before it."""

from collections.abc import Iterable
from typing import Final

from athena_satellite.audio import Format
from athena_satellite.turn import commands, events
from athena_satellite.turn.phrases import Line
from athena_satellite.turn.policy import Policy
from athena_satellite.turn.states import Home, State
from athena_satellite.turn.turns import Turns

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
        self.command = False  # whether what is streamed is for speech-to-text
        self.asked: list[bool] = []
        self.sounding: set[int] = set()
        self.open: set[int] = set()
        self.begun: list[str] = []
        self.ended: list[str] = []
        self.said: list[Line] = []
        self.notes: list[str] = []
        self.played = 0
        self.abandoned = 0
        self.rung: list[tuple[str, ...]] = []
        self.acknowledged = 0
        self.chimes = 0
        self.kept: commands.KeepTimers | None = None
        self.muted: list[bool] = []

    def see(self, orders: Iterable[commands.Command]) -> None:
        for order in orders:
            self._stream(order)
            self._play(order)
            self._sound(order)
            if isinstance(order, commands.Note):
                self._note(order)
            if isinstance(order, commands.KeepTimers):
                self.kept = order
            if isinstance(order, commands.KeepMute):
                self.muted.append(order.muted)

    def _stream(self, order: commands.Command) -> None:
        match order:
            case commands.StartStreaming():
                assert not self.streaming
                assert not self.sounding
                self.streaming = self.command = True
            case commands.StartWaking(ask=ask):
                assert not self.streaming
                self.streaming = True
                self.asked.append(ask)
            case commands.StopStreaming():
                assert self.streaming
                self.streaming = self.command = False
            case commands.AbandonPipeline():
                assert not self.streaming
                self.abandoned += 1

    def _sound(self, order: commands.Command) -> None:
        match order:
            case commands.Play(playback=number) | commands.Say(playback=number):
                assert not self.streaming
                self.sounding.add(number)
            case commands.Acknowledge(playback=number):
                assert not self.streaming
                self.sounding.add(number)
                self.acknowledged += 1
            case commands.Ring(playback=number, lines=lines):
                assert not self.command
                self.sounding.add(number)
                self.rung.append(lines)
            case commands.StopPlaying(playback=number):
                self.sounding.discard(number)

    def _play(self, order: commands.Command) -> None:
        match order:
            case commands.Play(playback=number, chime=chime):
                assert number not in self.open
                self.open.add(number)
                self.chimes += chime
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
        if note.step in ("wake", "follow_up"):
            self.begun.append(str(note.turn))
        if note.step == "end":
            self.ended.append(str(note.turn))


class Room:
    """A turn and its observer."""

    def __init__(self, home: Home = Home.CONNECTED, policy: Policy | None = None, *, muted: bool = False) -> None:
        self.turns = Turns(policy, muted=muted)
        self.observer = Observer()
        if home is not Home.AWAY:
            self.tell(events.HomeConnected())
        if home is Home.PAUSED:
            self.tell(events.HomePaused())

    def tell(self, *facts: events.Event) -> None:
        for fact in facts:
            if isinstance(fact, events.PlaybackEnded | events.PlaybackFailed):
                self.observer.open.discard(fact.playback)  # the player forgets it by itself
                self.observer.sounding -= set(range(fact.playback + 1))  # it plays one after the other
            self.observer.see(self.turns.handle(fact))
            self.check()

    def check(self) -> None:
        idle = self.turns.state is State.IDLE
        assert idle == (self.turns.deadline is None)
        hearing = self.turns.state in (State.LISTENING, State.HEARING)
        if self.turns._policy.remote_wake:
            assert self.observer.streaming or not hearing
            assert not self.observer.streaming or self.turns.home is Home.CONNECTED
        else:
            assert self.observer.streaming == hearing
        assert not (self.observer.streaming and (self.turns.muted or self.turns.home is Home.PAUSED))
        assert not (idle and self.observer.sounding)
        assert len(self.observer.begun) - len(self.observer.ended) == (self.turns.turn is not None)
        assert not (idle and self.turns.turn is not None)
        assert not (idle and self.observer.open)
        resting = self.turns.state in (State.IDLE, State.RINGING, State.RECOVERING)
        heard = self.turns.home is not Home.PAUSED and not self.turns.muted and not self.turns._policy.remote_wake
        assert self.turns.wake_word_wanted == (resting and heard)

    def at(self) -> State:
        """Return the state now: a call, since a comparison with an attribute is taken to hold on."""
        return self.turns.state

    @property
    def playback(self) -> int:
        return self.turns._playbacks.playback

    def elapse(self) -> None:
        assert self.turns.deadline is not None
        self.tell(events.Elapsed(deadline=self.turns.deadline.number))

    def play_out(self, seconds: float = 1.0) -> None:
        self.tell(events.PlaybackBegan(playback=self.playback))
        self.tell(events.PlaybackEnded(playback=self.playback, seconds=seconds))

    def reply(self) -> None:
        self.tell(events.AudioBegan(form=FORM), events.Audio(audio=SECOND), events.AudioEnded())
