"""The blueprints in a home: made into automations and scripts, and each one's form as a person sees it."""

import shutil
from pathlib import Path
from typing import Any, Final

from .browser import Page
from .client import Client
from .home import add_athena
from .home_assistant import HomeAssistant
from .set_up import Picture
from .settings import ROOT

BLUEPRINTS: Final = ROOT / "blueprints"
WIDTH: Final = 1000
SIDEBAR: Final = 256
"""Of the page and of what stands left of the form, in pixels: a page without a sidebar is twice as high."""

_HALL: Final = ["light.living_room_lamp", "light.living_room_ceiling_light"]
CHOSEN: Final[dict[str, tuple[str, int, dict[str, Any]]]] = {
    "room_light": ("automation", 1310, {"room": "living_room", "lights": _HALL}),
    "wake_up": ("automation", 1420, {}),
    "good_night": ("script", 1330, {"locked": ["lock.living_room_front_door"], "dark": _HALL}),
    "night_path": ("automation", 1380, {"lights": _HALL, "motion": ["binary_sensor.living_room_motion"]}),
    "quiet_guard": ("automation", 1410, {}),
    "scene_with_restore": ("script", 1280, {"room": "living_room", "lights": _HALL}),
    "empty_room_fade": ("automation", 1010, {"room": "living_room", "lights": _HALL}),
}
"""Name to domain, height of the picture in pixels, and what is chosen; the room is the bedroom unless it says so."""


def put_blueprints(folder: Path) -> None:
    """Put the blueprints into a configuration folder, as an import does."""
    shutil.copytree(BLUEPRINTS, folder / "blueprints", dirs_exist_ok=True)


async def instantiate(client: Client) -> None:
    """Make an automation or a script of each; Home Assistant refuses one that is not right."""
    for name, (domain, _, inputs) in CHOSEN.items():
        use = {"path": f"athena/{name}.yaml", "input": {"room": "bedroom", **inputs}}
        config = {"alias": name.replace("_", " ").capitalize(), "use_blueprint": use}
        await client.post(f"/api/config/{domain}/config/{name}", config)


async def show_forms(page: Page, home_assistant: HomeAssistant, picture: Picture) -> None:
    """Show the form of each blueprint, filled in for a room."""
    async with home_assistant.client() as client:
        await add_athena(client)
        await instantiate(client)
    await page.sign_in(home_assistant)
    for number, (name, (domain, height, _)) in enumerate(CHOSEN.items(), 1):
        await page.open(WIDTH, height)
        await page.show(f"{home_assistant.url}/config/{domain}/edit/{name}", ("Athena: ", "Version 1"))
        await picture(f"{number:02}-{name.replace('_', '-')}")
