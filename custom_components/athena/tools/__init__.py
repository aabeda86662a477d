"""What Athena offers to any conversation agent with a language model. Add a file, add its tool here."""

from typing import Final

from .change_alarm import ChangeAlarmTool
from .control import ControlTool
from .explain import ExplainTool
from .get_rooms import GetRoomsTool
from .set_alarm import SetAlarmTool
from .set_scene import SetSceneTool

ALL: Final = (ControlTool, GetRoomsTool, SetSceneTool, SetAlarmTool, ChangeAlarmTool, ExplainTool)
