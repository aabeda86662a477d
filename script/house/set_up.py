"""A walk through the set-up of Athena, as a person sees it: a room, a scene and an alarm, from the browser alone."""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from importlib.metadata import version
from pathlib import Path
from sys import prefix
from typing import Final

from .browser import Page
from .home import CONFIGURATION, furnish
from .home_assistant import RELEASES, HomeAssistant
from .ports import Ports
from .settings import ROOT

SIZE: Final = (1100, 1560)
"""Of the page, in pixels: the longest form fits."""

SCENE: Final = "Reading"
ALARM: Final = "Work"
BIRTHDAY: Final = "24 December"
WORKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
PAGE: Final = "/config/integrations/integration/athena"

type Picture = Callable[[str], Awaitable[None]]
"""Keeps what the page shows, under a name."""


@contextlib.asynccontextmanager
async def home_without_athena(folder: Path) -> AsyncIterator[HomeAssistant]:
    """Start a furnished home in which nobody has added Athena yet, for as long as it is needed."""
    home_assistant = HomeAssistant(
        RELEASES[version("homeassistant")],
        environment=Path(prefix),
        folder=folder / "home",
        port=Ports.free().home_assistant,
        logs=folder / "logs",
    )
    home_assistant.prepare(CONFIGURATION, [ROOT / "custom_components" / "athena"])
    await home_assistant.start()
    try:
        await home_assistant.until_up()
        async with home_assistant.client() as client:
            await furnish(client)
        yield home_assistant
    finally:
        await home_assistant.process.stop()


async def set_up(page: Page, home_assistant: HomeAssistant, picture: Picture) -> None:
    """Set up Athena, a room, a scene, a birthday, and an alarm in two rooms; in one nothing can tell who is up."""
    await page.open(*SIZE)
    await page.sign_in(home_assistant)
    await add_athena(page, home_assistant, picture)
    await add_bedroom(page, picture)
    await add_scene(page, picture)
    await add_alarm(page, picture)
    await add_alarm_without_witness(page, picture)
    await set_small_things(page, picture)
    await page.click("Bedroom")  # the last of that name is its device
    await page.until_shown("Next alarm", ALARM, SCENE)
    await picture("09-device")
    await page.show(f"{home_assistant.url}/home/areas-bedroom", (SCENE, "Occupancy"))
    await picture("10-room")


async def add_athena(page: Page, home_assistant: HomeAssistant, picture: Picture) -> None:
    """Settings → Devices & services → Add integration → Athena."""
    await page.show(f"{home_assistant.url}/config/integrations/dashboard", ("Add integration",))
    await page.click_until("Add integration", "Select brand")
    await page.click_field("Search for a brand name")
    await page.type("Athena")
    await page.click("Athena")
    await page.until_shown("Your name")
    await picture("01-integration")
    await page.click("Submit")
    await page.click("Skip and finish")
    await page.until_shown("Service info")
    await page.show(f"{home_assistant.url}{PAGE}", ("Add room", "Add scene"))
    await picture("02-athena")


async def add_bedroom(page: Page, picture: Picture) -> None:
    """Add room: the area, and what stands in and beside the bed."""
    await page.click_until("Add room", "Add a room")
    await page.choose("Area", "Bedroom")
    await picture("03-room")
    await page.click("Bed")
    await page.choose("Select an entity", "Bed mat", within="Bed sensors")
    await picture("04-bed")
    await page.choose("Select an entity", "Posture", within="Posture sensor")
    await page.choose("Select an entity", "Bedside button", within="Button beside the bed")
    await finish(page, "Created configuration for Bedroom")


async def add_scene(page: Page, picture: Picture) -> None:
    """Add scene: how the lights of the room look in it."""
    await page.click_until("Add scene", "Add a scene")
    await page.click("Say how the lights shall look")
    await page.until_shown("How the lights look")
    await page.click_field("Name")
    await page.type(SCENE)
    await picture("05-scene")
    await finish(page, f"Created configuration for {SCENE}")


async def add_alarm(page: Page, picture: Picture) -> None:
    """Configure → Add an alarm: when it rings, and on which days."""
    await page.click_until("Configure", "Add an alarm")
    await picture("06-configure")
    await page.click("Add an alarm")
    await page.until_shown("Alarm in Bedroom")
    await page.click_field("hh")
    await page.type("6")
    await page.click_field("mm")
    await page.type("30")
    for day in WORKDAYS:
        await page.click(day)
    await page.click_field("Name")
    await page.type(ALARM)
    await page.click("Alarm in Bedroom")
    await picture("07-alarm")
    await page.click("Submit")
    await page.until_shown("nobody would hear it")  # this home has no voice satellite
    await finish(page, "Options successfully saved")


async def add_alarm_without_witness(page: Page, picture: Picture) -> None:
    """Add a room without a bed, and an alarm there: it is only set once a person has understood how it ends."""
    await page.click_until("Add room", "Add a room")
    await page.choose("Area", "Living Room")
    await finish(page, "Created configuration for Living Room")
    await page.click_until("Configure", "Add an alarm")
    await page.click("Add an alarm")
    await page.click("Living Room")
    await page.click("Submit")
    await page.until_shown("Alarm in Living Room")
    await page.click("Submit")
    await page.until_shown("Nothing in Living Room could tell that you have left the bed. Add a sensor")
    await picture("08-understood")
    await page.click_field("Only the app’s stop or the 30-minute cap ends it")
    await page.click("Submit")
    await page.until_shown("nobody would hear it")  # this home has no voice satellite
    await finish(page, "Options successfully saved")


async def set_small_things(page: Page, picture: Picture) -> None:
    """Configure → Small things: a birthday, and what there is besides."""
    await page.click_until("Configure", "Small things")
    await page.click("Small things")
    await page.until_shown("Playlists")
    await page.click("Greetings")
    await page.click_field("Your birthday")
    await page.type(BIRTHDAY)
    await picture("11-small-things")
    await finish(page, "Options successfully saved")


async def finish(page: Page, told: str) -> None:
    """Send a form, and leave the dialog once it has been taken in."""
    await page.click("Submit")
    await page.until_shown(told)
    await page.click("Finish")
    await page.until_gone(told)
