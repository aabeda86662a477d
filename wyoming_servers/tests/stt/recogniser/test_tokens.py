"""Text in the model's pieces."""

from pathlib import Path

import pytest

from athena_voice.errors import EngineError
from athena_voice.stt.recogniser.model import Model
from athena_voice.stt.recogniser.tokens import END, START, Tokens


@pytest.fixture(scope="module")
def tokens(model: Model) -> Tokens:
    return model.tokens


@pytest.mark.parametrize("text", ["Turn on the living room lamp", "Arman's café", "50%", "TV", "日本", "naïve Åse 7"])
def test_what_is_written_reads_the_same(tokens: Tokens, text: str) -> None:
    assert tokens.text(piece for word in text.split() for piece in tokens.of_word(word)) == text


def test_a_common_word_is_one_piece_and_a_rare_one_is_several(tokens: Tokens) -> None:
    assert len(tokens.of_word("lamp")) == 1
    assert len(tokens.of_word("Trådfri")) > 1


def test_what_follows_without_a_space_begins_no_word(tokens: Tokens) -> None:
    assert tokens.text((*tokens.of_word("lamp"), *tokens.of_word(".", begins=False))) == "lamp."


def test_no_word_has_the_marks_of_start_and_end(tokens: Tokens) -> None:
    assert not {START, END} & {piece for word in ("<s>", "</s>", "<unk>") for piece in tokens.of_word(word)}


@pytest.mark.parametrize("keep", [0, 1, 100, 700])
def test_a_truncated_file_is_refused_by_name(tmp_path: Path, folder: Path, keep: int) -> None:
    cut = tmp_path / "tokenizer.bin"
    cut.write_bytes((folder / "tokenizer.bin").read_bytes()[:keep])
    with pytest.raises(EngineError, match=r"tokenizer\.bin"):
        Tokens(cut)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"tokenizer\.bin"):
        Tokens(tmp_path / "tokenizer.bin")
