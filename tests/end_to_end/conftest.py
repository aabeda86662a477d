"""A house for the whole session, on free ports and in a folder of its own."""

import sys
from collections.abc import AsyncIterator
from importlib.metadata import version
from pathlib import Path

import pytest
import pytest_asyncio
import pytest_socket

from script.house.device import Device
from script.house.home_assistant import RELEASES
from script.house.house import ROOT, House, Settings, running
from script.house.ports import Ports
from script.house.recording import BUILT_IN, Recording, read
from script.house.voice import SATELLITE_NAME

PEOPLE = ROOT.parent / "shared" / "audio"

RECOVERIES = pytest.StashKey[dict[str, float]]()
"""Seconds from the start of a killed process until the house was whole again, by the name of the process."""


@pytest.fixture(autouse=True)
def verify_cleanup() -> None:
    """Let the house outlive a test; takes the place of the Home Assistant plugin's fixture."""


@pytest.fixture(autouse=True)
def _sockets(socket_enabled: None) -> None:
    """Let a test use sockets: the Home Assistant plugin forbids them anew before each; 127.0.0.1 is all they reach."""


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shared_house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """Return a house in which all of it runs."""
    pytest_socket.enable_socket()  # this comes before a test's own fixtures
    settings = Settings(
        release=RELEASES[version("homeassistant")],
        environment=Path(sys.prefix),
        folder=tmp_path_factory.mktemp("house"),
        ports=Ports.free(),
        components=(ROOT / "custom_components" / "athena", Path(__file__).with_name("talker")),
    )
    async with running(settings, lambda _: None) as house:
        yield house


@pytest_asyncio.fixture(loop_scope="session")
async def house(shared_house: House) -> House:
    """Return the house, whole and with all lights off."""
    await shared_house.until_whole()
    async with shared_house.home_assistant.client() as client:
        await client.post("/api/services/light/turn_off", {"entity_id": "all"})
    return shared_house


@pytest_asyncio.fixture(loop_scope="session")
async def device(house: House) -> AsyncIterator[Device]:
    """Return the house's own satellite as Home Assistant shows it."""
    async with house.home_assistant.client() as client:
        yield await Device.named(client, SATELLITE_NAME)


@pytest.fixture(scope="session")
def request_for_light() -> Recording:
    """Return the demo's own recording: the wake word, then "turn on the living room lamp"."""
    return read(BUILT_IN)


@pytest.fixture(scope="session")
def short_request() -> Recording:
    """Return the wake word, then "turn on the lamp"."""
    return read(ROOT / "script" / "house" / "turn_on_the_lamp.wav")


@pytest.fixture(scope="session")
def lamp_alone() -> Recording:
    """Return "turn on the living room lamp" without a wake word."""
    return read(ROOT / "wyoming_servers" / "tests" / "audio" / "rms_turn_on_the_living_room_lamp.wav")


@pytest.fixture(scope="session")
def people() -> dict[str, Recording]:
    """Return the recordings of people, by name."""
    if not PEOPLE.is_dir():
        pytest.skip(f"{PEOPLE} is not there")
    return {file.stem: read(file) for file in PEOPLE.glob("*.wav")}


@pytest.fixture
def recoveries(request: pytest.FixtureRequest) -> dict[str, float]:
    """Return where the times to recover are gathered."""
    return request.config.stash.setdefault(RECOVERIES, {})


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the times to recover."""
    if recoveries := terminalreporter.config.stash.get(RECOVERIES, None):
        terminalreporter.section("seconds from a killed process's start to a whole house")
        for name, seconds in recoveries.items():
            terminalreporter.line(f"{name:<28}{seconds:6.1f}")
