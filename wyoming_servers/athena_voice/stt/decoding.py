"""The process in which the home engine works: pocketsphinx lets nothing else of its process run while it decodes.

It speaks Wyoming's framing over its standard input and output, and ends when its input does. Each request has a number,
which its answer repeats: learn (payload: sentences) → learned or failed; recognise (payload: samples) → recognised.
"""

import dataclasses
import json
import logging
import signal
import sys
import threading
from typing import Any

import numpy as np
from wyoming.event import Event, read_event, write_event

from ..audio import Samples
from .engine import Recognition
from .recogniser import Recogniser
from .sentences import Sentence

_LOGGER = logging.getLogger(__name__)


class Decoding:
    """Answers requests. It learns in a second thread: what it knew is recognised meanwhile, if it knew anything."""

    def __init__(self) -> None:
        self._writing = threading.Lock()
        self._learning = threading.Lock()
        self._knowing = threading.Event()
        self._recogniser: Recogniser | None = None

    def run(self) -> None:
        """Answer until there are no more requests."""
        while (request := read_event()) is not None:
            number = int(request.data["number"])
            if request.type == "learn":
                learner = threading.Thread(target=self._learn, args=(number, request.payload or b"[]"), daemon=True)
                learner.start()
            else:
                samples = np.frombuffer(request.payload or b"", np.int16)
                self._answer(number, "recognised", dataclasses.asdict(self._recognise(samples)))

    def _recognise(self, samples: Samples) -> Recognition:
        self._knowing.wait()  # nothing is asked before something is to be learned
        if self._recogniser is None:
            return Recognition(text="", heard="", distance=1.0)
        return self._recogniser.recognise(samples)

    def _learn(self, number: int, payload: bytes) -> None:
        sentences = [Sentence(text=text, words=tuple(words)) for text, words in json.loads(payload)]
        with self._learning:
            try:
                recogniser = Recogniser(sentences)
            except Exception as err:
                _LOGGER.exception("The home's sentences cannot be learned")
                self._answer(number, "failed", {"reason": str(err) or repr(err)})
            else:
                self._recogniser = recogniser
                self._answer(number, "learned", dataclasses.asdict(recogniser.learned))
            finally:
                self._knowing.set()

    def _answer(self, number: int, kind: str, data: dict[str, Any]) -> None:
        with self._writing:
            write_event(Event(type=kind, data={"number": number, **data}))


if __name__ == "__main__":
    # Ctrl-C in a terminal reaches the whole group; the server decides when this ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        Decoding().run()
    except BrokenPipeError:
        sys.exit(1)
