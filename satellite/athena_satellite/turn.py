"""What happens in a turn: facts come in, orders go out. Pure: no clock, no I/O.

IDLE ─ woken ─► LISTENING ─ voice ─► HEARING ─ silence ─► THINKING ─ audio ─► REPLYING ─ its end ─► DRAINING ─► IDLE
                   any of them ─ an error, Home Assistant gone, a deadline ─► SPEAKING (a line of our own) ─► IDLE
                   IDLE ─ audio ─► REPLYING: an announcement

Every state but IDLE has a deadline, so that no turn can hang; the wake word is listened for in IDLE and nowhere else.
"""

from functools import singledispatchmethod
from typing import TYPE_CHECKING, Final

from . import commands, events
from .phrases import Line
from .states import (
    AUDIO_SECONDS,
    COMMAND_SECONDS,
    DRAIN_SECONDS,
    LINE_SECONDS,
    PAUSE_SECONDS,
    QUIET_SECONDS,
    VOICE_SECONDS,
    Deadline,
    Home,
    State,
)

if TYPE_CHECKING:
    from .audio import Format

_STREAMING: Final = frozenset({State.LISTENING, State.HEARING})
_WAITING: Final = _STREAMING | {State.THINKING}
_PLAYING: Final = frozenset({State.REPLYING, State.DRAINING})
_SOUNDING: Final = _PLAYING | {State.SPEAKING}
_PENDING: Final = _WAITING | {State.PAUSING}


