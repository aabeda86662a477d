"""A satellite as Home Assistant shows it, and what somebody in front of Home Assistant can have it do."""

import asyncio
from typing import Any

from .client import Client
from .errors import MissingError


class Device:
    """The entities of one Wyoming satellite."""

    def __init__(self, client: Client, entry: str) -> None:
        self.entry = entry
        """Id of its config entry."""
        self._client = client

    @classmethod
    async def named(cls, client: Client, name: str) -> Device:
        """Return the satellite of that name."""
        async with client.websocket() as socket:
            entries = await socket.command("config_entries/get", domain="wyoming")
        return cls(client, next(entry["entry_id"] for entry in entries if entry["title"] == name))

    async def entity(self, key: str) -> str:
        """Return the id of one of its entities: assist_satellite, mute, pipeline, assist_in_progress and more."""
        return str((await self._registered(key))["entity_id"])

    async def state(self, key: str) -> str:
        """Return the state of one of its entities."""
        return str((await self._client.get(f"/api/states/{await self.entity(key)}"))["state"])

    async def area(self) -> str | None:
        """Return the id of the area it is in."""
        device = await self._device()
        return None if device["area_id"] is None else str(device["area_id"])

    async def announce(self, **what: Any) -> None:
        """Have it announce a `message` or a `media_id`; returns once Home Assistant takes it for said."""
        data = {"entity_id": await self.entity("assist_satellite"), **what}
        await self._client.post("/api/services/assist_satellite/announce", data)

    async def mute(self, *, on: bool) -> None:
        """Switch its microphone off, or on again, in Home Assistant."""
        action = "turn_on" if on else "turn_off"
        await self._client.post(f"/api/services/switch/{action}", {"entity_id": await self.entity("mute")})

    async def use(self, pipeline: str) -> None:
        """Have its turns run through the pipeline of that name."""
        data = {"entity_id": await self.entity("pipeline"), "option": pipeline}
        await self._client.post("/api/services/select/select_option", data)

    async def ask(self, text: str) -> str:
        """Ask as if it had been said there, and return the answer."""
        device = await self._device()
        async with self._client.websocket() as socket:
            fields = {"start_stage": "intent", "end_stage": "intent", "input": {"text": text}}
            await socket.command("assist_pipeline/run", device_id=device["id"], **fields)
            while True:
                for event in await socket.notes():
                    if event["type"] == "intent-end":
                        answer = event["data"]["intent_output"]["response"]["speech"]
                        return str(answer["plain"]["speech"])
                await asyncio.sleep(0.05)

    async def _registered(self, key: str) -> dict[str, Any]:
        async with self._client.websocket() as socket:
            entities = await socket.command("config/entity_registry/list")
        for entity in entities:
            if entity["unique_id"] == f"{self.entry}-{key}":
                found: dict[str, Any] = entity
                return found
        raise MissingError(f"Home Assistant has no {key} of that satellite")

    async def _device(self) -> dict[str, Any]:
        device_id = (await self._registered("assist_satellite"))["device_id"]
        async with self._client.websocket() as socket:
            devices = await socket.command("config/device_registry/list")
        found: dict[str, Any] = next(device for device in devices if device["id"] == device_id)
        return found
