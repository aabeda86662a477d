"""What happens in a turn: facts come in, orders go out. Pure: no clock, no I/O.

IDLE ─ woken ─► LISTENING ─ voice ─► HEARING ─ silence ─► THINKING ─ audio ─► REPLYING ─ its end ─► DRAINING ─► IDLE
                   any of them ─ an error, Home Assistant gone, a deadline ─► SPEAKING (a line of our own) ─► IDLE
                   IDLE ─ audio ─► REPLYING: an announcement
                   IDLE ─ a timer is over ─► RINGING ─ woken ─► IDLE
                   DRAINING ─ its end, a question ─► SETTLING ─► LISTENING: a turn without a wake word

Every state but IDLE has a deadline, so that no turn can hang. While Home Assistant hears a command nothing sounds.
"""

from functools import singledispatchmethod
from typing import Final

from . import commands, events
from .phrases import Line
from .states import AUDIO_SECONDS, PAUSE_SECONDS, QUIET_SECONDS, RECOVER_SECONDS, Home, State
from .steps import PLAYING, RESTING, Steps

_STREAMING: Final = frozenset({State.LISTENING, State.HEARING})
_WAITING: Final = _STREAMING | {State.THINKING}
_SOUNDING: Final = PLAYING | {State.SPEAKING, State.RINGING}
_PENDING: Final = _WAITING | {State.PAUSING}


