"""What a person or an automation can have done. Add a file, add its action here, and its fields to services.yaml."""

from typing import Final

from ..action import Action
from .cancel_sleep import CANCEL_SLEEP
from .delete_alarm import DELETE_ALARM
from .explain import EXPLAIN
from .list_alarms import LIST_ALARMS
from .say import SAY
from .send_event import SEND_EVENT
from .set_alarm import SET_ALARM
from .set_room_state import SET_ROOM_STATE
from .skip_alarm import SKIP_ALARM
from .stop_alarm import STOP_ALARM

ALL: Final[tuple[Action, ...]] = (
    CANCEL_SLEEP,
    DELETE_ALARM,
    EXPLAIN,
    LIST_ALARMS,
    SAY,
    SEND_EVENT,
    SET_ALARM,
    SET_ROOM_STATE,
    SKIP_ALARM,
    STOP_ALARM,
)
