"""One model of llama.cpp and one context: text to tokens, tokens to logits. Blocking; one thread uses it."""

import ctypes
import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import jinja2
import llama_cpp as native
import numpy as np
from llama_cpp.llama_chat_format import Jinja2ChatFormatter
from numpy.typing import NDArray

from ...errors import GoneError, ModelError, RequestError

_LOGGER = logging.getLogger(__name__)

BATCH: Final = 512
"""Tokens that are evaluated at a time; between two batches a request can be cancelled."""
_PIECE_BYTES: Final = 256
_ABORTED: Final = 2
_YES, _NO = True, False  # llama.cpp has no names for what it is told
_ERROR: Final = 4
"""llama.cpp's log level."""

_TEMPLATE_ERRORS: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, jinja2.TemplateError)
"""A template is a program of whoever made the model."""

type Tokens = list[int]


class Model:
    """A model that is loaded."""

    def __init__(
        self, path: Path, *, context: int, threads: int | None = None, cancelled: Callable[[], bool] = lambda: False
    ) -> None:
        """Load a GGUF file; raise ModelError for one that llama.cpp refuses. `cancelled` is asked while it computes."""
        self.name = path.stem
        self._said: list[str] = []
        self._callbacks = (native.llama_log_callback(self._log), native.ggml_abort_callback(lambda _: cancelled()))
        self._cancelled = cancelled
        native.llama_log_set(self._callbacks[0], ctypes.c_void_p(0))
        native.llama_backend_init()
        self._model = native.llama_model_load_from_file(str(path).encode(), native.llama_model_default_params())
        if not self._model:
            raise ModelError(path, self._said[0] if self._said else "llama.cpp does not load it")
        self._vocabulary = native.llama_model_get_vocab(self._model)
        self._context = native.llama_init_from_model(self._model, self._parameters(context, threads))
        if not self._context:
            raise ModelError(
                path, self._said[-1] if self._said else f"there is no room for {context} tokens of context"
            )
        self._memory = native.llama_get_memory(self._context)
        self.words: int = native.llama_vocab_n_tokens(self._vocabulary)
        self.context: int = native.llama_n_ctx(self._context)
        self.trained_context: int = native.llama_model_n_ctx_train(self._model)
        self._template = self._formatter(path)

    def _parameters(self, context: int, threads: int | None) -> Any:
        parameters = native.llama_context_default_params()
        parameters.n_ctx = context
        parameters.n_batch = parameters.n_ubatch = BATCH
        parameters.n_seq_max = 1
        parameters.swa_full = True  # else what slid out of the window cannot be gone back to
        parameters.abort_callback = self._callbacks[1]
        if threads is not None:
            parameters.n_threads = parameters.n_threads_batch = threads
        return parameters

    def _formatter(self, path: Path) -> Any:
        template = native.llama_model_chat_template(self._model, None)
        if not template:
            raise ModelError(path, "it has no chat template: take one made for chat, whose name says Instruct or it")
        return Jinja2ChatFormatter(
            template=template.decode(),
            eos_token=self._text(native.llama_vocab_eos(self._vocabulary)),
            bos_token=self._text(native.llama_vocab_bos(self._vocabulary)),
        )

    def _text(self, token: int) -> str:
        return "" if token < 0 else native.llama_vocab_get_text(self._vocabulary, token).decode()

    def _log(self, level: int, text: bytes, _data: Any) -> None:
        line = text.decode(errors="replace").strip()
        if level == _ERROR and line:
            self._said.append(line)
            _LOGGER.warning("llama.cpp: %s", line)

    def render(self, messages: Sequence[Mapping[str, Any]], options: Mapping[str, Any]) -> str:
        """Return the prompt of a conversation; raise RequestError for one that the model's template refuses."""
        try:
            prompt: str = self._template(messages=messages, **{"enable_thinking": False, **options}).prompt
        except _TEMPLATE_ERRORS as err:
            raise RequestError(f"the model's chat template refuses the messages: {err}") from err
        return prompt

    def tokens(self, prompt: str) -> Tokens:
        """Return the tokens of a prompt, with its special ones."""
        data = prompt.encode(errors="replace")
        room = len(data) + 2
        buffer = (native.llama_token * room)()
        count = native.llama_tokenize(self._vocabulary, data, len(data), buffer, room, _NO, _YES)
        tokens = list(buffer[:count])
        begin = native.llama_vocab_bos(self._vocabulary)
        if native.llama_vocab_get_add_bos(self._vocabulary) and tokens[:1] != [begin]:
            tokens.insert(0, begin)
        return tokens

    def piece(self, token: int) -> bytes:
        """Return the bytes of a token, which may be a part of a letter."""
        buffer = ctypes.create_string_buffer(_PIECE_BYTES)
        count = native.llama_token_to_piece(self._vocabulary, token, buffer, _PIECE_BYTES, 0, _NO)
        return buffer.raw[: max(count, 0)]

    def ends(self, token: int) -> bool:
        """Whether a token ends the answer."""
        return bool(native.llama_vocab_is_eog(self._vocabulary, token))

    @property
    def vocabulary(self) -> Any:
        """llama.cpp's handle, for a grammar."""
        return self._vocabulary

    @property
    def logits(self) -> NDArray[np.float32]:
        """What the last token that was evaluated says of the next; overwritten by the next evaluation."""
        return np.ctypeslib.as_array(native.llama_get_logits_ith(self._context, -1), shape=(self.words,))

    def evaluate(self, tokens: Tokens) -> None:
        """Evaluate tokens after those that are in the memory; raise GoneError, or RequestError."""
        for start in range(0, len(tokens), BATCH):
            if self._cancelled():
                raise GoneError
            part = tokens[start : start + BATCH]
            array = (native.llama_token * len(part))(*part)
            code = native.llama_decode(self._context, native.llama_batch_get_one(array, len(part)))
            if code == _ABORTED:
                raise GoneError
            if code:
                raise RequestError(f"llama.cpp cannot evaluate the prompt (code {code})")

    @property
    def remembered(self) -> int:
        """How many tokens are in the memory."""
        last: int = native.llama_memory_seq_pos_max(self._memory, 0)
        return last + 1

    def forget_after(self, count: int) -> bool:
        """Keep only the first tokens of the memory; False, and nothing is changed, where the model's cannot be cut."""
        return bool(native.llama_memory_seq_rm(self._memory, 0, count, -1))

    def forget(self) -> None:
        """Empty the memory."""
        native.llama_memory_clear(self._memory, _YES)

    def save(self) -> bytes:
        """Return a copy of the memory."""
        size = native.llama_state_seq_get_size(self._context, 0)
        buffer = (ctypes.c_uint8 * size)()
        written = native.llama_state_seq_get_data(self._context, buffer, size, 0)
        return ctypes.string_at(buffer, written)

    def restore(self, state: bytes) -> bool:
        """Put a copy back in place of the memory; False where llama.cpp cannot read it."""
        self.forget()
        buffer = (ctypes.c_uint8 * len(state)).from_buffer_copy(state)
        return bool(native.llama_state_seq_set_data(self._context, buffer, len(state), 0))
