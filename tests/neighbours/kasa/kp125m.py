"""A KP125M on the network: KLAP v2 over HTTP, and an answer to who looks for it; it can leave and come back."""

import asyncio
import json
import secrets
from typing import Final

from aiohttp import web

from .discovery import Discovery
from .klap import SEED_BYTES, KlapError, Session, owner_of
from .plug import Plug
from .smart import BAD_JSON, FIRMWARE, MODEL, SmartProtocol

COOKIE: Final = "TP_SESSIONID"
SESSION_SECONDS: Final = 86_400
MOST_SESSIONS: Final = 8
"""The oldest one is forgotten for a ninth."""
LARGEST_REQUEST: Final = 65_536
USERNAME: Final = "arman@example.com"
PASSWORD: Final = "a plug's password"


class Kp125m:
    """One plug at one port of one address."""

    def __init__(
        self,
        plug: Plug,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        discovery_port: int | None = None,
        account: tuple[str, str] = (USERNAME, PASSWORD),
    ) -> None:
        """`port` 0: any free one. `discovery_port` None: nobody finds it who does not know where it is; 0: any free."""
        self.plug = plug
        self.host = host
        self.port = port
        self.discovery_port = discovery_port
        self.turned_away = 0
        """Requests that were refused for their seal, their number or their account."""
        self._owner = owner_of(*account)
        self._smart = SmartProtocol(plug)
        self._sessions: dict[str, Session] = {}
        self._awake = asyncio.Event()
        self._awake.set()
        self._runner: web.AppRunner | None = None
        self._discovery: asyncio.DatagramTransport | None = None

    @property
    def plugged(self) -> bool:
        """Whether it is on the network."""
        return self._runner is not None

    async def plug_in(self) -> None:
        """Join the network, at the port of before; raise OSError where that is taken."""
        if self._runner is not None:
            return
        app = web.Application(client_max_size=LARGEST_REQUEST)
        app.router.add_post("/app/handshake1", self._handshake1)
        app.router.add_post("/app/handshake2", self._handshake2)
        app.router.add_post("/app/request", self._request)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await runner.setup()
        try:
            await web.TCPSite(runner, self.host, self.port, reuse_address=True).start()
            self.port = runner.addresses[0][1]
            await self._be_found()
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner
        self.plug.changed()

    async def unplug(self) -> None:
        """Leave the network: every connection is closed, none is taken; no session outlives it."""
        if self._discovery is not None:
            self._discovery.close()
        runner, self._runner, self._discovery = self._runner, None, None
        self._sessions.clear()
        if runner is not None:
            await runner.cleanup()
            self.plug.changed()

    def hang(self) -> None:
        """Take requests and answer none, as a plug does at the edge of the wireless network."""
        self._awake.clear()

    def recover(self) -> None:
        """Answer again, what has waited first."""
        self._awake.set()

    async def _be_found(self) -> None:
        if self.discovery_port is None:
            return
        self._discovery, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            lambda: Discovery(self._found()), local_addr=(self.host, self.discovery_port)
        )
        self.discovery_port = self._discovery.get_extra_info("sockname")[1]

    def _found(self) -> dict[str, object]:
        return {
            "result": {
                "device_id": self.plug.device_id[:32].lower(),
                "device_type": "SMART.KASAPLUG",
                "device_model": f"{MODEL}(US)",
                "ip": self.host,
                "mac": self.plug.mac,
                "owner": self._owner.hex()[:32].upper(),
                "hw_ver": "1.0",
                "firmware_version": FIRMWARE,
                "is_support_iot_cloud": True,
                "obd_src": "tplink",
                "factory_default": False,
                "mgt_encrypt_schm": {
                    "is_support_https": False,
                    "encrypt_type": "KLAP",
                    "http_port": self.port,
                    "lv": 2,
                },
            },
            "error_code": 0,
        }

    async def _handshake1(self, request: web.Request) -> web.Response:
        await self._awake.wait()
        seed = await request.read()
        if len(seed) != SEED_BYTES:
            return web.Response(status=400)
        session = Session(theirs=seed, ours=secrets.token_bytes(SEED_BYTES), owner=self._owner)
        while len(self._sessions) >= MOST_SESSIONS:
            del self._sessions[next(iter(self._sessions))]
        name = secrets.token_hex(16).upper()
        self._sessions[name] = session
        # One header with both, as the devices send it.
        cookie = f"{COOKIE}={name};TIMEOUT={SESSION_SECONDS}"
        return web.Response(body=session.greeting, headers={"Set-Cookie": cookie})

    async def _handshake2(self, request: web.Request) -> web.Response:
        try:
            self._session(request).prove(await request.read())
        except KlapError:
            self.turned_away += 1
            return web.Response(status=403)
        return web.Response()

    async def _request(self, request: web.Request) -> web.Response:
        await self._awake.wait()
        try:
            number = int(request.query.get("seq", ""))
            session = self._session(request)
            asked = session.open(number, await request.read())
        except KlapError, ValueError, OverflowError:
            self.turned_away += 1
            return web.Response(status=403)
        try:
            answer = self._smart.answer(json.loads(asked))
        except ValueError:
            answer = {"error_code": BAD_JSON}
        return web.Response(body=session.close(number, json.dumps(answer).encode()))

    def _session(self, request: web.Request) -> Session:
        if (session := self._sessions.get(request.cookies.get(COOKIE, ""))) is None:
            raise KlapError("no such session")
        return session
