"""Devices by name, through the real PortAudio."""

import ctypes.util
import sys

import pytest

from athena_satellite import portaudio
from athena_satellite.audio import HEARD, Format
from athena_satellite.errors import DeviceError, PortAudioError
from tests.portaudio import Devices


def nothing(*_: object) -> None:
    """Hear nothing."""


def test_a_machine_without_portaudio_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(ctypes.util, "find_library", lambda _: None)
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(PortAudioError, match=r"^PortAudio is not installed; on Debian: apt install libportaudio2$"):
        portaudio.load()


@pytest.mark.parametrize("name", ["", "athena_mic", "MIC"])
def test_a_microphone_is_found_by_its_name_or_a_part_of_it(devices: Devices, name: str) -> None:
    stream, form = portaudio.open_input(name, nothing, nothing, block_seconds=0.03)
    portaudio.close(stream, at_once=True)
    assert form == HEARD


def test_a_speaker_plays_at_the_rate_of_what_it_plays(devices: Devices) -> None:
    stream, form = portaudio.open_output("athena_speaker", Format(rate=22_050, width=2, channels=1))
    portaudio.close(stream)
    assert form == Format(rate=22_050, width=2, channels=1)


def test_a_device_that_is_not_there_is_named_with_those_that_are(devices: Devices) -> None:
    with pytest.raises(DeviceError, match=r"^there is no 'Jabra' among the microphones: .*'athena_mic'"):
        portaudio.open_input("Jabra", nothing, nothing, block_seconds=0.03)


def test_a_name_that_fits_more_than_one_device_is_refused(devices: Devices) -> None:
    with pytest.raises(DeviceError, match=r"^'athena' fits more than one of the microphones: 'athena_mic', 'athena_s"):
        portaudio.open_input("athena", nothing, nothing, block_seconds=0.03)


def test_a_device_that_appears_later_is_found(devices: Devices, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.delenv("ALSA_CONFIG_PATH")
        with pytest.raises(DeviceError):
            portaudio.open_output("athena_speaker", HEARD)
    stream, _ = portaudio.open_output("athena_speaker", HEARD)
    portaudio.close(stream)
