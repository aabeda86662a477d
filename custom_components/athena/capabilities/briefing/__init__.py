"""Morning briefing: the weather and the calendars of today, after "Good morning." and on request (PRD §12)."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final, override

import probatio as vol
from homeassistant.components.conversation import DOMAIN as CONVERSATION_DOMAIN
from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.const import ATTR_SUPPORTED_FEATURES, ATTR_TEMPERATURE, STATE_UNAVAILABLE
from homeassistant.core import State
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.selector import BooleanSelector, EntitySelector, EntitySelectorConfig
from homeassistant.util import dt as dt_util

from ...brain import phrases
from ...companion.capability import Capability
from ...companion.greeted import Waking
from ...companion.wish import Asked, Wish
from .appointment import Appointment
from .forecast import WET, Forecast, degrees_of
from .words import LINES, NUMBERS, SENTENCES

_LOGGER = logging.getLogger(__name__)

WEATHER: Final = "weather"
CALENDAR: Final = "calendar"

CONF_WEATHER: Final = "weather"
CONF_CALENDARS: Final = "calendars"
CONF_ON_WAKING: Final = "on_waking"

PATIENCE: Final = 4.0
"""Seconds in which weather and calendars have to answer: whoever asks is to hear something within the turn's 8."""

MOST: Final = 3
"""So many events are told, the others counted."""

FORECASTS: Final = ((1, "daily"), (4, "twice_daily"), (2, "hourly"))
"""The forecasts a weather may have, by `WeatherEntityFeature`, the best first."""


