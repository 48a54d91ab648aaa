"""The FAISS view finds exactly what comparing everything would find, in an order that never varies."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from ingest.errors import WrongEncoder
from qa.vectors import VectorIndex

NOTHING = np.empty(0, dtype=np.int64)
EAST, NORTH, WEST = ([1, 0], [0, 1], [-1, 0])


def floats(rows: list[list[float]]) -> NDArray[np.float32]:
    return np.array(rows, dtype=np.float32)


def ids(*numbers: int) -> NDArray[np.int64]:
    return np.array(numbers, dtype=np.int64)


# Rows of length 0 or 1 whose dot products are exact, so that many are equal and none is rounded.
exact_rows = st.one_of(
    st.lists(st.sampled_from([-0.5, 0.5]), min_size=4, max_size=4),
    st.sampled_from([[0, 0, 0, 0], [1, 0, 0, 0], [0, -1, 0, 0], [0, 0, 0, 1]]),
)


@st.composite
def indexes(draw: st.DrawFn) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    rows = draw(st.lists(exact_rows, min_size=1, max_size=40))
    numbers = draw(st.lists(st.integers(1, 10**12), min_size=len(rows), max_size=len(rows), unique=True))
    return ids(*numbers), floats(rows)


@settings(deadline=None)
@given(indexes(), exact_rows, st.integers(0, 45), st.data())
def test_a_filtered_search_equals_comparing_everything_in_the_filter(index, query, limit, data):
    numbers, matrix = index
    within = data.draw(st.none() | st.lists(st.sampled_from([*numbers.tolist(), 0, -7]), max_size=50))
    expected = [
        (number, cosine)
        for number, cosine in zip(numbers.tolist(), (matrix @ floats([query])[0]).tolist(), strict=True)
        if within is None or number in within
    ]
    expected.sort(key=lambda hit: (-hit[1], hit[0]))

    found = VectorIndex.build(numbers, matrix).search(
        floats([query])[0], limit=limit, within=None if within is None else ids(*within)
    )

    assert found == expected[:limit]


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32), st.integers(1, 300), st.sampled_from([1, 7, 64, 256]))
def test_cosines_and_search_agree_with_numpy_on_any_directions(seed, count, dimension):
    random = np.random.default_rng(seed)
    matrix = random.standard_normal((count + 1, dimension)).astype(np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    stored, query = np.ascontiguousarray(matrix[1:]), matrix[0]
    numbers = np.arange(count) * 3 + 5
    within = numbers[random.random(count) < 0.3]
    index = VectorIndex.build(numbers, stored)

    found = index.search(query, limit=count, within=within)

    assert {number for number, _ in found} == set(within.tolist())
    assert [cosine for _, cosine in found] == sorted((cosine for _, cosine in found), reverse=True)
    truth = dict(zip(numbers.tolist(), (stored @ query).tolist(), strict=True))
    assert all(abs(cosine - truth[number]) < 1e-5 for number, cosine in found)
    np.testing.assert_allclose(index.cosines(query, numbers), stored @ query, atol=1e-5)


def test_the_nearest_passage_comes_first_with_its_cosine():
    index = VectorIndex.build(ids(30, 10, 20), floats([WEST, EAST, [0.6, 0.8]]))

    found = index.search(floats([EAST])[0], limit=3)

    assert [number for number, _ in found] == [10, 20, 30]
    assert [cosine for _, cosine in found] == pytest.approx([1.0, 0.6, -1.0])


def test_among_repeated_texts_the_lowest_ids_are_kept_at_the_cut():
    # "Ingen bemærkninger." stands in most items, with the same vector each time.
    numbers = np.random.default_rng(33).permutation(500)
    index = VectorIndex.build(numbers, np.tile(floats([NORTH]), (500, 1)))

    assert [number for number, _ in index.search(floats([NORTH])[0], limit=5)] == [0, 1, 2, 3, 4]


def test_a_filter_that_names_only_strangers_finds_nothing():
    index = VectorIndex.build(ids(1, 2), floats([EAST, NORTH]))

    assert index.search(floats([EAST])[0], limit=5, within=ids(3, 99)) == []
    assert index.search(floats([EAST])[0], limit=5, within=NOTHING) == []


def test_a_passage_without_a_vector_has_no_cosine():
    index = VectorIndex.build(ids(1, 2), floats([EAST, NORTH]))

    np.testing.assert_array_equal(index.cosines(floats([NORTH])[0], ids(2, 7, 1, 2)), [1, np.nan, 0, 1])


def test_an_empty_index_finds_nothing_for_a_question_of_any_dimension():
    index = VectorIndex.build(NOTHING, np.empty((0, 0), dtype=np.float32))

    assert len(index) == 0
    assert index.search(floats([EAST])[0], limit=5) == []
    assert index.search(floats([EAST])[0], limit=5, within=ids(1)) == []
    assert np.isnan(index.cosines(floats([EAST])[0], ids(1))).all()


def test_a_text_without_known_words_is_near_to_nothing():
    index = VectorIndex.build(ids(1, 2), floats([EAST, [0, 0]]))

    assert index.search(floats([[0, 0]])[0], limit=2) == [(1, 0.0), (2, 0.0)]
    assert index.search(floats([WEST])[0], limit=2) == [(2, 0.0), (1, -1.0)]


def test_the_vector_of_another_model_is_refused():
    index = VectorIndex.build(ids(1), floats([EAST]))

    with pytest.raises(WrongEncoder, match="has 3 numbers, the archive's have 2"):
        index.search(floats([[1, 0, 0]])[0], limit=1)
    with pytest.raises(WrongEncoder, match="has 3 numbers, the archive's have 2"):
        index.cosines(floats([[1, 0, 0]])[0], ids(1))


@pytest.mark.parametrize(
    ("numbers", "matrix", "complaint"),
    [
        (ids(1), np.array([[1.0, 0.0]]), "float32"),
        (ids(1, 2), floats([EAST, NORTH]).T, "C-contiguous"),
        (ids(1), floats(EAST), "rows of a"),
        (ids(1, 2), floats([EAST]), "1 vectors need as many"),
        (ids(4, 4), floats([EAST, NORTH]), "stands twice"),
        (ids(8, 9), floats([EAST, [3, 4]]), r"passage 9: its vector has length 5\.0"),
        (ids(9), floats([[np.nan, 0]]), "passage 9: its vector has length nan"),
    ],
)
def test_vectors_that_would_give_wrong_cosines_are_refused(numbers, matrix, complaint):
    with pytest.raises(ValueError, match=complaint):
        VectorIndex.build(numbers, matrix)


@pytest.mark.parametrize("query", [np.array([1.0, 0.0]), floats([EAST]), floats([[np.nan, 0]])[0]])
def test_a_query_that_is_no_vector_is_refused(query):
    with pytest.raises(ValueError, match="finite float32"):
        VectorIndex.build(ids(1), floats([EAST])).search(query, limit=1)


def test_many_threads_read_the_same_answer():
    random = np.random.default_rng(28)
    matrix = random.standard_normal((2000, 32)).astype(np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    index = VectorIndex.build(np.arange(2000), matrix)
    within = np.arange(0, 2000, 3)
    alone = [index.search(query, limit=10, within=within) for query in matrix[:40]]

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda query: index.search(query, limit=10, within=within), matrix[:40]))

    assert together == alone
