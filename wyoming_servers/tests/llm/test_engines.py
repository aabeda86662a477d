"""What each engine is started with, and what only one of them can do."""

from pathlib import Path

from athena_voice.bounds import Bounds
from athena_voice.llm.engine import Wanted
from athena_voice.llm.engines.llama_server import LlamaServerEngine

from .conftest import conversation, options_of, serving_llm

OLD_HELP = (
    "--model FNAME --alias STRING --host HOST --ctx-size N --parallel N --jinja --reasoning-budget N --no-webui\n"
)


def wanted(llama_server: Path) -> Wanted:
    return Wanted(model=Path("/models/m.gguf"), context=4096, at_once=2, threads=None, llama_server=llama_server)


def test_llama_server_is_started_for_an_assistant() -> None:
    command = LlamaServerEngine(wanted(options_of("llama-server")["llama_server"])).command(Path("/run/1.sock"))
    words = " ".join(command)
    for part in (
        *("--host /run/1.sock", "--ctx-size 8192 --parallel 2", "--jinja", "--reasoning off", "--swa-full"),
        *("--cache-reuse 64", "--cache-ram 512", "--slots", "--metrics", "--offline"),
    ):
        assert part in words


def test_an_older_llama_server_is_started_with_what_it_has(tmp_path: Path) -> None:
    old = tmp_path / "llama-server"
    old.write_text(f"#!/bin/sh\ncat <<'END'\n{OLD_HELP}END\n")
    old.chmod(0o755)
    command = LlamaServerEngine(wanted(old)).command(Path("/run/1.sock"))
    assert "--reasoning-budget 0" in " ".join(command)
    assert "--no-webui" in command
    assert not {"--reasoning", "--cache-ram", "--swa-full", "--offline"} & set(command)


async def test_llama_cpp_python_says_what_it_cannot_do(tiny: Path) -> None:
    tool = {"type": "function", "function": {"name": "turn_on", "parameters": {"type": "object", "properties": {}}}}
    async with serving_llm(tiny, **options_of("llama-cpp-python")) as llm:
        for more, word in (({"tools": [tool]}, "tools"), ({"response_format": {"type": "json_object"}}, "format")):
            status, told = await llm.post("/v1/chat/completions", conversation("turn it on", **more))
            assert status == 400
            assert word in told["error"]["message"]
            assert "llama-server" in told["error"]["message"]


async def test_llama_cpp_python_ends_at_a_stop_word_and_shows_none_of_it(tiny: Path) -> None:
    grammar = 'root ::= "lamp on then stop it"'
    async with serving_llm(tiny, **options_of("llama-cpp-python")) as llm:
        assert await llm.say("go", grammar=grammar, max_tokens=99) == "lamp on then stop it"
        answer = await llm.ask("go", grammar=grammar, max_tokens=99, stop=["never", " then"])
        assert answer["choices"][0]["message"]["content"] == "lamp on"
        assert answer["choices"][0]["finish_reason"] == "stop"
        async with llm.stream("go", grammar=grammar, max_tokens=99, stop=["stop"]) as events:
            pieces = [event["choices"][0]["delta"].get("content") or "" async for event in events if event]
    assert "".join(pieces) == "lamp on then "


async def test_llama_cpp_python_puts_letters_together_that_are_several_tokens(tiny: Path) -> None:
    async with (
        serving_llm(tiny, **options_of("llama-cpp-python")) as llm,
        llm.stream("go", grammar='root ::= "żółw 🐢"', max_tokens=99) as events,
    ):
        pieces = [event["choices"][0]["delta"].get("content") or "" async for event in events if event]
    assert "".join(pieces) == "żółw 🐢"
    assert not any("\ufffd" in piece for piece in pieces)


async def test_a_connection_too_many_is_told_so(tiny: Path) -> None:
    bounds = Bounds(clients=1)
    async with (
        serving_llm(tiny, bounds=bounds, **options_of("llama-server")) as llm,
        llm.stream("talk", grammar="root ::= [a-z] root", max_tokens=-1) as events,
    ):
        await anext(events)
        async with llm.http.get(f"{llm.address}/health") as answer:
            assert (answer.status, answer.headers["Retry-After"]) == (503, "1")