class Briefing(Capability):
    """Tell what the day brings, in two sentences."""

    key: ClassVar = "briefing"
    sentences: ClassVar = SENTENCES
    lines: ClassVar = LINES
    form: ClassVar = {
        vol.Optional(CONF_WEATHER): EntitySelector(EntitySelectorConfig(domain=WEATHER)),
        vol.Optional(CONF_CALENDARS): EntitySelector(EntitySelectorConfig(domain=CALENDAR, multiple=True)),
        vol.Optional(CONF_ON_WAKING, default=True): BooleanSelector(),
    }

    _silent: frozenset[str] = frozenset()
    """What could not be asked last time."""

    @override
    def wishes(self) -> tuple[Wish, ...]:
        return (
            Wish(
                intent="AthenaBriefing",
                description="Tells today's weather and the events of today's calendars",
                fulfil=self._tell,
                is_question=True,
                needs_room=False,
            ),
        )

    @override
    async def on_waking(self, waking: Waking) -> str:
        today = waking.day.isoformat()
        is_wanted = waking.is_morning and self.desk.settings.get(CONF_ON_WAKING, True)
        if not is_wanted or self.desk.memory.get("briefed") == today:
            return ""
        self.desk.memory["briefed"] = today  # at once: somebody else may get up in the next moment
        self.desk.remember()
        return await self._brief()

    async def _tell(self, _asked: Asked) -> str:
        return await self._brief() or self.persona.say("cannot_tell")

    async def _brief(self) -> str:
        """Return what can be told of the day; empty where nothing can."""
        now = dt_util.now()
        async with asyncio.TaskGroup() as tasks:
            weather = tasks.create_task(self._weather(now))
            events = tasks.create_task(self._events(now))
        return f"{weather.result()} {events.result()}".strip()

    # ---- the weather

    async def _weather(self, now: datetime) -> str:
        entity = self.desk.settings.get(CONF_WEATHER) or next(iter(self._exposed(WEATHER)), None)
        if entity is None:
            return ""
        state = self.desk.hass.states.get(entity)
        if state is None or state.state == STATE_UNAVAILABLE:
            self._has_answered(entity, "it is unavailable")
            return ""
        forecast = await self._forecast(state, now)
        degrees, high = degrees_of(state.attributes.get(ATTR_TEMPERATURE)), max(forecast.highs, default=None)
        sky = self._sky(state.state, forecast.sky)
        air = None if degrees is None else self._air(degrees)
        told = self.persona.part("sky_and_air", degrees=air, sky=sky) if air and sky else air or sky or ""
        if high is None or (degrees is not None and high <= degrees):
            return _sentence(told)
        warmer = self.persona.part("up_to", high=self._number(high) if air else self._air(high))
        return _sentence(self.persona.part("comma", first=told, more=warmer) if told else warmer)

    async def _forecast(self, state: State, now: datetime) -> Forecast:
        features = state.attributes.get(ATTR_SUPPORTED_FEATURES, 0)
        kind = next((kind for feature, kind in FORECASTS if features & feature), None)
        if kind is None:
            self._has_answered(state.entity_id, None)
            return Forecast()
        told = await self._ask(WEATHER, "get_forecasts", state.entity_id, type=kind)
        return Forecast.of((told or {}).get("forecast") or (), now, is_hourly=kind == "hourly")

    def _sky(self, now: str, later: str | None) -> str | None:
        """Return how the sky looks, and that it will be wet where it is dry."""
        sky = self.persona.part(f"sky_{now}") if self.persona.has(f"sky_{now}") else None
        if sky is None or later is None or now in WET:
            return sky
        return self.persona.part("sky_later", sky=sky, later=self.persona.part(f"sky_{later}"))

    def _air(self, degrees: int) -> str:
        return self.persona.part("degree" if abs(degrees) == 1 else "degrees", degrees=self._number(degrees))

    def _number(self, number: int) -> str:
        return self.persona.part("minus", number=-number) if number < 0 else str(number)

    # ---- the calendars

    async def _events(self, now: datetime) -> str:
        calendars = self.desk.settings.get(CONF_CALENDARS) or self._exposed(CALENDAR)
        if not calendars:
            return ""
        midnight = dt_util.start_of_local_day(now.date() + timedelta(days=1))
        times = {"start_date_time": now.isoformat(), "end_date_time": midnight.isoformat()}
        async with asyncio.TaskGroup() as tasks:
            asked = [tasks.create_task(self._ask(CALENDAR, "get_events", one, **times)) for one in calendars]
        answers = [task.result() for task in asked]
        found = {
            event
            for answer in answers
            for told in (answer or {}).get("events") or ()
            if (event := Appointment.of(told)) is not None and event.is_of_today(now, midnight)
        }
        if found:
            return self._told(sorted(found, key=Appointment.order), now, midnight)
        return self.persona.say("no_events") if None not in answers else ""

    def _told(self, events: Sequence[Appointment], now: datetime, midnight: datetime) -> str:
        said = [self._event(event, now, midnight) for event in events]
        if (more := len(said) - MOST) > 0:
            first = said[0]
            for one in said[1:MOST]:
                first = self.persona.part("comma", first=first, more=one)
            listed = self.persona.part("and_more", first=first, count=more)
        else:
            listed = self.persona.listed(said)
        number = NUMBERS[len(said)] if len(said) < len(NUMBERS) else len(said)
        return self.persona.say("one_event" if len(said) == 1 else "many_events", number=number, events=listed)

    def _event(self, event: Appointment, now: datetime, midnight: datetime) -> str:
        title = event.title or self.persona.part("untitled")
        if event.is_all_day or (event.start <= now and event.end >= midnight):
            return title
        if event.start <= now:
            return self.persona.part("event_until", title=title, time=phrases.clock(event.end))
        return self.persona.part("event_at", title=title, time=phrases.clock(event.start))

    # ---- asking

    def _exposed(self, domain: str) -> list[str]:
        """Return what of a domain is exposed to Assist: nothing else is said aloud unasked."""
        hass = self.desk.hass
        found = sorted(hass.states.async_entity_ids(domain))
        return [one for one in found if async_should_expose(hass, CONVERSATION_DOMAIN, one)]

    async def _ask(self, domain: str, action: str, entity: str, **data: str) -> Mapping[str, Any] | None:
        """Return what an entity answers; None where it does not, which is logged once."""
        try:
            async with asyncio.timeout(PATIENCE):
                told = await self.desk.async_ask(domain, action, entity, **data)
        except (HomeAssistantError, TimeoutError) as err:
            self._has_answered(entity, str(err) or "it takes too long")
            return None
        except Exception:  # a fault of somebody else's integration: the rest of the day is told
            if entity not in self._silent:
                _LOGGER.exception("%s cannot be asked for the briefing", entity)
            self._silent |= {entity}
            return None
        self._has_answered(entity, None)
        return told

    def _has_answered(self, entity: str, failure: str | None) -> None:
        if failure is None and entity in self._silent:
            _LOGGER.info("%s can be asked for the briefing again", entity)
            self._silent -= {entity}
        elif failure is not None and entity not in self._silent:
            _LOGGER.warning("%s cannot be asked for the briefing: %s", entity, failure)
            self._silent |= {entity}


def _sentence(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}." if said else ""
