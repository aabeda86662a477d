"""Moonshine's tiny English model, as the package `moonshine-voice` brings it, run by onnxruntime. Blocking throughout.

"Moonshine: Speech Recognition for Live Transcription and Voice Commands", Jeffries et al. 2024 (arXiv 2410.15608): an
encoder turns 16 kHz samples into a vector for each 24 ms, a decoder says how likely each next piece of text is.
"""

import importlib.util
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from ...audio import RATE
from ...errors import EngineError, MissingExtraError
from .tokens import START, Tokens

_PACKAGE: Final = "moonshine_voice"
_FOLDER: Final = Path("assets", "tiny-en")
_LAYERS: Final = 6
_HEADS: Final = 8
_WIDTH: Final = 36
_SHORTEST: Final = RATE // 5
"""Samples that the encoder's filters need, and some."""
_THREADS: Final = 4
"""More do not help a model as small as this."""

type Floats = NDArray[np.float32]
type _Cache = dict[str, Floats]


class Model:
    """The model's two networks and its pieces of text; any number of threads may use it."""

    def __init__(self, folder: Path) -> None:
        """Load what lies in a folder; raise EngineError where that fails."""
        self.tokens = Tokens(folder / "tokenizer.bin")
        self._encoder = _network(folder / "encoder_model.ort")
        self._decoder = _network(folder / "decoder_model_merged.ort")
        outputs = [output.name for output in self._decoder.get_outputs()][1:]
        self._caches = [name.replace("present", "past_key_values") for name in outputs]

    def hear(self, speech: Floats) -> "Heard":
        """Encode an utterance: samples between -1 and 1."""
        if len(speech) < _SHORTEST:
            speech = np.pad(speech, (0, _SHORTEST - len(speech)))
        mask = np.ones((1, len(speech)), np.int64)
        (encoded,) = self._encoder.run(None, {"input_values": speech[None], "attention_mask": mask})
        return Heard(self, encoded, mask)

    def decode(self, inputs: dict[str, Floats | NDArray[np.int64] | NDArray[np.bool_]]) -> tuple[Floats, _Cache]:
        """Return the logits of the last piece and the attention caches."""
        logits, *caches = self._decoder.run(None, inputs)
        return logits[:, -1], dict(zip(self._caches, caches, strict=True))


@dataclass(frozen=True, slots=True)
class State:
    """What some beginnings of a text, one a row, have led to."""

    scores: Floats
    """The log probability of each next piece: rows × pieces."""
    cache: _Cache


class Heard:
    """One utterance, encoded: how likely each continuation of a text is."""

    def __init__(self, model: Model, encoded: Floats, mask: NDArray[np.int64]) -> None:
        self._model = model
        self._encoded = encoded
        self._mask = mask
        self._listened: _Cache = {}  # what the decoder keeps of the encoded speech, for as many rows as were needed
        self.start = self._begin()

    def _begin(self) -> State:
        nothing = np.zeros((1, _HEADS, 0, _WIDTH), np.float32)
        cache = {
            f"past_key_values.{layer}.{part}.{kind}": nothing
            for layer in range(_LAYERS)
            for part in ("decoder", "encoder")
            for kind in ("key", "value")
        }
        state, cache = self._step(np.array([[START]], np.int64), cache, first=True)
        self._listened = {name: value for name, value in cache.items() if ".encoder." in name}
        return State(state, {name: value for name, value in cache.items() if ".decoder." in name})

    def follow(self, state: State, rows: list[int], pieces: list[int]) -> State:
        """Return the state after a piece each of these rows, in their order; a row may come more than once."""
        count = len(rows)
        cache = {name: value[rows] for name, value in state.cache.items()}
        if len(next(iter(self._listened.values()))) < count:
            self._listened = {name: np.repeat(value[:1], count, axis=0) for name, value in self._listened.items()}
        cache |= {name: value[:count] for name, value in self._listened.items()}
        scores, cache = self._step(np.array(pieces, np.int64)[:, None], cache, first=False)
        return State(scores, {name: value for name, value in cache.items() if ".decoder." in name})

    def _step(self, pieces: NDArray[np.int64], cache: _Cache, *, first: bool) -> tuple[Floats, _Cache]:
        logits, cache = self._model.decode(
            {
                "input_ids": pieces,
                "encoder_hidden_states": self._encoded,  # one utterance for all rows
                "encoder_attention_mask": self._mask,
                "use_cache_branch": np.array([not first]),
                **cache,
            }
        )
        logits -= logits.max(axis=1, keepdims=True)
        return logits - np.log(np.exp(logits).sum(axis=1, keepdims=True)), cache


def folder_of_package() -> Path:
    """Return where the package keeps its model; raise MissingExtraError where it is not installed.

    It is not imported: that would load libraries which nobody needs here.
    """
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise MissingExtraError(_PACKAGE, "stt")
    return Path(spec.origin).parent / _FOLDER


def _network(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(_THREADS, os.cpu_count() or 1)
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # a waiting core is not a busy one
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as err:  # onnxruntime raises what it likes for a file that is none
        raise EngineError(f"the speech model {path} cannot be loaded: {err}") from err
