"""Athena's voice servers and the satellite: their processes, and what Home Assistant has to know of them."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from wyoming.client import AsyncTcpClient
from wyoming.info import Describe

from .client import Client, Socket
from .home import AREAS, has_rooms, loaded, submit
from .ports import HOST, Ports, uri
from .processes import UNBUFFERED, Process, until
from .satellite import Satellite

PIPELINE: Final = "Athena"
SATELLITE_NAME: Final = "Living Room satellite"
SATELLITE_AREA: Final = "Living Room"

_ENTRIES: Final = ("stt", "tts", "wake", "satellite")
_START_SECONDS: Final = 60.0
_HAS_WORDS: Final = "sentences of the home can be recognised"
"""What the speech-to-text server logs; Wyoming has no word for it."""


class Voice:
    """The four programs at the ends of a voice pipeline."""

    def __init__(
        self, *, root: Path, ports: Ports, home_assistant: str, token_file: Path, folder: Path, logs: Path
    ) -> None:
        servers = root / "wyoming_servers" / ".venv" / "bin" / "athena-voice"
        self.living_room = Satellite(
            SATELLITE_NAME,
            area=SATELLITE_AREA,
            root=root,
            ports=ports,
            port=ports.satellite,
            folder=folder,
            log=logs / "satellite.log",
        )
        self.satellite = self.living_room.process

        def server(kind: str, name: str, port: int, *arguments: str | Path) -> Process:
            # nobody asks for their health here, and its ports would be three more that have to be free
            command = [servers, kind, "--uri", uri(port), "--no-metrics", *arguments]
            return Process(name, command, log=logs / f"{kind}.log", environment=UNBUFFERED)

        self.wake = server("wake", "wake word server", ports.wake)
        self.stt = server(
            "stt", "speech-to-text server", ports.stt, "--home-assistant", home_assistant, "--token-file", token_file
        )
        self.tts = server("tts", "text-to-speech server", ports.tts)
        self._ports = {
            self.wake: ports.wake,
            self.stt: ports.stt,
            self.tts: ports.tts,
            self.satellite: ports.satellite,
        }

    async def until_ready(self, process: Process) -> None:
        """Wait until one of the four answers as Home Assistant asks; speech-to-text has the home's words too."""
        await until(
            f"{process.name} answering", partial(self._ready, process), within=_START_SECONDS, processes=[process]
        )

    async def _ready(self, process: Process) -> bool | None:
        if process is self.stt and not process.has_said(_HAS_WORDS):
            return None
        return await answers(self._ports[process])


async def connect(client: Client, ports: Ports) -> None:
    """Add the servers and the satellite to Home Assistant, and a pipeline of them with Athena as its agent."""
    entries = {}
    for kind in _ENTRIES:
        entries[kind] = await add(client, getattr(ports, kind))
    async with client.websocket() as socket:
        entities = await socket.command("config/entity_registry/list")
        pipeline = await socket.command(
            "assist_pipeline/pipeline/create",
            name=PIPELINE,
            language="en",
            conversation_engine=_entity(entities, "conversation", platform="athena"),
            conversation_language="en",
            stt_engine=_entity(entities, "stt", config_entry_id=entries["stt"]),
            stt_language="en",
            tts_engine=_entity(entities, "tts", config_entry_id=entries["tts"]),
            tts_language="en",
            tts_voice=None,
            wake_word_entity=None,
            wake_word_id=None,
        )
        await socket.command("assist_pipeline/pipeline/set_preferred", pipeline_id=pipeline["id"])


async def pipeline_id(socket: Socket) -> str:
    """Return the id of the house's pipeline."""
    return str((await socket.command("assist_pipeline/pipeline/list"))["preferred_pipeline"])


async def add_pipeline(client: Client, name: str, **changes: str) -> str:
    """Make a pipeline that is the house's but for some fields, and return its id."""
    async with client.websocket() as socket:
        listed = await socket.command("assist_pipeline/pipeline/list")
        own = next(one for one in listed["pipelines"] if one["id"] == listed["preferred_pipeline"])
        fields = {key: value for key, value in own.items() if key != "id"}
        made = await socket.command("assist_pipeline/pipeline/create", **{**fields, "name": name, **changes})
    return str(made["id"])


async def runs(socket: Socket, pipeline: str, since: datetime) -> list[list[dict[str, Any]]]:
    """Return the events of a pipeline's latest runs."""
    listed = await socket.command("assist_pipeline/pipeline_debug/list", pipeline_id=pipeline)
    return [
        (
            await socket.command(
                "assist_pipeline/pipeline_debug/get", pipeline_id=pipeline, pipeline_run_id=run["pipeline_run_id"]
            )
        )["events"]
        for run in listed["pipeline_runs"]
        if datetime.fromisoformat(run["timestamp"]) >= since
    ]


async def add(client: Client, port: int) -> str:
    """Add what listens on a port to Home Assistant, and return the id of its entry."""
    form = {"host": HOST, "port": port}
    entry = await submit(client, "/api/config/config_entries/flow", {"handler": "wyoming"}, form)
    return str(entry["result"]["entry_id"])


def _entity(entities: Sequence[dict[str, Any]], domain: str, **fields: str) -> str:
    """Return the id of the entity of a domain that has these fields."""
    return next(
        str(entity["entity_id"])
        for entity in entities
        if entity["entity_id"].startswith(f"{domain}.") and fields.items() <= entity.items()
    )


async def answers(port: int) -> bool | None:
    """Return True once what listens on a port answers as Home Assistant asks, None before."""
    try:
        async with AsyncTcpClient(HOST, port) as client:
            await client.write_event(Describe().event())
            return True if await client.read_event() is not None else None
    except OSError:
        return None


async def all_set_up(client: Client) -> bool | None:
    """Return True once Home Assistant has set up the rooms, the servers and the satellite, None before."""
    async with client.websocket() as socket:
        servers = await loaded(socket, "wyoming")
        return True if servers and await has_rooms(socket, len(AREAS)) else None
