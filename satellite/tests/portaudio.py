"""Sound devices without sound hardware: ALSA's own file plugin, through the real PortAudio; or none of it is real."""

import threading
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest

from athena_satellite import portaudio
from athena_satellite.errors import PortAudioError

_ALSA: Final = Path("/usr/share/alsa/alsa.conf")


@dataclass(frozen=True, slots=True)
class Devices:
    """What the microphone hears, and what the speaker played: both as raw 16-bit."""

    heard: Path
    played: Path


@pytest.fixture
def devices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Devices:
    """Make devices `athena mic`, `athena speaker` and the default, or skip where ALSA or PortAudio is missing."""
    try:
        portaudio.load()
    except PortAudioError as err:
        pytest.skip(str(err))
    if not _ALSA.exists():
        pytest.skip("there is no ALSA here whose plugins could stand for hardware")
    made = Devices(tmp_path / "heard.raw", tmp_path / "played.raw")
    made.heard.write_bytes(bytes(32_000))
    config = tmp_path / "asound.conf"
    config.write_text(
        f"""
pcm.!default {{ type null }}
pcm.athena_mic {{ type file slave.pcm "null" file "/dev/null" infile "{made.heard}" format "raw" }}
pcm.athena_speaker {{ type file slave.pcm "null" file "{made.played}" format "raw" }}
"""
    )
    monkeypatch.setenv("ALSA_CONFIG_PATH", f"{_ALSA}:{config}")
    return made


class FakeError(Exception):
    """What the library raises."""


@dataclass(slots=True, eq=False)
class FakeCard:
    """A device on a socket."""

    name: str
    inputs: int = 0
    outputs: int = 0
    rate: int = 16_000
    plugged: bool = True
    takes: set[tuple[int, int]] | None = None
    """Rates and channels it can be opened with; None for all."""

    played: bytearray = field(default_factory=bytearray)
    lets_go: threading.Event = field(default_factory=threading.Event)
    """Cleared while the device hangs."""

    def __post_init__(self) -> None:
        self.lets_go.set()


class FakeStream:
    """An open device."""

    def __init__(self, library: "FakeSoundDevice", device: int, **options: Any) -> None:
        self._library = library
        self.card = library.listed[device]
        self.callback: Any = options.get("callback")
        self._finished = options.get("finished_callback")
        self.form = (options["samplerate"], options["channels"])
        if not library.accepts(self.card, *self.form):
            raise FakeError("Device unavailable")

    def start(self) -> None:
        self._library.streams.append(self)

    def write(self, data: bytes) -> bool:
        self.card.lets_go.wait()
        if not self.card.plugged:
            raise FakeError("Unanticipated host error")
        self.card.played += data
        return False

    def finish(self) -> None:
        """End, as a stream does that was stopped or whose device is gone."""
        finished, self._finished = self._finished, None
        if finished is not None:
            finished()

    def stop(self) -> None:
        self.finish()

    abort = stop

    def close(self) -> None:
        self._library.streams.remove(self)


class FakeSoundDevice:
    """A stand-in for the library `sounddevice` and the sockets of the machine; the list is as old as its start."""

    PortAudioError = FakeError
    RawInputStream = RawOutputStream = property(lambda self: partial(FakeStream, self))

    def __init__(self, *cards: FakeCard) -> None:
        self.sockets = list(cards)
        self.listed: list[FakeCard] = []
        self.streams: list[FakeStream] = []
        self.broken = False
        self._initialized = 0
        self.starts = 0
        self.queries = 0

    def _initialize(self) -> None:
        if self.broken:
            raise FakeError("Internal PortAudio error")
        self._initialized += 1
        self.starts += 1
        self.listed = list(self.sockets)

    def _terminate(self) -> None:
        assert not self.streams, "a stream was open as the library was ended"
        self._initialized -= 1

    def query_devices(self, kind: str | None = None) -> Any:
        self.queries += 1
        told = [
            {
                "index": number,
                "name": card.name,
                "max_input_channels": card.inputs,
                "max_output_channels": card.outputs,
                "default_samplerate": float(card.rate),
            }
            for number, card in enumerate(self.listed)
        ]
        if kind is None:
            return told
        for one in told:
            if one[f"max_{kind}_channels"]:
                return one
        raise FakeError("Error querying device -1")

    def check_input_settings(self, *, device: int, channels: int, samplerate: int, dtype: str) -> None:  # noqa: ARG002
        if not self.accepts(self.listed[device], samplerate, channels):
            raise FakeError("Invalid sample rate")

    check_output_settings = check_input_settings

    def accepts(self, card: FakeCard, rate: int, channels: int) -> bool:
        return card.plugged and (card.takes is None or (rate, channels) in card.takes)

    def hear(self, card: FakeCard, audio: bytes) -> bool:
        """Give sound to whoever has the microphone open; return whether somebody has."""
        streams = [stream for stream in self.streams if stream.card is card and stream.callback]
        for stream in streams:
            stream.callback(audio, len(audio) // 2, None, None)
        return bool(streams)

    def unplug(self, card: FakeCard) -> None:
        card.plugged = False
        self.sockets.remove(card)
        for stream in list(self.streams):
            if stream.card is card:
                stream.finish()

    def plug(self, card: FakeCard) -> None:
        card.plugged = True
        self.sockets.append(card)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeSoundDevice:
    """Put a machine without any device in the place of PortAudio."""
    library = FakeSoundDevice()
    monkeypatch.setattr(portaudio, "load", lambda: library)
    monkeypatch.setattr(portaudio, "_STATE", portaudio._State())
    return library
