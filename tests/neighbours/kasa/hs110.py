"""An HS110 on the network: the older IOT protocol, JSON scrambled by XOR behind its length, on TCP and on UDP.

The length is 4 bytes, big end first, and is left out on UDP. Each byte is combined with the scrambled byte before it,
the first one with 171. A request names modules, each with its commands: {"system": {"set_relay_state": {"state": 1}}}.
"""

import asyncio
import json
import socket
import struct
import time
from collections.abc import Callable, Mapping
from typing import Any, Final, override

from .plug import VOLTAGE_MV, Plug

FIRST_KEY: Final = 171
LENGTH: Final = struct.Struct(">I")
LARGEST_REQUEST: Final = 65_536
NO_MODULE: Final = {"err_code": -1, "err_msg": "module not support"}
NO_COMMAND: Final = {"err_code": -2, "err_msg": "member not support"}
BAD_ARGUMENT: Final = {"err_code": -3, "err_msg": "invalid argument"}

AT_ONCE: Final = struct.pack("ii", 1, 0)
"""SO_LINGER's value with which a socket is closed by a reset, as what loses its power does."""

type Command = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def scramble(plain: bytes) -> bytes:
    """Return what goes over the wire."""
    scrambled, key = bytearray(), FIRST_KEY
    for byte in plain:
        key ^= byte
        scrambled.append(key)
    return bytes(scrambled)


def unscramble(scrambled: bytes) -> bytes:
    """Return what was scrambled."""
    return bytes(byte ^ key for byte, key in zip(scrambled, (FIRST_KEY, *scrambled), strict=False))


