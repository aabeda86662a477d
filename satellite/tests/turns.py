"""A turn under observation: each order is checked against those before it."""

from collections.abc import Iterable
from typing import Final

from athena_satellite import commands, events
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
        self.abandoned = 0

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
            case commands.AbandonPipeline():
                assert not self.streaming
                self.abandoned += 1

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
