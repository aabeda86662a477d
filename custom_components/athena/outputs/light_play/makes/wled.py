"""WLED: a preset of the user's that is named so, else an effect that WLED has, in the colours of the animation.

Home Assistant sets one colour of a segment, no intensity, and nothing of it all at once; so the strip is told over its
own JSON API, by the client that Home Assistant's integration has for it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final, override

from homeassistant.components.light import ATTR_BRIGHTNESS, ATTR_EFFECT, ATTR_TRANSITION
from homeassistant.components.light import DOMAIN as LIGHT_DOMAIN
from homeassistant.components.number import ATTR_VALUE, SERVICE_SET_VALUE
from homeassistant.components.number import DOMAIN as NUMBER_DOMAIN
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import SERVICE_TURN_ON
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_registry import RegistryEntry

from ..ability import offered, told
from ..make import Make, Part, Plan, plan_by_name
from ..step import OwnWay, PutBack, Step
from ..wled_shows import SHOWS

if TYPE_CHECKING:  # it is there once the integration is set up, and only then
    from wled import WLED, Device

PATIENCE: Final = 4.0
"""Seconds for what the strip is told over its own API, before Home Assistant's own call is tried."""
LONGEST: Final = 60
"""Minutes; the speed of WLED's sunrise is how many it lasts, and what is above that is a sunset."""
SHORTEST: Final = 30.0
"""Seconds; what is over sooner is no minute, and no sunrise of WLED's."""
APART: Final = 0.1
"""Seconds; so much later than its segments, which begin together, a whole strip comes on: what they showed is over."""
SOLID: Final = 0
"""The number of the effect that is none, in every WLED."""


