"""What the turn knows of the speaker: which playback is which, and how much was given to it. Pure."""

from athena_satellite.audio import Format

from . import commands
from .phrases import Line


class Playbacks:
    """Numbers each playback; only the newest one matters to the turn."""

    def __init__(self) -> None:
        self.playback = 0
        self.owed_seconds = 0.0
        """Audio received since the speaker was last quiet; how much of it has been played is not known."""
        self._form: Format | None = None
        self._line: Line | None = None  # what the present playback says, if it is a line
        self._sounding: list[int] = []  # playbacks that have not ended

    def play(self, form: Format, *, chime: bool) -> commands.Play:
        """Begin to play what arrives."""
        self._form = form
        return commands.Play(playback=self._begin(None), form=form, chime=chime)

    def feed(self, audio: bytes) -> commands.Feed:
        """Play on."""
        if self._form is not None:
            self.owed_seconds += len(audio) / self._form.bytes_per_second
        return commands.Feed(playback=self.playback, audio=audio)

    def finish(self) -> commands.FinishPlaying:
        """Let it play to its end."""
        return commands.FinishPlaying(playback=self.playback)

    def stop(self) -> commands.StopPlaying:
        """Break it off."""
        self._sounding.remove(self.playback)
        return commands.StopPlaying(playback=self.playback)

    def say(self, line: Line) -> commands.Say:
        """Play a line of the satellite's own."""
        return commands.Say(playback=self._begin(line), line=line)

    def ring(self, lines: tuple[str, ...]) -> commands.Ring:
        """Play a round of the alarm."""
        return commands.Ring(playback=self._begin(None), lines=lines)

    def acknowledge(self) -> commands.Acknowledge:
        """Play the short sound."""
        return commands.Acknowledge(playback=self._begin(None))

    def line(self, playback: int) -> Line | None:
        """Return what a playback says, if it is the present one and a line."""
        return self._line if playback == self.playback else None

    def over(self, playback: int) -> None:
        """Note that a playback has ended, and with it those that began before."""
        self._sounding = [number for number in self._sounding if number > playback]

    def rest(self) -> tuple[commands.StopPlaying, ...]:
        """Be quiet; return what that takes."""
        self.owed_seconds = 0.0
        self._line = None
        unfinished, self._sounding = self._sounding, []
        return tuple(commands.StopPlaying(playback=number) for number in unfinished)

    def _begin(self, line: Line | None) -> int:
        self.playback += 1
        self._line = line
        self._sounding.append(self.playback)
        return self.playback
