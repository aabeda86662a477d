"""Pictures of the dashboard and of the set-up, taken by a headless Chromium."""

import asyncio
import io
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Final

from PIL import Image

from .blueprints import SIDEBAR, put_blueprints, show_forms
from .browser import browser
from .errors import HouseError
from .home import MOTION
from .home_assistant import RELEASES
from .house import running
from .ports import Ports
from .recording import BUILT_IN, read
from .set_up import home_without_athena, set_up
from .settings import ROOT, Settings

SET_UP: Final = "set-up"
BLUEPRINTS: Final = "blueprints"
_COLORS: Final = 192


def main() -> None:
    """Take the picture, or those of the set-up; ends the process with 1 where that is not possible."""
    asked = sys.argv[1] if len(sys.argv) > 1 else None
    try:
        match asked:
            case _ if asked == SET_UP:
                asyncio.run(_set_up())
            case _ if asked == BLUEPRINTS:
                asyncio.run(_blueprints())
            case _:
                asyncio.run(_dashboard(Path(asked or ROOT / "docs" / "dashboard.png")))
    except HouseError as err:
        sys.exit(f"picture: {err}")


async def _dashboard(file: Path) -> None:
    """Take the picture of the living room, once the lamp is on and somebody is there."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            release=RELEASES[version("homeassistant")],
            environment=Path(sys.prefix),
            folder=Path(folder) / "house",
            ports=Ports.free(),
        )
        async with running(settings, lambda what: print(f"  {what}")) as house:
            await house.say([read(BUILT_IN)])
            async with house.home_assistant.client() as client:
                await client.post("/api/services/input_boolean/turn_on", {"entity_id": MOTION["living_room"]})
            async with browser(Path(folder) / "browser") as page:
                await page.sign_in(house.home_assistant)
                await page.show(f"{house.home_assistant.url}/home/areas-living_room", ("Lamp", "Occupied", "Focus"))
                _keep(file, await page.picture())


async def _set_up() -> None:
    """Take a picture of every step of the set-up."""
    with tempfile.TemporaryDirectory() as folder:
        async with home_without_athena(Path(folder)) as home_assistant, browser(Path(folder) / "browser") as page:

            async def keep(name: str) -> None:
                _keep(ROOT / "docs" / SET_UP / f"{name}.png", await page.picture())

            await set_up(page, home_assistant, keep)


async def _blueprints() -> None:
    """Take a picture of the form of every blueprint."""
    with tempfile.TemporaryDirectory() as folder:
        async with home_without_athena(Path(folder)) as home_assistant, browser(Path(folder) / "browser") as page:
            put_blueprints(home_assistant.folder)

            async def keep(name: str) -> None:
                _keep(ROOT / "docs" / BLUEPRINTS / f"{name}.png", await page.picture(), left=SIDEBAR)

            await show_forms(page, home_assistant, keep)


def _keep(file: Path, picture: bytes, *, left: int = 0) -> None:
    """Write a picture in fewer colours: a page has not many. What is left of `left` pixels is cut off."""
    file.parent.mkdir(parents=True, exist_ok=True)
    page = Image.open(io.BytesIO(picture)).convert("RGB")
    page.crop((left, 0, *page.size)).quantize(_COLORS).save(file, optimize=True)
    print(file)


if __name__ == "__main__":
    main()
