"""How music is addressed, what a user writes down or copies, as a player takes it; and whether one plays."""

import re
from typing import Final

from homeassistant.components.media_player.const import MediaPlayerEntityFeature, MediaPlayerState, MediaType
from homeassistant.const import ATTR_SUPPORTED_FEATURES
from homeassistant.core import State

KINDS: Final = {MediaType.ALBUM, MediaType.ARTIST, MediaType.EPISODE, MediaType.PLAYLIST, MediaType.TRACK}
"""What a service's own address may name: `spotify:playlist:37i9dQ`."""

PLAYS: Final = {MediaPlayerState.PLAYING, MediaPlayerState.BUFFERING}
"""What a player is that plays."""

LINK: Final = re.compile(r"https?://open\.spotify\.com/(?:intl-[a-z]+/)?(playlist|album|artist|track|episode)/(\w+).*")
"""What Spotify's own *Share* copies."""


def can(state: State, feature: MediaPlayerEntityFeature) -> bool:
    """Return whether a media player can do it, or one of several."""
    return bool(state.attributes.get(ATTR_SUPPORTED_FEATURES, 0) & feature)


def address_of(media: str) -> str:
    """Return the address to play: of a link to Spotify, what stands for it there."""
    link = LINK.fullmatch(media.strip())
    return f"spotify:{link[1]}:{link[2]}" if link is not None else media.strip()


def kind_of(media: str) -> str:
    """Return the media type to play something as."""
    kind = media.partition(":")[2].partition(":")[0]
    return kind if kind in KINDS else MediaType.MUSIC
