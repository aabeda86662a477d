"""What Athena can be asked that Home Assistant cannot. Add a file, add its intent here, and a file of sentences."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import intent

from ..companion.wish import Wish
from ..companion.wish_intent import WishIntent
from ..runtime import AthenaConfigEntry
from .delete_alarm import DeleteAlarmIntent
from .explain import ExplainIntent
from .list_alarms import ListAlarmsIntent
from .quiet import QuietIntent
from .room_status import RoomStatusIntent
from .set_alarm import SetAlarmIntent
from .set_scene import SetSceneIntent
from .skip_alarm import SkipAlarmIntent
from .still_awake import StillAwakeIntent
from .stop_alarm import StopAlarmIntent
from .undo import UndoIntent

ALL: Final = (
    SetAlarmIntent,
    SkipAlarmIntent,
    ListAlarmsIntent,
    DeleteAlarmIntent,
    StopAlarmIntent,
    StillAwakeIntent,
    QuietIntent,
    SetSceneIntent,
    ExplainIntent,
    RoomStatusIntent,
    UndoIntent,
)


@callback
def async_register(hass: HomeAssistant, entry: AthenaConfigEntry, wishes: Sequence[Wish]) -> None:
    """Register every intent, the wishes of the capabilities with them, for as long as the entry is loaded."""
    runtime = entry.runtime_data
    for handler in (*(kind(runtime) for kind in ALL), *(WishIntent(runtime, wish) for wish in wishes)):
        intent.async_register(hass, handler)
        entry.async_on_unload(partial(intent.async_remove, hass, handler.intent_type))
