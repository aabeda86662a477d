"""The settings of one satellite: each is described here, once, for the command line, the file and the documents."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from .address import Address
from .setting_kinds import ADDRESS, PATH, TEXT, YES_NO, Kind, choice, count, number
from .turn.follow_ups import FOLLOW_UPS
from .turn.timers import RING_SECONDS

DEVICE: Final = "device"

_DESCRIPTION: Final = "setting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What is said of a setting, everywhere."""

    kind: Kind[Any]
    says: str
    key: str | None = None
    example: object = None


def described(kind: Kind[Any], says: str, *, key: str | None = None, example: object = None) -> Mapping[str, Any]:
    """Return the metadata of a field: its kind, one line about it, its name in TOML where that is not the field's.

    `example` stands in the example file where there is no default.
    """
    return {_DESCRIPTION: Description(kind=kind, says=says, key=key, example=example)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the settings file and the command line decide."""

    name: str = field(metadata=described(TEXT, "the satellite's name in Home Assistant", example="Living Room"))

    area: str | None = field(
        default=None,
        metadata=described(TEXT, "the area Home Assistant suggests for it", example="Living Room"),
    )

    address: Address = field(
        default=Address("127.0.0.1", 10700), metadata=described(ADDRESS, "where Home Assistant dials", key="uri")
    )

    wake: Address = field(
        default=Address("127.0.0.1", 10400), metadata=described(ADDRESS, "the wake word server", key="wake_uri")
    )

    tts: Address = field(
        default=Address("127.0.0.1", 10200),
        metadata=described(ADDRESS, "the text-to-speech server, for the satellite's own lines", key="tts_uri"),
    )

    wake_word: str = field(default="hey_jarvis", metadata=described(TEXT, "name of the wake word server's model"))

    pre_roll_seconds: float = field(
        default=0.15,
        metadata=described(
            number(0, 2, "seconds"), "audio from before the wake word's end that is sent as well", key="pre_roll"
        ),
    )
    """Where a word ends is an estimate: people's "hey Jarvis" ended up to 0.12 s before the micro engine's."""

    remote_wake: bool = field(
        default=False,
        metadata=described(YES_NO, "let Home Assistant hear everything and find the wake word itself"),
    )

    follow_ups: int = field(
        default=FOLLOW_UPS,
        metadata=described(
            count(0, 20, "questions"),
            "how many questions in a row may be answered without the wake word; 0 for none",
        ),
    )

    heard_chime: bool = field(
        default=False,
        metadata=described(YES_NO, "play a short sound once a command has been heard"),
    )
    """Off, since the reply says as much, mostly within a second; for an agent that thinks for longer."""

    announcement_chime: bool = field(
        default=True,
        metadata=described(YES_NO, "play a chime before each announcement"),
    )

    ring_seconds: float = field(
        default=RING_SECONDS,
        metadata=described(number(5, 3600, "seconds"), "how long a timer rings while nobody stops it"),
    )

    memory: Path | None = field(
        default=None,
        metadata=described(
            PATH,
            "keep timers and a microphone that is off over a restart, in this file",
            example="~/.local/state/athena/satellite.json",
        ),
    )

    microphone: str = field(
        default=DEVICE,
        metadata=described(
            TEXT,
            "device, device:NAME (see `athena-satellite devices`), "
            "wav:FILE, heard once Home Assistant has connected, or wav:FOLDER",
        ),
    )

    speaker: str = field(
        default=DEVICE,
        metadata=described(TEXT, "device, device:NAME (see `athena-satellite devices`) or wav:FOLDER"),
    )

    trace: Path | None = field(
        default=None,
        metadata=described(PATH, "append each step of each turn, as JSON Lines", example="/tmp/athena-trace.jsonl"),  # noqa: S108
    )

    log_level: str = field(
        default="info",
        metadata=described(
            choice("debug", "info", "warning", "error"), "the least that is logged: debug, info, warning or error"
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A field of Settings, with what is said of it."""

    field: str
    key: str
    """Its name in TOML."""

    kind: Kind[Any]
    says: str
    needed: bool
    default: Any
    example: object

    @property
    def flag(self) -> str:
        """Its name on the command line."""
        return f"--{self.key.replace('_', '-')}"


def _option(one: dataclasses.Field[Any], description: Description) -> Option:
    needed = one.default is dataclasses.MISSING
    default = None if needed else one.default
    return Option(
        field=one.name,
        key=description.key or one.name,
        kind=description.kind,
        says=description.says,
        needed=needed,
        default=default,
        example=description.example if default is None else default,
    )


OPTIONS: Final = tuple(
    _option(one, one.metadata[_DESCRIPTION]) for one in dataclasses.fields(Settings) if _DESCRIPTION in one.metadata
)
