"""Text becomes vectors that mean the same everywhere, and a model that cannot be had says so at once."""

import json
import socket
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from huggingface_hub import constants
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit

from ingest import encoders, hub
from ingest.encoders import BUNDLED, SentenceEncoder, StaticEncoder, WordHashEncoder, load
from ingest.errors import EncoderUnavailable

DECISION = "Udvalget godkendte, at der etableres videoovervågning på Bethaniagade."
BUDGET = "Budgettet for ældreplejen blev forhøjet med to millioner kroner."
TEXTS = [DECISION, BUDGET, "The committee approved the budget.", "33", "", "...", "жжж", DECISION * 30]


@pytest.fixture(scope="module")
def bundled() -> StaticEncoder:
    return StaticEncoder(BUNDLED)


def write_static_model(folder: Path, *, prompts: dict[str, str] | None = None) -> Path:
    """A model of five tokens in three dimensions, saved as sentence-transformers saves a static one."""
    words = {"[UNK]": 0, "gade": 1, "vej": 2, "query:": 3, "passage:": 4}
    tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    table = np.array([[9, 9, 9], [1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, -1]], dtype=np.float16)
    (folder / "1_Normalize").mkdir(parents=True)
    (folder / "1_Normalize" / "config.json").write_text("{}")
    tokenizer.save(str(folder / "tokenizer.json"))
    save_file({"embedding.weight": table}, folder / "model.safetensors")
    write_modules(folder, "StaticEmbedding", "Normalize")
    (folder / "config_sentence_transformers.json").write_text(json.dumps({"prompts": prompts or {}}))
    return folder


def write_modules(folder: Path, *kinds: str) -> None:
    paths = ["", *(f"{number}_{kind}" for number, kind in enumerate(kinds[1:], start=1))]
    modules = [
        {"idx": number, "name": str(number), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for number, (kind, path) in enumerate(zip(kinds, paths, strict=True))
    ]
    (folder / "modules.json").write_text(json.dumps(modules))


def write_cached_model(cache: Path) -> str:
    """The model "org/name" as the hub's client caches it; returns its commit."""
    commit = "0123456789" * 4
    repository = cache / "models--org--name"
    write_static_model(repository / "snapshots" / commit)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(commit)
    return commit


class TestBundled:
    def test_it_goes_by_one_name_from_every_checkout(self, bundled):
        assert bundled.identity.name == "punktsvar-static-da-en"
        assert bundled.identity.dimension == 256
        assert len(bundled.identity.revision) == 16
        assert load().identity == load("punktsvar-static-da-en").identity == load(str(BUNDLED)).identity
        assert load().identity == bundled.identity

    @pytest.mark.parametrize(
        "question",
        ["Hvad blev der besluttet om overvågning med video?", "What was decided about video surveillance?"],
    )
    def test_a_question_in_either_language_is_nearer_to_the_passage_it_is_about(self, bundled, question):
        about, other = bundled.passages([DECISION, BUDGET]) @ bundled.questions([question])[0]

        assert about > other + 0.2

    def test_every_row_has_length_one_unless_nothing_in_the_text_is_known(self, bundled):
        vectors = bundled.passages(TEXTS)

        assert vectors.dtype == np.float32
        assert vectors.shape == (8, 256)
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 1, 1, 1, 0, 0, 0, 1], atol=1e-6)

    def test_no_texts_give_no_rows(self, bundled):
        assert bundled.passages([]).shape == (0, 256)

    def test_a_text_has_the_same_vector_alone_as_among_others(self, bundled):
        alone = np.concatenate([bundled.passages([text]) for text in TEXTS])

        np.testing.assert_array_equal(alone, bundled.passages(TEXTS))

    @settings(deadline=None)
    @given(st.lists(st.text(), max_size=5))
    def test_any_text_gives_finite_vectors(self, bundled, texts):
        vectors = bundled.passages(texts)

        lengths = np.linalg.norm(vectors, axis=1)
        assert np.isfinite(vectors).all()
        assert all(length == 0 or abs(length - 1) < 1e-5 for length in lengths)

    def test_neither_reading_it_nor_missing_another_model_imports_torch(self):
        code = (
            "import sys; from ingest.encoders import load; from ingest.errors import EncoderUnavailable\n"
            "load().questions(['Hvad blev besluttet?'])\n"
            "try: load('no-such-org/no-such-model', may_download=False)\n"
            "except EncoderUnavailable: print(sorted({'torch', 'sentence_transformers'} & set(sys.modules)))"
        )
        child = subprocess.run(
            [sys.executable, "-W", "error", "-c", code], cwd=BUNDLED.parents[1], capture_output=True, text=True
        )

        assert (child.stdout.strip(), child.stderr) == ("[]", "")


