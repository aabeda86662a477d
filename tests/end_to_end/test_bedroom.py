"""A night in the bedroom, and whatever happens to Home Assistant meanwhile: an alarm rings until somebody is up."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
import pytest_socket

from custom_components.athena.audio.clips import SOUNDS, render_clips
from script.house.bedroom import (
    ALARM_EVENT,
    LIGHT,
    OTHER_LIGHT,
    RINGING,
    ROOM,
    SATELLITE_AREA,
    SATELLITE_NAME,
    Bedroom,
)
from script.house.client import Event
from script.house.guest import Guest, guest
from script.house.house import House
from script.house.processes import until

from .sounds import frames

pytestmark = pytest.mark.asyncio(loop_scope="session")

SHIMMER = {(255, 215, 0), (255, 193, 7), (255, 236, 179)}
"""#FFD700, #FFC107, #FFECB3."""
SHIMMERS = timedelta(seconds=2.5)
HONEY_GOLD = ((255, 215, 0), round(0.7 * 255))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def satellite(shared_house: House) -> AsyncIterator[Guest]:
    """Return a satellite in the bedroom."""
    pytest_socket.enable_socket()  # this comes before a test's own fixtures
    await shared_house.until_whole()
    async with guest(shared_house, SATELLITE_NAME, area=SATELLITE_AREA) as one:
        yield one


@pytest_asyncio.fixture(loop_scope="session")
async def bedroom(house: House, satellite: Guest) -> AsyncIterator[Bedroom]:
    """Return the bedroom, in which nobody is before the test and after it."""
    async with house.home_assistant.client() as client:
        room = Bedroom(client, satellite.microphone, house.home_assistant.process)
        await room.leave()
        await house.home_assistant.until_saved()  # else Home Assistant forgets what stands where when it is killed
        yield room
        await room.leave()


@pytest.fixture(scope="session")
def chimes(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, ...]:
    """Return the clips of the alarm, as the satellite plays them."""
    folder = tmp_path_factory.mktemp("clips")
    clips = {name: clip for name, clip in render_clips().items() if name.startswith(SOUNDS["alarm"].key)}
    for name, clip in clips.items():
        (folder / name).write_bytes(clip)
    return tuple(frames(folder / name) for name in clips)


def is_one_of(chimes: tuple[bytes, ...], file: Path) -> bool:
    return frames(file).endswith(chimes)


async def until_rings(bedroom: Bedroom, event_type: str, due: datetime) -> str:
    """Wait until Athena tells that this occurrence rings, and return the id of the alarm."""
    told = await bedroom.until_state(RINGING, "on")
    event = (await bedroom.told(ALARM_EVENT))["attributes"]
    assert (event["event_type"], datetime.fromisoformat(event["occurrence"])) == (event_type, due)
    assert told["attributes"]["alarms"] == [event["alarm"]]
    return str(event["alarm"])


async def test_an_alarm_rings_though_home_assistant_is_killed_a_second_before(
    house: House, bedroom: Bedroom, chimes: tuple[bytes, ...]
) -> None:
    await bedroom.lie_down()
    due = await bedroom.set_alarm(4)

    async def almost() -> bool | None:
        return datetime.now(UTC) >= due - timedelta(seconds=1) or None

    await until("the second before", almost, within=60)
    assert (await bedroom.told(RINGING))["state"] == "off"
    await house.home_assistant.process.kill()
    killed_at = datetime.now(UTC)
    assert killed_at < due
    await house.home_assistant.process.start()
    await house.home_assistant.until_up()
    await until_rings(bedroom, "ringing", due)
    await bedroom.until_heard(killed_at, lambda file: is_one_of(chimes, file))