class IotProtocol:
    """Answers for one plug."""

    def __init__(self, plug: Plug) -> None:
        self._plug = plug
        self._modules: Mapping[str, Mapping[str, Command]] = {
            "system": {"get_sysinfo": lambda _: self._info(), "set_relay_state": self._switch},
            "emeter": {
                "get_realtime": lambda _: {
                    "current_ma": plug.current_ma,
                    "voltage_mv": VOLTAGE_MV,
                    "power_mw": plug.power_mw,
                    "total_wh": plug.today_wh,
                },
                "get_daystat": lambda _: {"day_list": [self._counted("year", "month", "day")]},
                "get_monthstat": lambda _: {"month_list": [self._counted("year", "month")]},
            },
            "schedule": {
                "get_rules": lambda _: {"rule_list": [], "version": 2, "enable": 0},
                "get_next_action": lambda _: {"type": -1},
                "get_realtime": lambda _: {},
                "get_daystat": lambda _: {"day_list": []},
                "get_monthstat": lambda _: {"month_list": []},
            },
            "anti_theft": {
                "get_rules": lambda _: {"rule_list": [], "version": 2, "enable": 0},
                "get_next_action": lambda _: {"type": -1},
            },
            "time": {"get_time": lambda _: self._time(), "get_timezone": lambda _: {"index": 39}},
            "cnCloud": {
                "get_info": lambda _: {
                    "binded": 0,
                    "cld_connection": 0,
                    "fwDlPage": "",
                    "fwNotifyType": 0,
                    "illegalType": 0,
                    "server": "",
                    "stopConnect": 0,
                    "tcspInfo": "",
                    "tcspStatus": 0,
                    "username": "",
                }
            },
        }

    def answer(self, request: object) -> dict[str, Any]:
        """Answer a request; what is not there is answered by an error in its place."""
        modules = request if isinstance(request, dict) else {}
        return {name: self._module(name, commands) for name, commands in modules.items() if name != "context"}

    def _module(self, name: str, asked: object) -> Mapping[str, Any]:
        if (commands := self._modules.get(name)) is None or not isinstance(asked, dict):
            return NO_MODULE
        return {each: self._command(commands.get(each), given) for each, given in asked.items()}

    @staticmethod
    def _command(command: Command | None, given: object) -> Mapping[str, Any]:
        if command is None:
            return NO_COMMAND
        try:
            return {**command(given if isinstance(given, dict) else {}), "err_code": 0}
        except KeyError, TypeError, ValueError:
            return BAD_ARGUMENT

    def _switch(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        if (state := given["state"]) not in {0, 1}:
            raise ValueError(state)
        self._plug.switch(on=bool(state))
        return {}

    def _info(self) -> Mapping[str, Any]:
        plug = self._plug
        return {
            "sw_ver": "1.2.6 Build 200727 Rel.121701",
            "hw_ver": "1.0",
            "type": "IOT.SMARTPLUGSWITCH",
            "model": "HS110(US)",
            "mac": plug.mac.replace("-", ":"),
            "dev_name": "Smart Wi-Fi Plug With Energy Monitoring",
            "alias": plug.alias,
            "relay_state": int(plug.on),
            "on_time": plug.on_seconds,
            "active_mode": "none",
            "feature": "TIM:ENE",
            "updating": 0,
            "icon_hash": "",
            "rssi": -41,
            "led_off": 0,
            "longitude_i": 0,
            "latitude_i": 0,
            "hwId": plug.device_id[:32],
            "fwId": "0" * 32,
            "deviceId": plug.device_id,
            "oemId": plug.device_id[-32:],
            "next_action": {"type": -1},
        }

    def _counted(self, *parts: str) -> Mapping[str, int]:
        now = time.localtime()
        date = {"year": now.tm_year, "month": now.tm_mon, "day": now.tm_mday}
        return {**{part: date[part] for part in parts}, "energy_wh": self._plug.today_wh}

    @staticmethod
    def _time() -> Mapping[str, int]:
        now = time.gmtime()
        return {
            "year": now.tm_year,
            "month": now.tm_mon,
            "mday": now.tm_mday,
            "hour": now.tm_hour,
            "min": now.tm_min,
            "sec": now.tm_sec,
        }


class Hs110(asyncio.DatagramProtocol):
    """One plug at one port of one address; UDP at the same port finds it."""

    def __init__(self, plug: Plug, *, host: str = "127.0.0.1", port: int = 0) -> None:
        """`port` 0: any free one."""
        self.plug = plug
        self.host = host
        self.port = port
        self._iot = IotProtocol(plug)
        self._server: asyncio.Server | None = None
        self._found_by: asyncio.DatagramTransport | None = None
        self._clients: set[asyncio.StreamWriter] = set()

    @property
    def plugged(self) -> bool:
        """Whether it is on the network."""
        return self._server is not None

    async def plug_in(self) -> None:
        """Join the network, at the port of before; raise OSError where that is taken."""
        if self._server is not None:
            return
        server = await asyncio.start_server(self._talk, self.host, self.port, reuse_address=True)
        self.port = server.sockets[0].getsockname()[1]
        try:
            await asyncio.get_running_loop().create_datagram_endpoint(lambda: self, local_addr=(self.host, self.port))
        except OSError:
            server.close()
            raise
        self._server = server
        self.plug.changed()

    async def unplug(self) -> None:
        """Leave the network: every connection is reset, none is taken."""
        server, self._server = self._server, None
        if self._found_by is not None:
            self._found_by.close()
        if server is not None:
            server.close()
            for client in self._clients:
                client.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
            server.abort_clients()
            await server.wait_closed()
            self.plug.changed()

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.DatagramTransport)
        self._found_by = transport

    @override
    def datagram_received(self, data: bytes, addr: tuple[str | Any, int]) -> None:
        if self._found_by is not None and (answer := self._answer(data)) is not None:
            self._found_by.sendto(answer, addr)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._clients.add(writer)
        try:
            while (length := LENGTH.unpack(await reader.readexactly(LENGTH.size))[0]) <= LARGEST_REQUEST:
                if (answer := self._answer(await reader.readexactly(length))) is None:
                    break
                writer.write(LENGTH.pack(len(answer)) + answer)
                await writer.drain()
        except OSError, asyncio.IncompleteReadError:
            pass
        finally:
            self._clients.discard(writer)
            writer.close()

    def _answer(self, scrambled: bytes) -> bytes | None:
        """Return the answer, scrambled; None where the request is no JSON."""
        try:
            request = json.loads(unscramble(scrambled))
        except ValueError:
            return None
        return scramble(json.dumps(self._iot.answer(request)).encode())