class TestStaticFolder:
    def test_the_vector_is_the_mean_of_the_known_words(self, tmp_path):
        encoder = load(str(write_static_model(tmp_path / "model")))

        assert isinstance(encoder, StaticEncoder)
        assert encoder.identity.name == str((tmp_path / "model").resolve())
        half = np.sqrt(0.5, dtype=np.float32)
        expected = np.array([[half, half, 0], [1, 0, 0], [0, 0, 0]])
        np.testing.assert_allclose(encoder.passages(["gade vej", "gade gade", "plads torv"]), expected, atol=1e-6)

    def test_other_weights_are_another_revision_and_a_copy_is_the_same(self, tmp_path):
        one, two = (write_static_model(tmp_path / name) for name in ("one", "two"))
        (two / "README.md").write_text("a note")
        assert load(str(one)).identity.revision == load(str(two)).identity.revision

        save_file({"embedding.weight": np.eye(5, 3, dtype=np.float16)}, two / "model.safetensors")

        assert load(str(one)).identity.revision != load(str(two)).identity.revision

    def test_a_model_with_prompts_is_left_to_sentence_transformers(self, tmp_path):
        assert encoders.is_static(write_static_model(tmp_path / "plain"))
        assert not encoders.is_static(write_static_model(tmp_path / "prompted", prompts={"query": "query: "}))

    def test_a_missing_or_empty_folder_is_named(self, tmp_path):
        for folder in (tmp_path, tmp_path / "nowhere"):
            with pytest.raises(EncoderUnavailable, match=r"no static model here.*--model") as caught:
                StaticEncoder(folder)
            assert str(folder) in str(caught.value)

    @pytest.mark.parametrize("content", ["[", "{}", "[1]", '[{"type": 3}]', "null", "[]"])
    def test_a_modules_file_of_something_else_is_not_static(self, tmp_path, content):
        (tmp_path / "modules.json").write_text(content)

        with pytest.raises(EncoderUnavailable, match="no static model here"):
            StaticEncoder(tmp_path)

    @pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json"])
    @pytest.mark.parametrize("kept", [0, 40])
    def test_a_truncated_file_is_reported_with_its_folder(self, tmp_path, file, kept):
        folder = write_static_model(tmp_path / "model")
        (folder / file).write_bytes((folder / file).read_bytes()[:kept])

        with pytest.raises(EncoderUnavailable, match="damaged") as caught:
            StaticEncoder(folder)
        assert str(folder) in str(caught.value)
        assert caught.value.__cause__ is not None

    def test_a_table_too_short_for_its_tokenizer_is_refused(self, tmp_path):
        folder = write_static_model(tmp_path / "model")
        save_file({"embedding.weight": np.eye(3, dtype=np.float16)}, folder / "model.safetensors")

        with pytest.raises(EncoderUnavailable, match="tokenizer and table belong to different models"):
            StaticEncoder(folder)