class Turns(Steps):
    """One turn after the other."""

    def handle(self, event: events.Event) -> tuple[commands.Command, ...]:
        """Return what is to be done, in order."""
        self._orders = []
        self._on(event)
        self._keep_timers()
        return tuple(self._orders)

    @singledispatchmethod
    def _on(self, event: object) -> None:
        raise TypeError(f"not an event: {event!r}")

    # --- the wire to Home Assistant ---------------------------------------------------------------------------------

    @_on.register
    def _on_connected(self, _: events.HomeConnected) -> None:
        self.home = Home.CONNECTED
        self._asked = False
        if self.state is State.IDLE:
            self._rest()

    @_on.register
    def _on_replaced(self, _: events.HomeReplaced) -> None:
        self.home = Home.CONNECTED
        self._break_off(Line.WENT_WRONG)

    @_on.register
    def _on_paused(self, _: events.HomePaused) -> None:
        self.home = Home.PAUSED
        self._stop_streaming()
        if self.state in _STREAMING:
            self._enter(State.PAUSING, PAUSE_SECONDS)
        elif self.state is State.SETTLING:
            self._end()

    @_on.register
    def _on_lost(self, event: events.HomeLost) -> None:
        self.home = Home.PAUSED if event.muted else Home.AWAY  # who muted it is not heard because the link broke
        self._break_off(Line.OFFLINE)

    def _break_off(self, line: Line) -> None:
        """End what depends on a connection that is gone; a turn is told so, once what has arrived of it is played."""
        self._abandoned = False
        self._voice_told = False
        self._asked = False
        self._stop_streaming()
        if self.state in _PENDING:
            self._say(line)
        elif self.state is State.REPLYING:
            self._drain(line)
        elif self.state in {State.IDLE, State.SETTLING}:
            self._end()

    # --- the pipeline in Home Assistant -----------------------------------------------------------------------------

    @_on.register
    def _on_pipeline_began(self, _: events.PipelineBegan) -> None:
        if self.state is State.LISTENING and self._awaited:
            self._listen()

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
        self._follow_ups.answered(event.text)
        self._patience = AUDIO_SECONDS
        if self.state in _PENDING:
            self._think()

    @_on.register
    def _on_failed(self, event: events.Failed) -> None:
        self._asked = False
        if self._abandoned:  # this is how a pipeline ends that was abandoned
            self._abandoned = False
            if self.state is State.RECOVERING:
                self._end()
            return
        if not self._refused:
            self._note("error", code=event.code, text=event.text)
        self._stop_streaming()
        if self.state is State.REPLYING and self.turn is not None:
            self._drain(Line.WENT_WRONG)
        elif self.state in _WAITING:
            self._explain(event.code)
        elif self.state is State.IDLE and self._policy.remote_wake:  # no wake word engine there, perhaps for hours
            self._refused = True
            self._rest(soon=True)

    def _explain(self, code: str) -> None:
        if code == "duplicate_wake_up_detected":  # another satellite answers
            self._end()
        elif code == "stt-no-text-recognized":
            self._end() if self._follow_ups.row else self._say(Line.NOT_CAUGHT)  # nobody has to answer a question
        else:
            self._say(Line.WENT_WRONG)

    @_on.register
    def _on_audio_began(self, event: events.AudioBegan) -> None:
        if self.state in {State.REPLYING, State.RINGING}:  # given up on the other side, or rung again later
            self._orders.append(self._playbacks.stop())
        if self.state in PLAYING or self.state is State.SETTLING:  # what plays was the reply, this is none
            self._follow_ups.dropped()
        self._stop_streaming()
        self._then = None
        chime = self._policy.announcement_chime and self.turn is None
        self._orders.append(self._playbacks.play(event.form, chime=chime))
        self._enter(State.REPLYING, self._patience)

    @_on.register
    def _on_audio(self, event: events.Audio) -> None:
        if self.state is State.REPLYING:
            self._orders.append(self._playbacks.feed(event.audio))
            seconds = self._patience + self._playbacks.owed_seconds  # it may all have yet to be played
            self._enter(State.REPLYING, seconds)

    @_on.register
    def _on_starved(self, event: events.PlaybackStarved) -> None:
        if self.state is State.REPLYING and event.playback == self._playbacks.playback:
            self._enter(State.REPLYING, self._patience)

    @_on.register
    def _on_audio_ended(self, _: events.AudioEnded) -> None:
        if self.state is State.REPLYING:
            self._drain(None)

    # --- timers -----------------------------------------------------------------------------------------------------

    @_on.register(events.TimerStarted | events.TimerUpdated | events.TimerCancelled)
    @_on.register(events.TimerFinished | events.CountdownEnded)
    def _on_timer(self, event: events.TimerEvent) -> None:
        ringing = self.timers.ringing
        self.timers.handle(event)
        if self.timers.ringing and not ringing:
            self._note("timer")
        if self.state is State.IDLE and self.timers.ringing:
            self._rest()
        elif self.state is State.RINGING and not self.timers.ringing:
            self._silence()

    # --- the satellite itself ---------------------------------------------------------------------------------------

    @_on.register
    def _on_woken(self, event: events.Woken) -> None:
        if not self.wake_word_wanted:
            return
        if self.state is State.RINGING:
            self._silence()
            return
        self._begin(event.turn, event.name)
        self._abandoned = False
        if self.home is Home.AWAY:
            self._say(Line.OFFLINE)
            return
        self._hear(commands.StartStreaming(turn=event.turn, name=event.name, position=event.position))

    @_on.register
    def _on_detected(self, event: events.Detected) -> None:
        if not self._streaming or self.state not in RESTING:
            return
        if self.state is State.RINGING:
            self._stop_streaming()
            self._abandon()
            self._silence()
            return
        self._begin(event.turn, event.name)
        self._listen()

    @_on.register
    def _on_mute_toggled(self, _: events.MuteToggled) -> None:
        self.muted = not self.muted
        self._mute_unsaid = True
        self._orders.append(commands.KeepMute(muted=self.muted))
        self._stop_streaming()
        if self.state in _STREAMING:
            self._abandon()
            self._end()
        elif self.state in {State.IDLE, State.SETTLING}:
            self._end()

    @_on.register
    def _on_hushed(self, _: events.Hushed) -> None:
        if self.state is State.RINGING:
            self._silence()
        elif self.state in _SOUNDING:
            if self.state in PLAYING:
                self._orders.append(commands.SendPlayed())
            self._end()

    @_on.register
    def _on_scoring(self, event: events.ScoringChanged) -> None:
        self._scoring = event.scoring

    @_on.register
    def _on_playback_began(self, event: events.PlaybackBegan) -> None:
        line = self._playbacks.line(event.playback)
        if line is not None and self.state is State.SPEAKING:
            self._note("spoken", text=line)
            self._offline_said = self._offline_said or line is Line.OFFLINE
        elif event.playback == self._playbacks.playback and self.state in PLAYING:
            self._note("first_audio")

    @_on.register
    def _on_playback_ended(self, event: events.PlaybackEnded) -> None:
        self._playbacks.over(event.playback)
        if event.playback != self._playbacks.playback or self.state not in _SOUNDING:
            return
        if self.state is State.RINGING:
            self.timers.rang(event.seconds)
            self._rest()
            return
        if self.state in PLAYING:
            self._note("played", seconds=round(event.seconds, 3))
            self._orders.append(commands.SendPlayed())
        self._next()

    @_on.register
    def _on_playback_failed(self, event: events.PlaybackFailed) -> None:
        self._playbacks.over(event.playback)
        if event.playback != self._playbacks.playback or self.state not in _SOUNDING:
            return
        if self.state is State.RINGING:
            self.timers.rang(RECOVER_SECONDS)
            self._rest(soon=True)
            return
        if self.state in PLAYING:
            self._note("error", code="speaker", text=event.reason)
            self._orders.append(commands.SendPlayed())  # Home Assistant must not wait for what never comes
        self._end()

    @_on.register
    def _on_elapsed(self, event: events.Elapsed) -> None:
        if self.deadline is None or event.deadline != self.deadline.number:
            return
        match self.state:
            case State.LISTENING if self._awaited:  # nobody hears: nothing came of what was asked
                self._note("unanswered")
                self._stop_streaming()
                self._abandon()
                self._end()
            case State.LISTENING:  # Home Assistant answers the end of the audio at once
                self._think()
            case State.HEARING | State.THINKING:
                self._stop_streaming()
                self._note("error", code="timeout", text=f"nothing from Home Assistant while {self.state}")
                self._abandon()
                self._say(Line.WENT_WRONG)
            case State.REPLYING:
                self._note("error", code="timeout", text="the audio broke off")
                if self.turn is not None:
                    self._abandon()
                self._drain(Line.WENT_WRONG)
            case State.DRAINING | State.SPEAKING | State.RINGING:
                self._stuck()
            case State.SETTLING:
                self._follow_up()
            case _:
                self._abandoned = self._abandoned and self.state is not State.RECOVERING
                self._end()
