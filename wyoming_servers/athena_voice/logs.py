"""The log, for a person or for a program; every line says which piece of work it is of."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Final, override

from .turns import CLIENT, TURN

FORMATS: Final = ("text", "json")

_TEXT: Final = "%(asctime)s %(levelname)s %(name)s%(place)s: %(message)s"


def set_up(level: str, form: str) -> None:
    """Write the whole process's log to the standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if form == "json" else logging.Formatter(_TEXT))
    handler.addFilter(_place)
    logging.basicConfig(level=level.upper(), handlers=[handler])


def _place(record: logging.LogRecord) -> bool:
    """Note, where the line is logged, for whom and in which piece of work."""
    turn, client = TURN.get(), CLIENT.get()
    record.turn = turn
    record.client = client
    words = [word for word in (turn, client) if word]
    record.place = f" [{' '.join(words)}]" if words else ""
    return True


class JsonFormatter(logging.Formatter):
    """One JSON object a line: at, level, logger, message; turn, client and exception where there are any."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "turn": getattr(record, "turn", None),
            "client": getattr(record, "client", None),
            "exception": self.formatException(record.exc_info) if record.exc_info else None,
        }
        return json.dumps({key: value for key, value in line.items() if value is not None}, ensure_ascii=False)
