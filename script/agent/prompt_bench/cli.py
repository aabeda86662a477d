"""Prints how many tokens the model is told, and how often what is meant is among them."""

import argparse
import asyncio
from collections.abc import Iterator
from pathlib import Path

from ...room.bench.table import Row, print_table
from ..virtual.house import open_house
from .homes import OWN, SIZES, spec_of
from .prompts import Prompts, async_prompts
from .recall import recall_of
from .tokens import NAME, Tokenizer


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="script/bench agent_prompt", description=__doc__)
    parser.add_argument("--json", action="store_true", help="the last line is the table as JSON")
    parser.add_argument("--vocabulary", type=Path, help="a GGUF with a vocabulary, instead of Gemma 4's")
    args = parser.parse_args()
    tokenizer = Tokenizer(args.vocabulary)
    prompts = asyncio.run(_async_prompts())
    rows = [row for name, one in prompts.items() for row in _rows(name, one, tokenizer)]
    for name in OWN.values():
        rows += _recall(name)
    title = args.vocabulary.stem if args.vocabulary else NAME
    print_table(f"The model's prompt (tokens of {title}; peer: Home Assistant's own)", rows, as_json=args.json)


async def _async_prompts() -> dict[str, Prompts]:
    found = {}
    async with open_house() as house:
        for name in SIZES:
            await house.async_move_in(spec_of(name))
            found[name] = await async_prompts(house.hass)
    return found


def _rows(name: str, prompts: Prompts, tokenizer: Tokenizer) -> Iterator[Row]:
    new, whole = len(prompts.new), len(prompts.whole)
    counts = tokenizer.count([prompts.prefix, prompts.stock, *prompts.new, *prompts.whole])
    prefix, stock, news, wholes = counts[0], counts[1], counts[2 : 2 + new], counts[2 + new : 2 + new + whole]
    yield Row(name=f"{name}.entities", value=prompts.entities, unit="")
    yield Row(name=f"{name}.whole", value=max(wholes), unit="tokens", peer=stock, ratio=round(max(wholes) / stock, 3))
    yield Row(name=f"{name}.prefix", value=prefix, unit="tokens")
    yield Row(name=f"{name}.new_on_a_warm_turn", value=max(news), unit="tokens + the utterance")
    yield Row(name=f"{name}.grammar", value=prompts.grammar_bytes, unit="bytes")
    yield Row(name=f"{name}.ready", value=round(prompts.ready_ms, 2), unit="ms")
    yield Row(name=f"{name}.build", value=round(prompts.build_ms, 2), unit="ms, once a home")


def _recall(name: str) -> Iterator[Row]:
    recall = recall_of(name)
    yield Row(name=f"{name}.recall_at_20.wishes", value=round(100 * recall.by_words, 2), unit="%")
    yield Row(name=f"{name}.shown.wishes", value=round(100 * recall.shown, 2), unit="%")
    yield Row(name=f"{name}.recall_at_20.own", value=round(100 * recall.own, 2), unit="%")
    yield Row(name=f"{name}.find", value=round(recall.find_ms, 3), unit="ms")
