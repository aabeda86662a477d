"""Draws a simulated night as Athena's sleep log does: `python -m script.room.night_picture` draws docs/night.svg."""

import argparse
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Final, override

from custom_components.athena.agent.persona import load_persona
from custom_components.athena.brain.commands import BedExit, Command, RoomSetState
from custom_components.athena.brain.events import Event
from custom_components.athena.brain.house import House
from custom_components.athena.brain.night import Night
from custom_components.athena.brain.nights import Nights
from custom_components.athena.brain.settings import RoomSettings
from custom_components.athena.capabilities.sleep_log.words import LINES, NightWords
from custom_components.athena.const import LANGUAGE

from .simulator.drive import Drive
from .simulator.home import ROOM
from .simulator.night import draw_night

FILE: Final = Path(__file__).parents[2] / "docs" / "night.svg"
NUMBER: Final = 145
"""Of the simulated night that the docs show."""


class LoggedHouse(House):
    """A house whose one bedroom has a sleep log."""

    def __init__(self, settings: RoomSettings, nights: Nights) -> None:
        super().__init__([settings])
        self._nights = nights

    @override
    def handle(self, event: Event) -> tuple[Command, ...]:
        commands = super().handle(event)
        self._nights.take(event)
        return self._log(commands)

    @override
    def resume(self, at: datetime) -> tuple[Command, ...]:
        return self._log(super().resume(at))

    def _log(self, commands: tuple[Command, ...]) -> tuple[Command, ...]:
        at = self.rooms[ROOM].latest
        for command in commands:
            match command:
                case BedExit():
                    self._nights.leaves_bed(at)
                case RoomSetState(state=state, why=why):
                    self._nights.becomes(state, why, at)
        return commands


def log_night(number: int) -> tuple[Night | None, tzinfo]:
    """Return what the log keeps of a simulated night, and whose clocks it goes by; None where nobody slept."""
    simulated = draw_night(number)
    nights = Nights(simulated.settings)
    Drive(simulated, lambda settings: LoggedHouse(settings, nights)).run()
    return (nights.kept[-1] if nights.kept else None), simulated.settings.zone


def draw(number: int) -> str:
    """Return a simulated night as SVG."""
    night, zone = log_night(number)
    return NightWords(load_persona(LANGUAGE).with_lines(LINES), zone).picture(night)


def main() -> None:
    """Draw it."""
    parser = argparse.ArgumentParser(prog="python -m script.room.night_picture", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=FILE)
    parser.add_argument("--number", type=int, default=NUMBER, help="of the simulated night")
    arguments = parser.parse_args()
    arguments.file.write_text(draw(arguments.number), "utf-8")
    print(arguments.file)


if __name__ == "__main__":
    main()
