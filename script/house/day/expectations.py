"""What can come of an act, and where it is seen: at the devices, in Home Assistant's states, in what was heard."""

import re
from typing import Final

from ..bedroom import ALARM_EVENT, BED_EXIT, RINGING
from .acts import Expected, Mark
from .neighbours import SOLID, STRIP
from .stage import ROOM_STATE, Stage

_PART: Final = 4
"""By how many percent a strip may be brighter or darker than was meant: colours are rounded on their way."""


def says(line: str, *, pattern: str = "") -> Expected:
    """Expect a line, played to its end; `pattern` where it is not known in advance, and `line` describes it."""

    async def seen(stage: Stage, mark: Mark) -> str | None:
        await stage.diary.write()
        lines = (each for each in stage.diary.lines if each.at >= mark.at)
        said = next((each for each in lines if re.fullmatch(pattern or re.escape(line), each.text)), None)
        return "" if said is not None and stage.has_heard(said) else None

    return Expected(what=f"“{line}” being heard", seen=seen)


def becomes(state: str) -> Expected:
    """Expect a state of the room."""

    async def seen(stage: Stage, _: Mark) -> str | None:
        return "" if await stage.state(ROOM_STATE) == state else None

    return Expected(what=f"the bedroom being {state}", seen=seen)


def strip_plays(effect: str, meant: str) -> Expected:
    """Expect an effect on the strip itself, which may be over by now: Home Assistant has seen it."""

    async def seen(stage: Stage, mark: Mark) -> str | None:
        await stage.diary.write()
        played = [change.attributes.get("effect") for change in stage.diary.of(STRIP, mark.at)]
        return f"strip: {meant} (WLED’s {effect})" if effect in played else None

    return Expected(what=f"the strip playing {effect}", seen=seen)


def strip_shows(percent: int, looks: str) -> Expected:
    """Expect the strip to be so bright, without an effect."""

    async def seen(stage: Stage, _: Mark) -> str | None:
        shown = await stage.strip()
        if shown.effect != SOLID or abs(shown.brightness - percent) > _PART:
            return None
        return f"strip: {looks} {shown.brightness} %"

    return Expected(what=f"the strip being {looks} at {percent} %", seen=seen)


def strip_fades(seconds: int) -> Expected:
    """Expect the strip to be off, after the order to fade for so long."""

    async def seen(stage: Stage, mark: Mark) -> str | None:
        await stage.diary.write()
        orders = [order for order in stage.diary.orders if order.at >= mark.at and order.action == "light.turn_off"]
        fades = any(STRIP in order.data["entity_id"] and order.data.get("transition") == seconds for order in orders)
        return f"strip: fades out in {seconds} s" if fades and not (await stage.strip()).brightness else None

    return Expected(what=f"the strip fading out in {seconds} s", seen=seen)


def strip_rises(above: int) -> Expected:
    """Expect the sunrise on the strip to have come so far."""

    async def seen(stage: Stage, _: Mark) -> str | None:
        shown = await stage.strip()
        minutes = shown.state["seg"][0]["sx"]
        if shown.effect != "Sunrise" or shown.brightness < above:
            return None
        return f"strip: WLED’s Sunrise, {minutes} min; {shown.brightness} %"

    return Expected(what=f"the strip's sunrise being brighter than {above} %", seen=seen)


def plug(name: str, *, on: bool) -> Expected:
    """Expect the relay of a plug to be closed or open."""

    async def seen(stage: Stage, _: Mark) -> str | None:
        told = stage.neighbours.plug(name)
        if told["on"] is not on:
            return None
        return f"plug: {name}, {told['power_mw'] / 1000:g} W" if on else f"plug: {name} off"

    return Expected(what=f"the relay of {name!r} being {'closed' if on else 'open'}", seen=seen)


def satellite_does(step: str, tells: str) -> Expected:
    """Expect a step of the satellite's trace."""

    async def seen(stage: Stage, mark: Mark) -> str | None:
        return tells if step in {each.name for each in stage.microphone.trace.since(mark.real)} else None

    return Expected(what=f"the satellite's {step!r}", seen=seen)


def rings() -> Expected:
    """Expect the alarm to ring."""

    async def seen(stage: Stage, _: Mark) -> str | None:
        return "alarm: rings" if await stage.state(RINGING) == "on" else None

    return Expected(what="the alarm ringing", seen=seen)


def stops() -> Expected:
    """Expect the alarm to end out of bed, by witnesses."""

    async def seen(stage: Stage, mark: Mark) -> str | None:
        await stage.diary.write()
        kinds = [change.attributes.get("event_type") for change in stage.diary.of(ALARM_EVENT, mark.at)]
        exits = [change.attributes["by"] for change in stage.diary.of(BED_EXIT, mark.at) if "by" in change.attributes]
        if "stopped" not in kinds or not exits or await stage.state(RINGING) != "off":
            return None
        return "alarm: ended by " + " and ".join(one.partition("bedroom_")[2].replace("_", " ") for one in exits[0])

    return Expected(what="the alarm ending out of bed", seen=seen)
