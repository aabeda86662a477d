"""What is done to a media player."""

from .meanings import Act
from .thing import ActOfThing


class MediaAct(ActOfThing):
    """Playing, volume and sources."""

    def media_player(self) -> Act | None:
        """Return what to do to a player."""
        plain = {
            "on": ("turn_on", 128),
            "start": ("turn_on", 128),
            "off": ("turn_off", 256),
            "toggle": ("toggle", 128),
            "play": ("media_play", 16384),
            "resume": ("media_play", 16384),
            "pause": ("media_pause", 1),
            "stop": ("media_stop", 4096),
            "next": ("media_next_track", 32),
            "previous": ("media_previous_track", 16),
        }
        if not self.meaning.values and self.sense in plain:
            action, feature = plain[self.sense]
            if self.sense == "stop" and not self.has(feature) and self.has(1):
                return self.act("media_pause")
            if self.sense == "off" and not self.has(feature) and self.has(4096):
                return self.act("media_stop")  # a speaker that cannot be turned off is to be silent
            return self.act(action) if self.has(feature) else None
        if self.sense in ("mute", "unmute") and not self.meaning.values:
            return self.act("volume_mute", is_volume_muted=self.sense == "mute") if self.has(8) else None
        if self.value is not None and self.value.mode:
            source = self._chosen("source_list") if self.sense in ("set", "on", "play") else None
            return self.act("select_source", source=source) if source is not None else None
        return self._volume() if self.prop in (None, "volume") else None

    def _volume(self) -> Act | None:
        if self.sense in ("more", "less") and (self.value is None or not self.value.to):
            sign = 1 if self.sense == "more" else -1
            if self.value is None:
                return self.act("volume_up" if sign > 0 else "volume_down") if self.has(4 | 1024) else None
            now = self.attributes.get("volume_level")
            if now is None or self.value.number is None or not self.has(4):
                return None
            level = max(0.0, min(1.0, float(now) + sign * self.value.number / 100))
            return self.act("volume_set", volume_level=round(level, 2))
        if (
            self.value is None
            or self.value.number is None
            or self.sense not in ("set", "more", "less")
            or not self.has(4)
        ):
            return None
        if not 0 <= self.value.number <= 100 or self.value.unit not in (None, "percent"):
            return None
        return self.act("volume_set", volume_level=self.value.number / 100)
