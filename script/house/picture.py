"""A picture of the dashboard, taken by a headless Chromium."""

import asyncio
import base64
import contextlib
import itertools
import json
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import aiohttp

from .errors import HouseError, MissingError
from .home import MOTION
from .home_assistant import RELEASES, HomeAssistant
from .house import ROOT, Settings, running
from .ports import HOST, Ports
from .processes import Process, until
from .recording import BUILT_IN, read

_PROGRAMS: Final = ("chromium", "chromium-browser", "google-chrome")
_SIZE: Final = {"width": 1280, "height": 830, "deviceScaleFactor": 1, "mobile": False}
_SECONDS: Final = 60.0
_TEXT: Final = """
(() => {
  const text = (node) => node.nodeType === Node.TEXT_NODE ? node.data
    : [...(node.shadowRoot?.childNodes ?? []), ...node.childNodes].map(text).join(" ");
  return text(document.body);
})()
"""
"""JavaScript for the text of a page, through all its shadow roots."""


def main() -> None:
    """Take the picture; ends the process with 1 where that is not possible."""
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "dashboard.png"
    try:
        picture = asyncio.run(_taken())
    except HouseError as err:
        sys.exit(f"picture: {err}")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(picture)
    print(file)


async def _taken() -> bytes:
    """Return the picture, as PNG."""
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
            async with _browser(Path(folder) / "browser") as page:
                await page.sign_in(house.home_assistant)
                await page.show(f"{house.home_assistant.url}/home/areas-living_room", ("Lamp", "Occupied", "Focus"))
                return await page.picture()


class _Page:
    """The one page of a browser, over the Chrome DevTools protocol."""

    def __init__(self, connection: aiohttp.ClientWebSocketResponse) -> None:
        self._connection = connection
        self._ids = itertools.count(1)

    async def sign_in(self, home_assistant: HomeAssistant) -> None:
        """Give every page that is opened from now on the owner's token."""
        tokens = {
            "hassUrl": home_assistant.url,
            "clientId": f"{home_assistant.url}/",
            "access_token": home_assistant.owner_token,
            "refresh_token": "",
            "token_type": "Bearer",
            "expires_in": 10**9,
            "expires": 10**14,
        }
        source = f"localStorage.setItem('hassTokens', {json.dumps(json.dumps(tokens))})"
        await self._command("Page.enable")
        await self._command("Page.addScriptToEvaluateOnNewDocument", source=source)
        await self._command("Emulation.setDeviceMetricsOverride", **_SIZE)

    async def show(self, url: str, texts: Sequence[str]) -> None:
        """Open a page and wait until it shows all of these texts."""

        async def shown() -> bool | None:
            text = (await self._command("Runtime.evaluate", expression=_TEXT))["result"].get("value", "")
            return all(wanted in text for wanted in texts) or None

        await self._command("Page.navigate", url=url)
        await until(f"{url} showing {', '.join(texts)}", shown, within=_SECONDS)

    async def picture(self) -> bytes:
        """Return the page as PNG, once nothing on it moves any more."""
        last = b""

        async def still() -> bytes | None:
            nonlocal last
            before, last = last, base64.b64decode((await self._command("Page.captureScreenshot"))["data"])
            await asyncio.sleep(0.5)
            return last if last == before else None

        return await until("the page coming to rest", still, within=_SECONDS)

    async def _command(self, method: str, **params: Any) -> dict[str, Any]:
        message_id = next(self._ids)
        await self._connection.send_json({"id": message_id, "method": method, "params": params})
        while (message := await self._connection.receive_json()).get("id") != message_id:
            pass
        result: dict[str, Any] = message["result"]
        return result


@contextlib.asynccontextmanager
async def _browser(folder: Path) -> AsyncIterator[_Page]:
    """Start a browser and return its page, for as long as it is needed."""
    program = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    if program is None:
        raise MissingError(f"none of {', '.join(_PROGRAMS)} is on the PATH")
    options = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-port=0")
    browser = Process(
        "Chromium", [program, *options, f"--user-data-dir={folder}", "about:blank"], log=folder.with_suffix(".log")
    )
    port_file = folder / "DevToolsActivePort"

    async def port() -> int | None:
        return int(port_file.read_text().split()[0]) if port_file.exists() else None

    await browser.start()
    try:
        url = f"http://{HOST}:{await until('Chromium', port, within=_SECONDS, processes=[browser])}"
        async with aiohttp.ClientSession() as session:
            async with session.get(f"{url}/json") as response:
                pages = [target for target in await response.json() if target["type"] == "page"]
            async with session.ws_connect(pages[0]["webSocketDebuggerUrl"], max_msg_size=0) as connection:
                yield _Page(connection)
    finally:
        await browser.stop()


if __name__ == "__main__":
    main()