async def test_an_alarm_that_rings_while_home_assistant_is_killed_rings_again_and_ends_out_of_bed(
    house: House, bedroom: Bedroom, chimes: tuple[bytes, ...]
) -> None:
    await bedroom.lie_down()
    began_at = datetime.now(UTC)
    due = await bedroom.set_alarm(2)
    alarm = await until_rings(bedroom, "ringing", due)
    await bedroom.until_heard(began_at, lambda file: is_one_of(chimes, file))
    await house.home_assistant.process.kill()
    killed_at = datetime.now(UTC)
    await house.home_assistant.process.start()
    await house.home_assistant.until_up()
    assert await until_rings(bedroom, "ringing_again", due) == alarm
    await bedroom.until_heard(killed_at, lambda file: is_one_of(chimes, file))
    await bedroom.lie_down()  # the mat of this house forgets who lies on it
    await bedroom.until_state("binary_sensor.bedroom_bed_mat", "on")
    assert (await bedroom.told(RINGING))["state"] == "on"
    await bedroom.stand_up()
    await bedroom.until_state(RINGING, "off")
    event = (await bedroom.told(ALARM_EVENT))["attributes"]
    assert (event["event_type"], event["alarm"], event["why"]) == ("stopped", alarm, "out_of_bed")


async def test_alarms_outlive_a_half_written_store_and_a_repair_tells_of_it(house: House, bedroom: Bedroom) -> None:
    await bedroom.set_alarm(3600)
    before = await bedroom.ask("athena.list_alarms", room=ROOM)
    assert len(before["alarms"]) == 2
    await house.home_assistant.process.stop()
    store = house.home_assistant.folder / ".storage" / "athena"
    written = store.read_bytes()
    store.write_bytes(written[: len(written) // 2])
    await house.home_assistant.process.start()
    await house.home_assistant.until_up()
    assert await bedroom.ask("athena.list_alarms", room=ROOM) == before
    assert [file.read_bytes() for file in store.parent.glob("athena.corrupt.*")] == [written[: len(written) // 2]]
    async with house.home_assistant.client() as client, client.websocket() as socket:

        async def issues() -> list[str]:
            listed = (await socket.command("repairs/list_issues"))["issues"]
            return [issue["issue_id"] for issue in listed if issue["domain"] == "athena" and not issue["ignored"]]

        [issue] = await issues()
        flow = await client.post("/api/repairs/issues/fix", {"handler": "athena", "issue_id": issue})
        await client.post(f"/api/repairs/issues/fix/{flow['flow_id']}")
        assert await issues() == []


async def test_who_comes_in_is_met_by_a_shimmer_that_ends_in_honey_gold(house: House, bedroom: Bedroom) -> None:
    async with house.home_assistant.client() as client, client.websocket() as socket:
        await socket.subscribe("state_changed")
        await bedroom.move()
        looks: list[tuple[tuple[int, ...], int]] = []

        async def settled() -> bool | None:
            shown = [event.data["new_state"]["attributes"] for event in await socket.events() if is_of(event, LIGHT)]
            looks.extend((tuple(look["rgb_color"]), look["brightness"]) for look in shown if look["rgb_color"])
            return ({color for color, _ in looks} >= SHIMMER and looks[-1] == HONEY_GOLD) or None

        await until("honey gold", settled, within=60)
    assert await house.state("sensor.bedroom_scene") == "entry"


async def test_a_person_who_turns_a_light_off_ends_the_shimmer(house: House, bedroom: Bedroom) -> None:
    async with house.home_assistant.client() as client, client.websocket() as socket:
        await bedroom.move()
        await bedroom.until_state(LIGHT, "on")
        await bedroom.do("light.turn_off", entity_id=LIGHT)
        await bedroom.until_state("sensor.bedroom_scene", "unknown")
        await socket.subscribe("state_changed")
        touched_at = datetime.now(UTC)

        async def over() -> bool | None:
            return datetime.now(UTC) > touched_at + SHIMMERS or None

        await until("the time that the shimmer would have taken", over, within=60)
        assert not [event for event in await socket.events() if is_of(event, LIGHT) or is_of(event, OTHER_LIGHT)]
    assert await house.state(LIGHT) == "off"


def is_of(event: Event, entity_id: str) -> bool:
    return bool(event.data["entity_id"] == entity_id and event.data["new_state"] is not None)
