"""The mentions of a corpus do not depend on the number of processes."""

import pytest

import discourse as ds
from discourse.errors import OptionError
from discourse.stances import collecting

TEXTS = ["We support peace.", "", "They oppose sanctions. We bin sanctions.", "Peace, not war."]
OWN_CUES = {"cues": [{"class": "reduce", "form": "verb", "entries": ["bin"]}]}


@pytest.mark.parametrize("cues", [None, OWN_CUES])
def test_two_processes_find_what_one_finds_in_the_same_order(cues):
    corpus = ds.Corpus.from_texts(TEXTS, docvars={"country": ["A", "B", "C", "D"]})
    one = ds.stance(corpus, cues=cues)
    two = ds.stance(corpus, cues=cues, n_jobs=2)
    assert one.found
    assert two.found == one.found
    assert two.docs == one.docs


@pytest.mark.parametrize("n", [1, 2, 3, 100])
def test_batches_are_the_documents_in_order(n):
    documents = ds.Corpus.from_texts(TEXTS).documents
    batches = list(collecting._batches(documents, n))  # noqa: SLF001 - how work is divided
    assert tuple(document for batch in batches for document in batch) == documents
    assert all(batches)
    assert len(batches) <= max(n, len(documents))


@pytest.mark.parametrize("n_jobs", [0, -2, 1.5, "2"])
def test_a_wrong_number_of_processes_is_refused(n_jobs):
    with pytest.raises(OptionError, match="n_jobs must be a positive int, or -1"):
        ds.stance(["We support peace."], n_jobs=n_jobs)
