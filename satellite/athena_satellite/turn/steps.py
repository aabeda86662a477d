"""The steps that a turn consists of. Pure: each adds to the orders, and enters a state where it ends in another."""

from typing import Final

from . import commands
from .follow_ups import FollowUps
from .phrases import Line
from .playbacks import Playbacks
from .policy import Policy
from .states import (
    ANSWER_SECONDS,
    BEGIN_SECONDS,
    COMMAND_SECONDS,
    DRAIN_SECONDS,
    ECHO_SECONDS,
    LINE_SECONDS,
    QUIET_SECONDS,
    RECOVER_SECONDS,
    ROUND_SECONDS,
    VOICE_SECONDS,
    Deadline,
    Home,
    State,
)
from .timers import Timer, Timers

PLAYING: Final = frozenset({State.REPLYING, State.DRAINING})
RESTING: Final = frozenset({State.IDLE, State.RINGING, State.RECOVERING})


class Steps:
    """What is known of the present turn, and each way in which it goes on."""

    def __init__(self, policy: Policy | None = None, *, muted: bool = False) -> None:
        self.state = State.IDLE
        self.home = Home.AWAY
        self.muted = muted
        self.turn: str | None = None
        self.deadline: Deadline | None = None
        self.timers = Timers((policy := policy or Policy()).ring_seconds)
        self._kept: tuple[tuple[Timer, ...], tuple[Timer, ...]] = ((), ())  # the timers that run, and those that ring
        self._policy = policy
        self._playbacks = Playbacks()
        self._follow_ups = FollowUps(policy.follow_ups)
        self._orders: list[commands.Command] = []
        self._deadlines = 0
        self._then: Line | None = None  # said once the present playback has ended
        self._patience = QUIET_SECONDS
        self._offline_said = False
        self._mute_unsaid = False
        self._scoring = False
        self._streaming = False
        self._asked = False  # whether Home Assistant looks for the wake word in what it is sent
        self._refused = False  # whether it would not, and that has been told
        self._abandoned = False
        self._awaited = False  # whether Home Assistant has yet to begin the turn it was asked for
        self._voice_told = False  # whether Home Assistant, as connected now, tells when a voice starts

    @property
    def wake_word_wanted(self) -> bool:
        """True while the wake word server is to hear: nothing runs, and nobody muted the microphone."""
        return self.state in RESTING and self._may_hear and not self._policy.remote_wake

    @property
    def listening(self) -> bool:
        """True while the wake word would begin a turn: it is listened for, and Home Assistant is there."""
        heard = self._streaming if self._policy.remote_wake else self.wake_word_wanted and self._scoring
        return heard and self.state is State.IDLE and self.home is Home.CONNECTED

    @property
    def _may_hear(self) -> bool:
        return self.home is not Home.PAUSED and not self.muted

    def _begin(self, turn: str, name: str) -> None:
        self.turn = turn
        self._follow_ups.woken()
        self._refused = False
        self._note("wake", name=name)

    def _follow_up(self) -> None:
        """Listen to the answer to a question, as a turn that no wake word begins."""
        asked = self.turn or ""
        self._note("end")
        self.turn = self._follow_ups.begin(asked)
        self._note("follow_up")
        self._hear(commands.StartStreaming(turn=self.turn))

    def _hear(self, order: commands.StartStreaming) -> None:
        self._streaming = True
        self._orders.append(order)
        self._awaited = True
        self._enter(State.LISTENING, BEGIN_SECONDS)

    def _listen(self) -> None:
        self._awaited = False
        untold = ANSWER_SECONDS if self._follow_ups.row else COMMAND_SECONDS
        self._enter(State.LISTENING, VOICE_SECONDS if self._voice_told else untold)

    def _think(self) -> None:
        if self._streaming and self._policy.heard_chime:
            self._stop_streaming()
            self._orders.append(self._playbacks.acknowledge())
        self._stop_streaming()
        self._enter(State.THINKING, self._patience)

    def _drain(self, then: Line | None) -> None:
        """Let the audio play to its end; a turn is told what went wrong with it, an announcement is not."""
        self._then = then if self.turn is not None else None
        self._orders.append(self._playbacks.finish())
        self._enter(State.DRAINING, self._playbacks.owed_seconds + DRAIN_SECONDS)

    def _next(self) -> None:
        if self._then is not None:
            line, self._then = self._then, None
            self._say(line)
        elif self.turn is not None and self._follow_ups.due and self.home is Home.CONNECTED and not self.muted:
            self._enter(State.SETTLING, ECHO_SECONDS)
        else:
            self._end()

    def _say(self, line: Line) -> None:
        self._stop_streaming()
        self._follow_ups.dropped()
        self._orders.append(self._playbacks.say(line))
        self._enter(State.SPEAKING, LINE_SECONDS)

    def _keep_timers(self) -> None:
        """Have the timers kept as they are now, if anything became of one."""
        timers, ringing = self.timers.all, self.timers.ringing
        if (timers, ringing) != self._kept:
            self._kept = timers, ringing
            lines = self.timers.lines
            self._orders.append(commands.KeepTimers(timers=timers, ringing=ringing, lines=lines, turn=self.turn))

    def _silence(self) -> None:
        """Let no timer ring any longer."""
        self.timers.silence()
        self._note("silenced")
        self._rest()

    def _end(self) -> None:
        if self.turn is not None:
            self._note("end")
            self.turn = None
        self._rest()

    def _rest(self, *, soon: bool = False) -> None:
        """Do nothing, or what was put off until nothing runs; `soon` not at once."""
        self._then = None
        self._patience = QUIET_SECONDS
        self._orders.extend(self._playbacks.rest())
        self.state = State.IDLE
        self.deadline = None
        remote = self._policy.remote_wake and self.home is Home.CONNECTED and self._may_hear
        if soon or (remote and self._abandoned):
            self._enter(State.RECOVERING, RECOVER_SECONDS)
        elif (line := self._unsaid()) is not None:
            self._say(line)
        else:
            if remote and not self._streaming:
                self._streaming = True
                self._orders.append(commands.StartWaking(ask=not self._asked))
                self._asked = True
            if self.timers.ringing:
                self._orders.append(self._playbacks.ring(self.timers.alarm))
                self._enter(State.RINGING, ROUND_SECONDS)

    def _unsaid(self) -> Line | None:
        """Return what was put off, once."""
        if self._mute_unsaid:
            self._mute_unsaid = False
            return Line.MICROPHONE_OFF if self.muted else Line.MICROPHONE_ON
        if self._offline_said and self.home is Home.CONNECTED:
            self._offline_said = False
            return Line.BACK_ONLINE
        return None

    def _stop_streaming(self) -> None:
        if self._streaming:
            self._streaming = False
            self._orders.append(commands.StopStreaming())

    def _enter(self, state: State, seconds: float) -> None:
        self._deadlines += 1
        self.state = state
        self.deadline = Deadline(number=self._deadlines, seconds=seconds)

    def _note(self, step: str, **details: commands.Detail) -> None:
        self._orders.append(commands.Note(step=step, turn=self.turn, details=details))

    def _abandon(self) -> None:
        self._abandoned = True
        self._asked = False
        self._orders.append(commands.AbandonPipeline())

    def _stuck(self) -> None:
        self._note("error", code="speaker", text="the speaker does not come to an end")
        if self.state in PLAYING:
            self._orders.append(commands.SendPlayed())
        self.timers.rang(ROUND_SECONDS if self.state is State.RINGING else 0.0)
        self._end()
