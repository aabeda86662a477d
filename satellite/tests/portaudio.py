"""Sound devices without sound hardware: ALSA's own file plugin, through the real PortAudio."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

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
