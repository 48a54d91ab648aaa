"""A cross-encoder orders the first items anew, or says at once that it cannot be had."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from asking import KILDEMOSE, TODAY, build

from ingest import hub
from ingest.errors import EncoderUnavailable
from qa.assistant import Assistant
from qa.rerank import Reranker
from tests.quality import card
from tests.quality.__main__ import measured

pytest.importorskip("torch")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("reranked") / "archive.db", KILDEMOSE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder of a few random weights, saved as sentence-transformers saves one."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    torch.manual_seed(4)
    target = tmp_path_factory.mktemp("cross")
    letters = [*"abcdefghijklmnopqrstuvwxyzæøå0123456789.,-?:/()"]
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{each}" for each in letters)]
    (target / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizerFast(str(target / "vocab.txt"), strip_accents=False).save_pretrained(target)
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    configuration = BertConfig(vocab_size=len(words), num_labels=1, max_position_embeddings=128, **sizes)
    model = BertForSequenceClassification(configuration)
    with torch.no_grad():
        model.classifier.weight *= 40  # so that its scores lie apart
    model.save_pretrained(target)
    return target


def test_the_first_items_stand_in_the_order_of_the_model(path, folder):
    question = "Hvad blev besluttet om cykelsti langs Møllevej?"
    with Assistant.open(path) as plain, Assistant.open(path, rerank=str(folder)) as reranking:
        before, after = (each.ask(question, today=TODAY, limit=20) for each in (plain, reranking))
    scores = [view.hit.score for view in after.hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert {view.hit.item for view in after.hits} == {view.hit.item for view in before.hits}
    assert [view.hit.item for view in after.hits] != [view.hit.item for view in before.hits]
    assert [view.meeting.key for view in after.hits] == [view.hit.item.rpartition("/")[0] for view in after.hits]


def test_an_item_may_rise_from_beyond_the_list(path, folder):
    with Assistant.open(path) as plain, Assistant.open(path, rerank=str(folder)) as reranking:
        every = reranking.ask("cykelsti langs Møllevej", today=TODAY, limit=12)
        first = reranking.ask("cykelsti langs Møllevej", today=TODAY, limit=1)
        assert len(plain.ask("cykelsti langs Møllevej", today=TODAY, limit=1).hits) == len(first.hits) == 1
    assert first.hits[0].hit.item == every.hits[0].hit.item


def test_a_question_about_a_meeting_keeps_the_order_of_its_agenda(path, folder):
    with Assistant.open(path, rerank=str(folder)) as reranking:
        answer = reranking.ask("Hvilke punkter var der på mødet den 20. januar 2026?", today=TODAY)
    assert [view.number for view in answer.hits] == sorted((view.number for view in answer.hits), key=int)


def test_nothing_found_stays_nothing(folder):
    assert Reranker(str(folder)).order("cykelsti", [], []) == []


def test_a_model_that_cannot_be_had_says_so_within_two_seconds(path, monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "https://127.0.0.1:9")
    hub.hub_answers(timeout=0.1)  # the import is no part of it
    begun = time.monotonic()
    with pytest.raises(EncoderUnavailable, match="leave out --rerank"):
        Assistant.open(path, rerank="nobody/no-such-cross-encoder")
    assert time.monotonic() - begun < 2.5


def test_a_folder_of_something_else_is_refused(path, tmp_path):
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(EncoderUnavailable, match="cannot be loaded from this machine"):
        Assistant.open(path, rerank=str(tmp_path))


def test_the_scorecard_has_a_side_for_it_with_the_places_a_reader_would_see(path, folder, tmp_path):
    question = "Hvad blev besluttet om cykelsti langs Møllevej?"
    with Assistant.open(path, rerank=str(folder)) as reranking:
        seen = reranking.ask(question, today=TODAY, limit=20).hits
    third = seen[2]
    wanted = {"committee": third.meeting.committee, "date": third.meeting.date.isoformat(), "number": third.number}
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": "q", "question": question, "relevant": [wanted], "today": f"{TODAY}"}))
    (placed,) = measured(path, [gold], with_naive=False, reranker=Reranker(str(folder)))
    assert placed.reranked == 3
    assert "reranked" in card.tables([placed])["all questions"]
    (plain,) = measured(path, [gold], with_naive=False)
    assert (plain.reranked, plain.fused) == (None, placed.fused)
    assert "reranked" not in card.tables([plain])["all questions"]