class Turns:
    """One turn after the other."""

    def __init__(self) -> None:
        self.state = State.IDLE
        self.home = Home.AWAY
        self.turn: str | None = None
        self.deadline: Deadline | None = None
        self._orders: list[commands.Command] = []
        self._deadlines = 0
        self._playbacks = 0
        self._lines: dict[int, Line] = {}  # playbacks that are lines of our own
        self._then: Line | None = None  # said once the present playback has ended
        self._form: Format | None = None
        self._owed_seconds = 0.0  # audio received since the speaker was last quiet
        self._patience = QUIET_SECONDS
        self._offline_said = False
        self._scoring = False
        self._abandoned = False
        self._voice_told = False  # whether Home Assistant, as connected now, tells when a voice starts

    @property
    def wake_word_wanted(self) -> bool:
        """True while nothing runs, nothing plays and nobody muted the microphone."""
        return self.state is State.IDLE and self.home is not Home.PAUSED

    @property
    def listening(self) -> bool:
        """True while the wake word would begin a turn: it is listened for, and Home Assistant is there."""
        return self.wake_word_wanted and self.home is Home.CONNECTED and self._scoring

    def handle(self, event: events.Event) -> tuple[commands.Command, ...]:
        """Return what is to be done, in order."""
        self._orders = []
        self._on(event)
        return tuple(self._orders)

    @singledispatchmethod
    def _on(self, event: object) -> None:
        raise TypeError(f"not an event: {event!r}")

    # --- the wire to Home Assistant ---------------------------------------------------------------------------------

    @_on.register
    def _on_connected(self, _: events.HomeConnected) -> None:
        self.home = Home.CONNECTED
        if self.state is State.IDLE:
            self._rest()

    @_on.register
    def _on_replaced(self, _: events.HomeReplaced) -> None:
        self.home = Home.CONNECTED
        self._break_off(Line.WENT_WRONG)

    @_on.register
    def _on_paused(self, _: events.HomePaused) -> None:
        self.home = Home.PAUSED
        if self.state in _STREAMING:
            self._stop_streaming()
            self._enter(State.PAUSING, PAUSE_SECONDS)

    @_on.register
    def _on_lost(self, _: events.HomeLost) -> None:
        self.home = Home.AWAY
        self._break_off(Line.OFFLINE)

    def _break_off(self, line: Line) -> None:
        """End what depends on a connection that is gone; a turn is told so, once what has arrived of it is played."""
        self._abandoned = False
        self._voice_told = False
        if self.state in _PENDING:
            self._stop_streaming()
            self._say(line)
        elif self.state is State.REPLYING:
            self._drain(line)

    # --- the pipeline in Home Assistant -----------------------------------------------------------------------------

    @_on.register
    def _on_voice_started(self, _: events.VoiceStarted) -> None:
        self._voice_told = True
        if self.state is State.LISTENING:
            self._note("voice_started")
            self._enter(State.HEARING, QUIET_SECONDS)

    @_on.register
    def _on_voice_stopped(self, _: events.VoiceStopped) -> None:
        if self.state in _STREAMING:
            self._note("voice_stopped")
            self._think()

    @_on.register
    def _on_transcribed(self, event: events.Transcribed) -> None:
        if self.state is State.LISTENING:  # by another speech-to-text than before
            self._voice_told = False
        if self.state in _PENDING:
            self._note("transcript", text=event.text)
            self._think()

    @_on.register
    def _on_answered(self, event: events.Answered) -> None:
        if self.turn is None:
            return
        self._note("synthesize", text=event.text)
        self._patience = AUDIO_SECONDS
        if self.state in _PENDING:
            self._think()

    @_on.register
    def _on_failed(self, event: events.Failed) -> None:
        if self._abandoned:  # this is how a pipeline ends that was abandoned
            self._abandoned = False
            return
        self._note("error", code=event.code, text=event.text)
        if self.state is State.REPLYING and self.turn is not None:
            self._drain(Line.WENT_WRONG)
        elif self.state in _WAITING:
            self._stop_streaming()
            match event.code:
                case "duplicate_wake_up_detected":  # another satellite answers
                    self._end()
                case "stt-no-text-recognized":
                    self._say(Line.NOT_CAUGHT)
                case _:
                    self._say(Line.WENT_WRONG)

    @_on.register
    def _on_audio_began(self, event: events.AudioBegan) -> None:
        if self.state is State.REPLYING:  # the one before was given up on the other side
            self._orders.append(commands.StopPlaying(playback=self._playbacks))
        self._stop_streaming()
        self._then = None
        self._form = event.form
        self._playbacks += 1
        self._orders.append(commands.Play(playback=self._playbacks, form=event.form))
        self._enter(State.REPLYING, self._patience)

    @_on.register
    def _on_audio(self, event: events.Audio) -> None:
        if self.state is not State.REPLYING or self._form is None:
            return
        self._owed_seconds += len(event.audio) / self._form.bytes_per_second
        self._orders.append(commands.Feed(playback=self._playbacks, audio=event.audio))
        self._enter(State.REPLYING, self._patience)

    @_on.register
    def _on_audio_ended(self, _: events.AudioEnded) -> None:
        if self.state is State.REPLYING:
            self._drain(None)

    # --- the satellite itself ---------------------------------------------------------------------------------------

    @_on.register
    def _on_woken(self, event: events.Woken) -> None:
        if not self.wake_word_wanted:
            return
        self.turn = event.turn
        self._abandoned = False
        self._note("wake", name=event.name)
        if self.home is Home.AWAY:
            self._say(Line.OFFLINE)
            return
        self._orders.append(commands.StartStreaming(turn=event.turn, name=event.name, position=event.position))
        self._enter(State.LISTENING, VOICE_SECONDS if self._voice_told else COMMAND_SECONDS)

    @_on.register
    def _on_scoring(self, event: events.ScoringChanged) -> None:
        self._scoring = event.scoring

    @_on.register
    def _on_playback_began(self, event: events.PlaybackBegan) -> None:
        line = self._lines.get(event.playback)
        if line is not None:
            self._note("spoken", text=line)
            self._offline_said = self._offline_said or line is Line.OFFLINE
        elif event.playback == self._playbacks and self.state in _PLAYING:
            self._note("first_audio")

    @_on.register
    def _on_playback_ended(self, event: events.PlaybackEnded) -> None:
        line = self._lines.pop(event.playback, None)
        if event.playback != self._playbacks or self.state not in _SOUNDING:
            return
        if line is None:
            self._note("played", seconds=round(event.seconds, 3))
            self._orders.append(commands.SendPlayed())
        self._next()

    @_on.register
    def _on_playback_failed(self, event: events.PlaybackFailed) -> None:
        line = self._lines.pop(event.playback, None)
        if event.playback != self._playbacks or self.state not in _SOUNDING:
            return
        if line is None:
            self._note("error", code="speaker", text=event.reason)
            self._orders.append(commands.SendPlayed())  # Home Assistant must not wait for what never comes
        self._end()

    @_on.register
    def _on_elapsed(self, event: events.Elapsed) -> None:
        if self.deadline is None or event.deadline != self.deadline.number:
            return
        match self.state:
            case State.LISTENING:  # Home Assistant answers the end of the audio at once
                self._think()
            case State.HEARING | State.THINKING:
                self._stop_streaming()
                self._note("error", code="timeout", text=f"nothing from Home Assistant while {self.state}")
                self._abandon()
                self._say(Line.WENT_WRONG)
            case State.REPLYING:
                self._note("error", code="timeout", text="the reply's audio broke off")
                self._abandon()
                self._drain(Line.WENT_WRONG)
            case State.DRAINING | State.SPEAKING:
                self._stuck()
            case _:
                self._end()

    def _abandon(self) -> None:
        self._abandoned = True
        self._orders.append(commands.AbandonPipeline())

    def _stuck(self) -> None:
        self._orders.append(commands.StopPlaying(playback=self._playbacks))
        self._note("error", code="speaker", text="the speaker does not come to an end")
        if self._lines.pop(self._playbacks, None) is None:
            self._orders.append(commands.SendPlayed())
        self._end()

    # --- steps ------------------------------------------------------------------------------------------------------

    def _think(self) -> None:
        self._stop_streaming()
        self._enter(State.THINKING, self._patience)

    def _drain(self, then: Line | None) -> None:
        """Let the audio play to its end; a turn is told what went wrong with it, an announcement is not."""
        self._then = then if self.turn is not None else None
        self._orders.append(commands.FinishPlaying(playback=self._playbacks))
        self._enter(State.DRAINING, self._owed_seconds + DRAIN_SECONDS)

    def _next(self) -> None:
        if self._then is None:
            self._end()
        else:
            line, self._then = self._then, None
            self._say(line)

    def _say(self, line: Line) -> None:
        self._playbacks += 1
        self._lines[self._playbacks] = line
        self._orders.append(commands.Say(playback=self._playbacks, line=line))
        self._enter(State.SPEAKING, LINE_SECONDS)

    def _end(self) -> None:
        if self.turn is not None:
            self._note("end")
            self.turn = None
        self._rest()

    def _rest(self) -> None:
        self.state = State.IDLE
        self.deadline = None
        self._then = None
        self._owed_seconds = 0.0
        self._patience = QUIET_SECONDS
        self._lines.clear()
        if self._offline_said and self.home is Home.CONNECTED:
            self._offline_said = False
            self._say(Line.BACK_ONLINE)

    def _stop_streaming(self) -> None:
        if self.state in _STREAMING:
            self._orders.append(commands.StopStreaming())

    def _enter(self, state: State, seconds: float) -> None:
        self._deadlines += 1
        self.state = state
        self.deadline = Deadline(number=self._deadlines, seconds=seconds)

    def _note(self, step: str, **details: commands.Detail) -> None:
        self._orders.append(commands.Note(step=step, turn=self.turn, details=details))
