"""A headless Chromium, used as a person would: by what can be read on the page, with the mouse and the keyboard."""

import asyncio
import base64
import contextlib
import itertools
import json
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, Final

import aiohttp

from .errors import MissingError, TooLateError
from .home_assistant import HomeAssistant
from .ports import HOST
from .processes import Process, until

SIZE: Final = (1280, 830)
"""Of the page, in pixels."""

_PROGRAMS: Final = ("chromium", "chromium-browser", "google-chrome")
_SECONDS: Final = 60.0
_PATIENCE: Final = 3.0
"""Seconds after which a person would click again."""
_TRIES: Final = 10
_PAGE: Final = Path(__file__).with_suffix(".js").read_text()


def program() -> str | None:
    """Return the browser of this machine; None where there is none."""
    return next((path for name in _PROGRAMS if (path := shutil.which(name))), None)


class Page:
    """The one page of a browser, over the Chrome DevTools protocol."""

    def __init__(self, connection: aiohttp.ClientWebSocketResponse) -> None:
        self._connection = connection
        self._ids = itertools.count(1)

    async def open(self, width: int = SIZE[0], height: int = SIZE[1]) -> None:
        """Make it so large, and let it be looked at."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        await self._command("Page.enable")
        await self._command("Page.addScriptToEvaluateOnNewDocument", source=_PAGE)
        await self._command("Emulation.setDeviceMetricsOverride", **size)

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
        await self._command("Page.addScriptToEvaluateOnNewDocument", source=source)

    async def show(self, url: str, texts: Sequence[str]) -> None:
        """Open a page and wait until it shows all of these texts."""
        await self._command("Page.navigate", url=url)
        await self.until_shown(*texts)

    async def until_shown(self, *texts: str, within: float = _SECONDS) -> None:
        """Wait until the page shows all of these texts."""

        async def shown() -> bool | None:
            text = await self.text()
            return all(wanted in text for wanted in texts) or None

        await self._until(f"the page showing {', '.join(texts)}", shown, within)

    async def until_gone(self, text: str) -> None:
        """Wait until the page does not show a text any more."""

        async def gone() -> bool | None:
            return text not in await self.text() or None

        await self._until(f"the page without {text}", gone)

    async def text(self) -> str:
        """Return all that can be read on the page."""
        return str(await self.ask("athena.text()") or "")

    async def click(self, name: str, *, within: str | None = None) -> None:
        """Click on what is called so: by its text, its label or its tooltip; `within`: below a heading or a label."""
        await self._click(f"athena.named({json.dumps(name)}, {json.dumps(within)})", name)

    async def click_until(self, name: str, *texts: str) -> None:
        """Click on what is called so until the page shows these: one that has just been loaded may not listen yet."""
        for _ in range(_TRIES):
            await self.click(name)
            try:
                await self.until_shown(*texts, within=_PATIENCE)
            except TooLateError:
                continue
            return
        raise TooLateError(f"{', '.join(texts)}: not after {_TRIES} clicks on {name!r}")

    async def click_field(self, label: str) -> None:
        """Click into the field of a form that has this label."""
        await self._click(f"athena.field({json.dumps(label)})", label)

    async def choose(self, opener: str, name: str, *, within: str | None = None) -> None:
        """Choose something from the list that a field opens."""
        await self.click(opener, within=within)
        await self._click(f"athena.option({json.dumps(name)})", name)

        async def closed() -> bool | None:
            return True if await self.ask("athena.isListOpen()") is False else None

        await self._until(f"the list with {name!r} closing", closed)

    async def type(self, text: str) -> None:
        """Type into what has been clicked on, in place of what stands there."""
        select_all = {"key": "a", "code": "KeyA", "windowsVirtualKeyCode": 65, "modifiers": 2}
        await self._command("Input.dispatchKeyEvent", type="rawKeyDown", commands=["selectAll"], **select_all)
        await self._command("Input.dispatchKeyEvent", type="keyUp", **select_all)
        await self._command("Input.insertText", text=text)

    async def picture(self) -> bytes:
        """Return the page as PNG, once nothing on it moves any more."""
        last = b""

        async def still() -> bytes | None:
            nonlocal last
            before, last = last, base64.b64decode((await self._command("Page.captureScreenshot"))["data"])
            await asyncio.sleep(0.3)
            return last if last == before else None

        return await self._until("the page coming to rest", still)

    async def ask(self, expression: str) -> Any:
        """Return what JavaScript says of the page; None also while it is being loaded."""
        told = await self._command("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        return told.get("result", {}).get("value")

    async def _click(self, expression: str, name: str) -> None:
        """Click into the middle of an element, once it is there and does not move any more."""
        last: list[float] | None = None

        async def place() -> list[float] | None:
            nonlocal last
            before, last = last, await self.ask(f"athena.middle({expression})")
            return last if last is not None and last == before else None

        x, y = await self._until(f"{name!r} on the page", place)
        at = {"x": x, "y": y, "button": "left", "clickCount": 1}
        await self._command("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        await self._command("Input.dispatchMouseEvent", type="mousePressed", **at)
        await self._command("Input.dispatchMouseEvent", type="mouseReleased", **at)

    async def _until[T](self, what: str, condition: Callable[[], Awaitable[T | None]], within: float = _SECONDS) -> T:
        try:
            return await until(what, condition, within=within)
        except TooLateError as err:
            raise TooLateError(f"{err}; it shows: {' '.join((await self.text()).split())}") from err

    async def _command(self, method: str, **params: Any) -> dict[str, Any]:
        message_id = next(self._ids)
        await self._connection.send_json({"id": message_id, "method": method, "params": params})
        while (message := await self._connection.receive_json()).get("id") != message_id:
            pass
        result: dict[str, Any] = message.get("result", {})
        return result


@contextlib.asynccontextmanager
async def browser(folder: Path) -> AsyncIterator[Page]:
    """Start a browser and return its page, for as long as it is needed; raise MissingError where there is none."""
    if (path := program()) is None:
        raise MissingError(f"none of {', '.join(_PROGRAMS)} is on the PATH")
    options = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-port=0")
    process = Process(
        "Chromium", [path, *options, f"--user-data-dir={folder}", "about:blank"], log=folder.with_suffix(".log")
    )
    port_file = folder / "DevToolsActivePort"

    async def port() -> int | None:
        return int(port_file.read_text().split()[0]) if port_file.exists() else None

    await process.start()
    try:
        url = f"http://{HOST}:{await until('Chromium', port, within=_SECONDS, processes=[process])}"
        async with aiohttp.ClientSession() as session:
            async with session.get(f"{url}/json") as response:
                pages = [target for target in await response.json() if target["type"] == "page"]
            async with session.ws_connect(pages[0]["webSocketDebuggerUrl"], max_msg_size=0) as connection:
                page = Page(connection)
                await page.open()
                yield page
    finally:
        await process.stop()
