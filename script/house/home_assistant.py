"""A real Home Assistant: its configuration folder, its process, its first user."""

import json
import os
import shutil
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from .client import Client
from .errors import UnreachableError
from .onboarding import add_service_user, onboard
from .ports import HOST
from .processes import Process, until

_BOOT_SECONDS: Final = 120.0
_SAVE_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What differs between the releases that the house can start."""

    version: str
    http_version: tuple[int, int]
    """Version of `.storage/http`, major and minor; with a newer one than its own a release does not start."""

    ssl_profile: str


RELEASES: Final = {
    release.version: release
    for release in (
        Release(version="2026.10.4", http_version=(2, 2), ssl_profile="intermediate"),
        Release(version="2026.11.0", http_version=(3, 1), ssl_profile="intermediate_v6"),
    )
}


class HomeAssistant:
    """One Home Assistant on loopback, over restarts."""

    def __init__(
        self,
        release: Release,
        *,
        environment: Path,
        folder: Path,
        port: int,
        logs: Path,
        launcher: Path | None = None,
        variables: Mapping[str, str] | None = None,
    ) -> None:
        self.release = release
        self.folder = folder
        self.url = f"http://{HOST}:{port}"
        self.service_token_file = folder / "athena-voice.token"
        self._port = port
        self._owner_token_file = folder / "owner.token"
        python = environment / "bin" / "python"
        program = [environment / "bin" / "hass"] if launcher is None else [python, "-P", launcher]
        self.process = Process(
            f"Home Assistant {release.version}",
            [*program, "--config", folder, "--skip-pip", "--log-no-color"],
            log=logs / "home-assistant.log",
            environment={
                "PATH": f"{environment / 'bin'}:{os.environ['PATH']}",  # ffmpeg lies there
                "ATHENA_HOUSE_URL": self.url,
                "ATHENA_HOUSE_TIME_ZONE": time_zone(),
                **(variables or {}),
            },
        )

    @property
    def owner_token(self) -> str:
        """A long-lived token of the owner, once there is one."""
        return self._owner_token_file.read_text()

    def client(self) -> AbstractAsyncContextManager[Client]:
        """Return a client for the owner, for as long as it is needed."""
        return Client.open(self.url, self.owner_token)

    def prepare(self, configuration: Path, components: Iterable[Path], packages: Iterable[Path] = ()) -> None:
        """Write the folder as it must be before a start; what Home Assistant keeps there stays."""
        storage = self.folder / ".storage"
        storage.mkdir(parents=True, exist_ok=True)
        (self.folder / "configuration.yaml").write_bytes(configuration.read_bytes())
        for name, nothing in (("automations.yaml", "[]\n"), ("scripts.yaml", "")):
            if not (self.folder / name).exists():
                (self.folder / name).write_text(nothing)
        shutil.rmtree(self.folder / "packages", ignore_errors=True)
        (self.folder / "packages").mkdir()
        for package in packages:
            shutil.copy(package, self.folder / "packages")
        custom_components = self.folder / "custom_components"
        if custom_components.is_symlink():  # of an earlier Athena
            custom_components.unlink()
        custom_components.mkdir(exist_ok=True)
        for component in components:
            link = custom_components / component.name
            if not link.exists():
                link.symlink_to(component.resolve(), target_is_directory=True)
        self._seed_http(storage)
        if not (storage / "onboarding").exists():
            # Its core_config step would set up integrations that need the internet.
            _write_store(storage, "onboarding", (4, 1), {"done": ["core_config", "analytics"]})

    async def start(self) -> None:
        """Start it; it answers after some seconds."""
        await self.process.start()

    async def until_up(self) -> None:
        """Wait until everything in it is set up and it has a user for the house and one for the voice servers."""
        if not self._owner_token_file.exists():
            async with Client.open(self.url) as client:
                await self._until("answering", lambda: _answer(client, "/api/onboarding"))
                _write_secret(self._owner_token_file, await onboard(client))
        async with self.client() as client:
            await self._until("running", lambda: _running(client))
            if not self.service_token_file.exists():
                _write_secret(self.service_token_file, await add_service_user(client))

    async def until_saved(self) -> None:
        """Wait until what is set up is written down: what is new is kept in memory for some seconds."""
        async with self.client() as client:
            await until(
                f"{self.process.name} saving", lambda: _saved(client, self.folder / ".storage"), within=_SAVE_SECONDS
            )

    async def _until(self, what: str, condition: Callable[[], Awaitable[Any]]) -> None:
        await until(f"{self.process.name} {what}", condition, within=_BOOT_SECONDS, processes=[self.process])

    def _seed_http(self, storage: Path) -> None:
        stable = {
            "server_host": [HOST],
            "server_port": self._port,
            "cors_allowed_origins": [],
            "login_attempts_threshold": -1,
            "ip_ban_enabled": False,
            "ssl_profile": self.release.ssl_profile,
            "use_x_frame_options": True,
            "created_at": datetime.now(UTC).isoformat(),
            "error": None,
            "error_message": None,
        }
        data = {"stable": stable, "pending": None, "yaml_migration_done": True}
        _write_store(storage, "http", self.release.http_version, data)


async def _answer(client: Client, path: str) -> Any:
    try:
        return await client.get(path)
    except UnreachableError:
        return None


async def _running(client: Client) -> bool | None:
    config = await _answer(client, "/api/config")
    return True if config is not None and config["state"] == "RUNNING" else None


async def _saved(client: Client, storage: Path) -> bool | None:
    async with client.websocket() as socket:
        entities = await socket.command("config/entity_registry/list")
        entries = await socket.command("config_entries/get")
        areas = await socket.command("config/area_registry/list")
    kept_areas = {area["id"] for area in _read_store(storage, "core.area_registry", "areas")}
    kept_entries = {entry["entry_id"] for entry in _read_store(storage, "core.config_entries", "entries")}
    kept_entities = {
        entity["entity_id"]: entity["area_id"] for entity in _read_store(storage, "core.entity_registry", "entities")
    }
    saved = (
        kept_areas.issuperset(area["area_id"] for area in areas)
        and kept_entries.issuperset(entry["entry_id"] for entry in entries)
        and all((entity["entity_id"], entity["area_id"]) in kept_entities.items() for entity in entities)
    )
    return saved or None


def _read_store(storage: Path, key: str, name: str) -> list[dict[str, Any]]:
    if not (storage / key).exists():
        return []
    items: list[dict[str, Any]] = json.loads((storage / key).read_text())["data"][name]
    return items


def _write_store(storage: Path, key: str, version: tuple[int, int], data: dict[str, Any]) -> None:
    major, minor = version
    store = {"version": major, "minor_version": minor, "key": key, "data": data}
    (storage / key).write_text(json.dumps(store, indent=2))


def _write_secret(path: Path, secret: str) -> None:
    path.touch(mode=0o600)
    path.write_text(secret)


def time_zone() -> str:
    """Return the IANA name of this machine's time zone; UTC where it is not to be seen."""
    return str(Path("/etc/localtime").resolve()).partition("zoneinfo/")[2] or "UTC"
