"""The worker's HTTP: one answer at a time, in a thread; the others wait."""

import asyncio
import json
import threading
import time
import uuid
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, Final

from aiohttp import web

from ...errors import GoneError, RequestError
from .answer import Answer
from .dialect import Request, error, request
from .model import Model
from .prefix import Prefix


class Worker:
    """Serves one model once it is loaded. All that touches the model is done in its one thread."""

    def __init__(self) -> None:
        self.thread: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="model")
        self.stopping: Final = threading.Event()
        self._current: threading.Event | None = None
        self._model: Model | None = None
        self._prefix: Prefix | None = None

    def cancelled(self) -> bool:
        """Whether who waits for what is computed now has gone. For the model's thread."""
        return self.stopping.is_set() or (self._current is not None and self._current.is_set())

    def has(self, model: Model) -> None:
        """Take the model, loaded."""
        self._model, self._prefix = model, Prefix(model)

    async def handle(self, asked: web.BaseRequest) -> web.StreamResponse:
        """Answer a request."""
        model = self._model
        if model is None:
            return web.json_response(error("Loading model", code=503, kind="unavailable_error"), status=503)
        match asked.method, asked.path:
            case "GET", "/health":
                return web.json_response({"status": "ok"})
            case "GET", "/v1/models":
                return web.json_response(_models(model))
            case "GET", "/props":
                return web.json_response(_props(model))
            case "POST", "/v1/chat/completions" | "/tokenize" | "/apply-template":
                return await self._asked(asked, model)
            case _:
                return web.json_response(error("File Not Found", code=404, kind="not_found_error"), status=404)

    async def _asked(self, asked: web.BaseRequest, model: Model) -> web.StreamResponse:
        try:
            body = await asked.read()
            if asked.path == "/tokenize":
                return web.json_response({"tokens": await self._run(model.tokens, _content(body))})
            wanted = request(body)
            if asked.path == "/apply-template":
                return web.json_response({"prompt": await self._run(model.render, wanted.messages, wanted.template)})
            return await (self._stream(asked, wanted) if wanted.stream else self._whole(wanted))
        except RequestError as err:
            kind = "invalid_request_error" if err.code == RequestError.code else err.code
            return web.json_response(error(str(err), code=400, kind=kind), status=400)

    async def _run(self, work: Callable[..., object], *arguments: object) -> object:
        return await asyncio.get_running_loop().run_in_executor(self.thread, work, *arguments)

    async def _whole(self, wanted: Request) -> web.Response:
        text = ""
        async with self._answer(wanted) as (answer, texts):
            async for part in texts:
                text += part
        message = {"role": "assistant", "content": text}
        choice = {"finish_reason": answer.finish_reason, "index": 0, "message": message}
        told = {
            **self._head("chat.completion"),
            "choices": [choice],
            "usage": answer.timings.usage(),
            "timings": answer.timings.told(),
        }
        return web.json_response(told)

    async def _stream(self, asked: web.BaseRequest, wanted: Request) -> web.StreamResponse:
        head = self._head("chat.completion.chunk")

        def event(delta: Mapping[str, Any] | None, more: Mapping[str, Any], finish: str | None = None) -> bytes:
            choices = [] if delta is None else [{"finish_reason": finish, "index": 0, "delta": delta}]
            return b"data: " + json.dumps({"choices": choices, **head, **more}).encode() + b"\n\n"

        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        async with self._answer(wanted) as (answer, texts):
            try:
                async for part in texts:
                    if not response.prepared:  # until then an error has a status of its own
                        await response.prepare(asked)
                        await response.write(event({"role": "assistant", "content": None}, {}))
                    more = {"timings": answer.timings.told()} if wanted.timings_per_token else {}
                    if part:
                        await response.write(event({"content": part}, more))
            except RequestError as err:
                if not response.prepared:
                    raise
                told = error(str(err), code=500, kind="server_error")
                await response.write(b"data: " + json.dumps(told).encode() + b"\n\n")
                return response
        last = {"timings": answer.timings.told()}
        await response.write(event({}, {} if wanted.usage else last, answer.finish_reason))
        if wanted.usage:
            await response.write(event(None, {"usage": answer.timings.usage(), **last}))
        await response.write(b"data: [DONE]\n\n")
        return response

    def _head(self, kind: str) -> dict[str, Any]:
        assert self._model is not None
        made = {"created": int(time.time()), "id": f"chatcmpl-{uuid.uuid4().hex}", "model": self._model.name}
        return {**made, "object": kind}

    @asynccontextmanager
    async def _answer(self, wanted: Request) -> AsyncIterator[tuple[Answer, AsyncIterator[str]]]:
        """Answer in the thread for the length of the block; who leaves it early stops the computing."""
        assert self._model is not None
        assert self._prefix is not None
        answer = Answer(self._model, self._prefix, wanted)
        loop = asyncio.get_running_loop()
        parts: asyncio.Queue[str | None] = asyncio.Queue()  # no longer than the answer
        gone = threading.Event()

        def work() -> None:
            if gone.is_set():
                return
            self._current = gone
            try:
                for text in answer.text():
                    loop.call_soon_threadsafe(parts.put_nowait, text)
                    if self.cancelled():
                        return
            except GoneError:
                return
            finally:
                self._current = None
                loop.call_soon_threadsafe(parts.put_nowait, None)

        done = loop.run_in_executor(self.thread, work)

        async def texts() -> AsyncIterator[str]:
            while (part := await parts.get()) is not None:
                yield part
            await done

        try:
            yield answer, texts()
        finally:
            gone.set()


def _content(body: bytes) -> str:
    try:
        content = json.loads(body)["content"]
    except (ValueError, TypeError, KeyError) as err:
        raise RequestError("the request has to be a JSON object with a 'content'") from err
    if not isinstance(content, str):
        raise RequestError("'content' has to be a text")
    return content


def _models(model: Model) -> dict[str, Any]:
    meta = {"n_vocab": model.words, "n_ctx": model.context, "n_ctx_train": model.trained_context}
    one = {"id": model.name, "object": "model", "owned_by": "llamacpp", "meta": meta}
    return {"object": "list", "data": [one]}


def _props(model: Model) -> dict[str, Any]:
    return {
        "default_generation_settings": {"n_ctx": model.context},
        "total_slots": 1,
        "model_alias": model.name,
        "build_info": "llama-cpp-python",
    }
