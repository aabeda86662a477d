"""The speech model itself."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from athena_voice.errors import EngineError
from athena_voice.stt.recogniser.model import Model

PARTS = ("encoder_model.ort", "decoder_model_merged.ort", "tokenizer.bin")


@pytest.mark.parametrize("part", PARTS)
def test_a_truncated_model_file_is_refused_by_name(tmp_path: Path, folder: Path, part: str) -> None:
    for name in PARTS:
        shutil.copy(folder / name, tmp_path)
    with (tmp_path / part).open("r+b") as file:
        file.truncate(500)
    with pytest.raises(EngineError, match=part):
        Model(tmp_path)


@pytest.mark.parametrize("length", [0, 1, 1599, 16_000])
def test_any_length_is_heard(model: Model, length: int) -> None:
    heard = model.hear(np.zeros(length, np.float32))
    assert heard.start.scores.shape == (1, len(model.tokens))


def test_scores_are_log_probabilities(model: Model) -> None:
    heard = model.hear(np.zeros(16_000, np.float32))
    state = heard.follow(heard.start, [0, 0, 0], [400, 401, 402])
    assert np.exp(state.scores).sum(axis=1) == pytest.approx(np.ones(3))


def test_rows_hardly_depend_on_each_other(model: Model) -> None:
    """The model rounds for all rows together: in company a beginning is nearly as likely as alone."""
    heard = model.hear(np.random.default_rng(1).normal(0, 0.1, 32_000).astype(np.float32))
    together = heard.follow(heard.start, [0] * 5, [400, 401, 402, 403, 404])
    together = heard.follow(together, [3, 1], [500, 501])
    alone = heard.follow(heard.follow(heard.start, [0], [403]), [0], [500])
    best = alone.scores[0].argsort()[-3:]
    assert together.scores[0][best] == pytest.approx(alone.scores[0][best], abs=0.5)
