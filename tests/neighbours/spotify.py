"""Spotify's Web API, as far as Home Assistant's `spotify` integration asks it: one account, its speakers, playlists."""

from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass(slots=True, kw_only=True)
class Account:
    """What one listener has, and what plays for them."""

    speakers: list[str] = field(default_factory=lambda: ["Desk"])
    """The devices that Spotify Connect sees."""
    playlists: dict[str, str] = field(default_factory=dict)
    """By address, what each is called."""
    active: str | None = None
    """The speaker that music plays through; none: nothing can be played without naming one."""
    context: str | None = None
    """The address that is played."""
    is_playing: bool = False
    track: int = 0
    orders: list[str] = field(default_factory=list)
    """What was asked for, in order."""

    @property
    def playback(self) -> dict[str, Any] | None:
        """Return what `GET /v1/me/player` tells; None where nothing is active."""
        if self.active is None:
            return None
        context = {"external_urls": {}, "href": "", "type": "playlist", "uri": self.context} if self.context else None
        return {
            "device": self._device(self.active),
            "shuffle_state": False,
            "repeat_state": "off",
            "timestamp": 0,
            "context": context,
            "progress_ms": 1000,
            "item": self._item() if self.context else None,
            "currently_playing_type": "track",
            "is_playing": self.is_playing,
        }

    @property
    def devices(self) -> list[dict[str, Any]]:
        """Return what `GET /v1/me/player/devices` tells."""
        return [self._device(name) for name in self.speakers]

    def _device(self, name: str) -> dict[str, Any]:
        return {
            "id": name.casefold(),
            "is_active": name == self.active,
            "is_private_session": False,
            "is_restricted": False,
            "name": name,
            "type": "Speaker",
            "volume_percent": 40,
            "supports_volume": True,
        }

    def _item(self) -> dict[str, Any]:
        artist = {"id": "a", "name": "Somebody", "uri": "spotify:artist:a"}
        album = {
            "album_type": "album",
            "total_tracks": 9,
            "id": "b",
            "images": [],
            "name": "An Album",
            "release_date": "2026",
            "release_date_precision": "year",
            "uri": "spotify:album:b",
            "artists": [artist],
        }
        return {
            "id": f"t{self.track}",
            "artists": [artist],
            "album": album,
            "disc_number": 1,
            "duration_ms": 200_000,
            "explicit": False,
            "external_urls": {},
            "href": "",
            "name": f"Track {self.track}",
            "is_local": False,
            "track_number": self.track,
            "uri": f"spotify:track:t{self.track}",
            "type": "track",
        }


class Spotify:
    """The service."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.app = web.Application()
        self.app.add_routes(
            [
                web.get("/v1/me", self._me),
                web.get("/v1/me/player", self._playback),
                web.get("/v1/me/player/devices", self._devices),
                web.get("/v1/playlists/{id}", self._playlist),
                web.put("/v1/me/player", self._transfer),
                web.put("/v1/me/player/play", self._play),
                web.put("/v1/me/player/pause", self._pause),
                web.post("/v1/me/player/{to:next|previous}", self._skip),
            ]
        )

    async def _me(self, _request: web.Request) -> web.Response:
        user = {"display_name": "Arman", "id": "arman", "images": [], "product": "premium", "email": "a@example.com"}
        return web.json_response(
            {**user, "country": "US", "uri": "spotify:user:arman", "external_urls": {}, "href": "", "type": "user"}
        )

    async def _playback(self, _request: web.Request) -> web.Response:
        playback = self.account.playback
        return web.json_response(playback) if playback is not None else web.Response(status=204)

    async def _devices(self, _request: web.Request) -> web.Response:
        return web.json_response({"devices": self.account.devices})

    async def _playlist(self, request: web.Request) -> web.Response:
        return _not_found(f"playlist {request.match_info['id']}")  # as for one that Spotify has made itself

    async def _transfer(self, request: web.Request) -> web.Response:
        wanted = (await request.json())["device_ids"][0]
        self.account.orders.append(f"transfer {wanted}")
        if (speaker := self._speaker(wanted)) is None:
            return _not_found("Device not found")
        self.account.active = speaker
        return web.Response(status=204)

    async def _play(self, request: web.Request) -> web.Response:
        asked = await request.json() if request.can_read_body else {}
        context = asked.get("context_uri")
        self.account.orders.append(f"play {context or ''}".strip())
        if (wanted := request.query.get("device_id")) is not None:
            self.account.active = self._speaker(wanted)
        if self.account.active is None:
            return _not_found("Player command failed: No active device found")
        if context is not None and context not in self.account.playlists:
            return _not_found("Context not found")
        self.account.context = context or self.account.context
        self.account.is_playing = True
        return web.Response(status=204)

    async def _pause(self, _request: web.Request) -> web.Response:
        self.account.orders.append("pause")
        self.account.is_playing = False
        return web.Response(status=204)

    async def _skip(self, request: web.Request) -> web.Response:
        self.account.orders.append(request.match_info["to"])
        self.account.track += 1 if request.match_info["to"] == "next" else -1
        return web.Response(status=204)

    def _speaker(self, device_id: str) -> str | None:
        return next((name for name in self.account.speakers if name.casefold() == device_id), None)


def _not_found(message: str) -> web.Response:
    """Answer as Spotify does: the library looks for `"status": 404` in what is said."""
    return web.json_response({"error": {"status": 404, "message": message}}, status=404)