class TestSentenceTransformers:
    """Slow to begin with: these import torch, as does loading a cached hub model below."""

    def test_it_gives_the_static_encoders_vectors_for_the_same_folder(self, bundled):
        encoder = SentenceEncoder(str(BUNDLED))

        assert encoder.identity.revision == bundled.identity.revision
        assert encoder.identity.dimension == 256
        known = [text for text, vector in zip(TEXTS, bundled.passages(TEXTS), strict=True) if vector.any()]
        np.testing.assert_allclose(encoder.passages(known), bundled.passages(known), atol=2e-3)
        np.testing.assert_allclose(encoder.questions(known), bundled.questions(known), atol=2e-3)
        assert not encoder.passages([""]).any()
        assert encoder.passages(TEXTS).dtype == np.float32
        assert encoder.passages([]).shape == (0, 256)

    def test_questions_and_passages_get_the_models_own_prompts(self, tmp_path):
        folder = write_static_model(tmp_path / "model", prompts={"query": "query: ", "document": "passage: "})
        encoder = load(str(folder))
        half = np.sqrt(0.5, dtype=np.float32)

        assert isinstance(encoder, SentenceEncoder)
        np.testing.assert_allclose(encoder.questions(["gade"]), [[half, 0, half]], atol=1e-6)
        np.testing.assert_allclose(encoder.passages(["gade"]), [[half, 0, -half]], atol=1e-6)

    def test_an_e5_model_without_prompts_of_its_own_gets_its_prefixes(self, tmp_path):
        encoder = SentenceEncoder(str(write_static_model(tmp_path / "multilingual-e5-small")))

        assert (encoder.questions(["gade"])[0, 2] > 0, encoder.passages(["gade"])[0, 2] < 0) == (True, True)

    def test_a_folder_that_is_no_model_is_named_with_what_to_do(self, tmp_path, capfd):
        (tmp_path / "empty").mkdir()
        other = write_static_model(tmp_path / "other")
        write_modules(other, "NoSuchModule", "Normalize")

        for folder in (tmp_path / "empty", other):
            with pytest.raises(EncoderUnavailable, match="leave out --model for the bundled one") as caught:
                load(str(folder))
            assert str(folder) in str(caught.value)
            assert caught.value.__cause__ is not None
        assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("intfloat/multilingual-e5-small", {"query": "query: ", "document": "passage: "}),
        ("intfloat/e5-base-v2", {"query": "query: ", "document": "passage: "}),
        ("intfloat/multilingual-e5-large-instruct", {}),
        ("sentence-transformers/all-MiniLM-L6-v2", {}),
    ],
)
def test_only_the_e5_family_needs_prefixes_from_us(name, expected):
    assert hub.prefixes(name) == expected