class Wled(Make):
    """Plays on the device."""

    platform: ClassVar = "wled"

    @override
    @callback
    def plan(self, hass: HomeAssistant, entry: RegistryEntry, part: Part) -> Plan | None:
        if self.is_whole(hass, entry, part.lights):
            step = Step(at=APART, lights=(part.state.entity_id,), service=SERVICE_TURN_ON, data={ATTR_BRIGHTNESS: 255})
            return Plan(steps=(step,), has_end=False)
        if len(_lights_of(hass, entry, part.lights)) > 1:
            part = replace(part, frames=(replace(part.frames[0], at=0.0), *part.frames[1:]))
        client = _client_of(hass, entry)
        if client is None:
            plan = plan_by_name(part)
            return plan and replace(plan, steps=_in_plain_words(hass, entry, part, _effect_of(part)))
        device = client.device
        if (preset := _preset_of(device, part)) is not None and _has_all(hass, entry, device, part.lights):
            return _by_preset(hass, entry, part, client, preset)
        segment = _segment_of(entry)
        if segment is None or segment not in device.state.segments:
            return None
        return _by_effect(hass, entry, part, client, segment)

    @override
    @callback
    def is_whole(self, hass: HomeAssistant, entry: RegistryEntry, lights: frozenset[str]) -> bool:
        parts = [_segment_of(other) for other in _lights_of(hass, entry, lights)]
        return _segment_of(entry) is None and any(segment is not None for segment in parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Client:
    """Home Assistant's own client of a strip."""

    wled: WLED
    device: Device
    """What the strip has said of itself last; kept up to date in place."""
    answers: Callable[[], bool]
    """Whether it answered when it was asked last."""


def _client_of(hass: HomeAssistant, entry: RegistryEntry) -> _Client | None:
    """Return the client that Home Assistant's integration has for this strip; None while it reaches none."""
    config = hass.config_entries.async_get_entry(entry.config_entry_id) if entry.config_entry_id else None
    if config is None or config.state is not ConfigEntryState.LOADED:
        return None
    coordinator: Any = getattr(config, "runtime_data", None)
    wled, device = (getattr(coordinator, name, None) for name in ("wled", "data"))
    if wled is None or device is None or not coordinator.last_update_success:
        return None
    return _Client(wled=wled, device=device, answers=lambda: bool(coordinator.last_update_success))


def _lights_of(hass: HomeAssistant, entry: RegistryEntry, lights: frozenset[str]) -> list[RegistryEntry]:
    """Return those lights that are of the same strip."""
    registry = er.async_get(hass)
    found = (registry.async_get(light) for light in lights)
    return [other for other in found if other is not None and other.config_entry_id == entry.config_entry_id]


def _segment_of(entry: RegistryEntry) -> int | None:
    """Return the number of a light's segment; None for the light that dims all of them."""
    _, _, segment = entry.unique_id.partition("_")
    return int(segment) if segment.isdecimal() else None


def _preset_of(device: Device, part: Part) -> int | None:
    name = part.animation.key.replace("_", " ").casefold()
    names = {number: preset.name for number, preset in device.presets.items()}
    names |= {number: playlist.name for number, playlist in device.playlists.items()}
    return next((number for number, one in names.items() if one.strip().casefold() == name), None)


def _has_all(hass: HomeAssistant, entry: RegistryEntry, device: Device, lights: frozenset[str]) -> bool:
    """Return whether every segment of the strip plays: a preset is of all of them."""
    mac, _, _ = entry.unique_id.partition("_")
    registry = er.async_get(hass)
    return all(
        registry.async_get_entity_id(LIGHT_DOMAIN, Wled.platform, f"{mac}_{segment}") in lights
        for segment in device.state.segments
    )


def _by_preset(hass: HomeAssistant, entry: RegistryEntry, part: Part, client: _Client, preset: int) -> Plan:
    is_running = preset in {client.device.state.preset_id, client.device.state.playlist_id}
    if _segment_of(entry) != min(client.device.state.segments):
        return Plan(steps=(), is_running=is_running)  # the first segment's light shows it on all of them

    async def tell() -> None:
        await client.wled.master(on=True, brightness=round(part.brightness * 255 / 100), transition=0)
        await client.wled.preset(preset)

    instead = _in_plain_words(hass, entry, part, _effect_of(part))
    own_way = OwnWay(tell=partial(_async_tell, client, tuple(client.device.state.segments), tell), instead=instead)
    return Plan(steps=(_turn_on(part, {}, own_way),), is_running=is_running)


def _by_effect(hass: HomeAssistant, entry: RegistryEntry, part: Part, client: _Client, segment: int) -> Plan | None:
    shows = SHOWS.get(part.animation.key, ())
    show = next((show for show in shows if offered(part.state, show.effect)), None)
    if show is None or (show.speed is None and part.duration < SHORTEST):
        return None
    is_running = part.state.attributes.get(ATTR_EFFECT) == show.effect

    async def tell() -> None:
        from wled import SegmentUpdate  # noqa: PLC0415  Home Assistant has loaded it by now

        if client.device.effects[int(client.device.state.segments[segment].effect_id)].name == show.effect:
            await client.wled.segment(segment, effect=SOLID, transition=0)  # one that ran before would go on, not begin
        primary, secondary, tertiary = show.colours or (None, None, None)
        update = SegmentUpdate(
            segment_id=segment,
            effect=show.effect,
            palette=show.palette,
            speed=_minutes(part) if show.speed is None else show.speed,
            intensity=show.intensity,
            color_primary=primary,
            color_secondary=secondary,
            color_tertiary=tertiary,
        )
        # At once, and before the light comes on: a palette that fades in lets a sunrise begin with its end.
        await client.wled.segments([update], transition=0)

    instead = _in_plain_words(hass, entry, part, show.effect)
    own_way = OwnWay(tell=partial(_async_tell, client, (segment,), tell), instead=instead)
    step = replace(instead[-1], own_way=own_way)
    if show.speed is None:
        step = replace(step, data={**step.data, ATTR_TRANSITION: 0})
    return Plan(steps=(step,), is_running=is_running)


async def _async_tell(client: _Client, segments: tuple[int, ...], tell: Callable[[], Awaitable[None]]) -> PutBack:
    """Tell the strip, and return what puts back the settings of these segments that no scene sets."""
    from wled import SegmentUpdate, WLEDError  # noqa: PLC0415  Home Assistant has loaded it by now

    before = [
        SegmentUpdate(
            segment_id=number,
            speed=int(segment.speed),
            intensity=int(segment.intensity),
            palette=int(segment.palette_id),
            color_secondary=segment.color.secondary if segment.color else None,
            color_tertiary=segment.color.tertiary if segment.color else None,
        )
        for number in segments
        if (segment := client.device.state.segments.get(number)) is not None
    ]

    async def put_back() -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await client.wled.segments(before)
        except (WLEDError, TimeoutError) as err:
            raise HomeAssistantError(f"The WLED at {client.wled.host} does not answer: {err}") from err

    if not client.answers():
        raise HomeAssistantError(f"The WLED at {client.wled.host} does not answer")
    try:
        async with asyncio.timeout(PATIENCE):
            await tell()
    except (WLEDError, TimeoutError) as err:
        raise HomeAssistantError(f"The WLED at {client.wled.host} does not do it: {err}") from err
    return put_back


def _effect_of(part: Part) -> str | None:
    """Return the first effect of this strip's that may pass for the animation."""
    return next((name for wanted in part.animation.effects if (name := offered(part.state, wanted))), None)


def _in_plain_words(hass: HomeAssistant, entry: RegistryEntry, part: Part, effect: str | None) -> tuple[Step, ...]:
    """Return how it plays as far as Home Assistant's services go."""
    first = part.frames[0]
    data = told(part.brightness, first.rgb, first.kelvin)
    if effect is None:
        return (_turn_on(part, data),)
    plain = _turn_on(part, {**data, ATTR_EFFECT: effect})
    mac, _, segment = entry.unique_id.partition("_")
    speed = er.async_get(hass).async_get_entity_id(NUMBER_DOMAIN, Wled.platform, f"{mac}_speed_{segment}")
    if speed is None or part.duration < SHORTEST:
        return (plain,)
    minutes = {ATTR_VALUE: _minutes(part)}
    slow = replace(plain, service=SERVICE_SET_VALUE, data=minutes, domain=NUMBER_DOMAIN, entity_ids=(speed,))
    return (slow, plain)


def _minutes(part: Part) -> int:
    return min(LONGEST, max(1, round(part.duration / 60)))


def _turn_on(part: Part, data: dict[str, Any], own_way: OwnWay | None = None) -> Step:
    return Step(
        at=part.frames[0].at,
        lights=(part.state.entity_id,),
        service=SERVICE_TURN_ON,
        data=data,
        settles=part.duration,
        own_way=own_way,
    )
