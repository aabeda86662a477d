"""Which device a name means."""

import pytest

from athena_satellite.devices import Device, find, name_for_settings
from athena_satellite.errors import DeviceError


def device(name: str, *, index: int = 0, inputs: int = 1, outputs: int = 0) -> Device:
    return Device(index=index, name=name, inputs=inputs, outputs=outputs, rate=48_000)


MIC = device("USB PnP Sound Device: Audio (hw:1,0)")
JABRA = device("Jabra SPEAK 410 USB: Audio (hw:2,0)", index=1, outputs=2)
DEVICES = [MIC, JABRA, device("HDMI 0 (hw:0,3)", index=2, inputs=0, outputs=8)]


@pytest.mark.parametrize("name", ["Jabra", "jabra speak", "JABRA SPEAK 410 USB: Audio (hw:2,0)", "410 USB: Audio"])
def test_a_part_of_the_name_is_enough_in_capitals_or_not(name: str) -> None:
    assert find(name, DEVICES, "input") is JABRA


def test_a_device_is_found_again_when_its_number_has_changed() -> None:
    moved = device("USB PnP Sound Device: Audio (hw:3,0)", index=5)
    assert find(MIC.name, [JABRA, moved], "input") is moved
    assert find("PnP Sound Device: Audio (hw:1,0)", [JABRA, moved], "input") is moved


def test_of_two_that_are_alike_the_number_tells() -> None:
    twin = device("USB PnP Sound Device: Audio (hw:4,0)", index=4)
    assert find(MIC.name, [MIC, twin], "input") is MIC
    with pytest.raises(
        DeviceError,
        match=r"^'pnp' fits more than one of the microphones: 'USB .* \(hw:1,0\)', 'USB .* \(hw:4,0\)'$",
    ):
        find("pnp", [MIC, twin], "input")


def test_a_whole_name_comes_before_a_part_of_another() -> None:
    default, other = device("default"), device("default too", index=1)
    assert find("Default", [other, default], "input") is default


def test_a_device_that_cannot_play_is_no_speaker() -> None:
    with pytest.raises(DeviceError, match=r"^there is no 'PnP' among the speakers: 'Jabra SPEAK 410"):
        find("PnP", DEVICES, "output")
    with pytest.raises(DeviceError, match=r"^there is no 'x' among the microphones: none$"):
        find("x", [], "input")


def test_the_name_for_the_settings_lasts_unless_another_has_it_too() -> None:
    twin = device("USB PnP Sound Device: Audio (hw:4,0)", index=4)
    assert name_for_settings(MIC, DEVICES, "input") == "USB PnP Sound Device: Audio"
    assert name_for_settings(MIC, [MIC, twin], "input") == MIC.name
    assert name_for_settings(device("default"), DEVICES, "input") == "default"