class TestNetwork:
    @pytest.fixture(autouse=True)
    def attempts(self, monkeypatch, tmp_path) -> list[tuple[str, int]]:
        """The addresses that were called; nobody answers, and nothing is in the cache."""
        called: list[tuple[str, int]] = []

        def refuse(address: tuple[str, int], timeout: float) -> None:
            called.append(address)
            raise OSError("unreachable")

        for variable in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SENTENCE_TRANSFORMERS_HOME"):
            monkeypatch.delenv(variable, raising=False)
            monkeypatch.delenv(variable.lower(), raising=False)
        monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
        monkeypatch.setattr(constants, "ENDPOINT", "https://hub.example")
        monkeypatch.setattr(hub.socket, "create_connection", refuse)
        return called

    def test_a_model_that_cannot_be_had_fails_after_one_call_to_the_hub(self, attempts, monkeypatch):
        monkeypatch.setattr(hub, "_construct", lambda *_, **__: pytest.fail("the library would try for 70 s"))

        with pytest.raises(EncoderUnavailable, match="not on this machine, and the model hub does not") as caught:
            load("no-such-org/no-such-model")

        assert attempts == [("hub.example", 443)]
        assert str(caught.value).startswith("no-such-org/no-such-model: ")
        assert "fetch it on a machine with network" in str(caught.value)

    @pytest.mark.parametrize("name", ["no-org/no-model", "no-model", "a/b/c", "/no/such/folder", "hej du"])
    def test_nothing_is_called_when_nothing_may_be_downloaded(self, attempts, name):
        with pytest.raises(EncoderUnavailable, match="nothing may be downloaded now") as caught:
            load(name, may_download=False)

        assert str(caught.value).startswith(f"{name}: not on this machine")
        assert attempts == []

    def test_nothing_is_called_when_the_hub_is_switched_off(self, attempts, monkeypatch):
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)

        assert not hub.hub_answers()
        assert attempts == []

    def test_behind_a_proxy_the_proxy_is_asked(self, attempts, monkeypatch):
        monkeypatch.setenv("https_proxy", "http://proxy.example:8080")

        assert not hub.hub_answers()
        assert attempts == [("proxy.example", 8080)]

    def test_a_name_server_that_never_answers_is_not_waited_for(self, monkeypatch):
        released = threading.Event()

        def hang(*_: object, timeout: float) -> None:
            released.wait(60)
            raise OSError("released")

        monkeypatch.setattr(hub.socket, "create_connection", hang)

        assert not hub.hub_answers(timeout=0.05)
        assert not released.is_set()
        released.set()

    def test_a_model_fetched_before_is_loaded_without_a_call(self, attempts, tmp_path):
        commit = write_cached_model(tmp_path)
        identity = load("org/name").identity

        assert (identity.name, identity.revision, identity.dimension) == ("org/name", commit, 3)
        assert attempts == []
        assert constants.HF_HUB_OFFLINE is False

    def test_a_partly_fetched_model_says_that_it_is_here_but_broken(self, attempts, monkeypatch, tmp_path):
        write_cached_model(tmp_path)

        def incomplete(name: str, *, offline: bool) -> None:
            raise OSError(f"weights are missing, offline={offline}\nand more")

        monkeypatch.setattr(hub, "_construct", incomplete)
        with pytest.raises(
            EncoderUnavailable, match=r"cannot be loaded from this machine \(weights.*offline=True\), and"
        ):
            load("org/name")
        assert attempts == [("hub.example", 443)]

    def test_a_hub_that_answers_but_has_no_such_model_is_quoted(self, monkeypatch):
        def refused(name: str, *, offline: bool) -> None:
            raise OSError(f"404 for {name}, offline={offline}")

        monkeypatch.setattr(hub, "_construct", refused)
        monkeypatch.setattr(hub, "hub_answers", lambda: True)
        with pytest.raises(EncoderUnavailable, match=r"nor to be had \(404 for org/none, offline=False\)"):
            load("org/none")


def test_a_hub_that_listens_answers(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setattr(constants, "ENDPOINT", f"http://127.0.0.1:{server.getsockname()[1]}")
        assert hub.hub_answers()


class TestWordHash:
    def test_it_is_loaded_by_its_name(self):
        assert load("word-hash").identity == WordHashEncoder().identity

    @given(st.text(), st.text(), st.from_regex(r"[a-zæøå]{3,8}", fullmatch=True))
    def test_texts_that_share_a_word_are_alike(self, before, after, word):
        encoder = WordHashEncoder()

        one, two = encoder.passages([f"{before} {word}", f"{word} {after}"])

        assert one @ two > 0
        np.testing.assert_allclose([one @ one, two @ two], [1, 1], atol=1e-5)

    def test_the_same_text_gives_the_same_vector_in_every_process(self):
        (vector,) = WordHashEncoder(8).questions(["Udvalget godkendte indstillingen"])

        assert vector.tolist() == pytest.approx([0, 0, 0, 2 / 5**0.5, 0, 0, 0, 1 / 5**0.5])

    def test_a_text_without_words_is_all_zeros(self):
        assert not WordHashEncoder().passages(["", " -- "]).any()
