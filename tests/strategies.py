"""What hypothesis draws for this library: texts of every script, corpora and count matrices."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.sparse import csr_array

from discourse.corpus import Corpus
from discourse.dfm import DocumentFeatureMatrix
from discourse.record import ReadOnly, Record

# Everything that the rules for words and sentences treat in a way of its own.
SPACED = [
    *("peace", "Peace", "PEACE", "war", "U.N.", "Mr.", "3.5", "café", "cafe\u0301", "İ", "ΛΟΓΟΣ"),
    *("λόγος", "ﬁ", "ß", "ǅ", "हिन्दी", "سَلام", "שָׁלוֹם", "co\u00adop", "نمی\u200cخواهم"),
    *("'", "’", "ʼ", "-", "‐", "‑", "—", "_", "\u0301", "\u00ad", "\u200d", "7", "😀"),
    *(".", "!", "?", "…", ",", ";", ":", "(", ")", "“", "”", "«", "»", "।", "؟", "·"),
    *(" ", "  ", "\t", "\n", "\r\n", "\n\n", "\n \n", "\r", "\u2028", "\u2029", "\u00a0", "\x85"),
]
UNSPACED = ["和平", "万", "。", "！", "、", "へいわ", "ー", "สันติ", "ภาพ", "ສັນ", "ཞི་", "ငြိမ်း", "〇"]


def texts(pieces=(*SPACED, *UNSPACED)):
    """Texts that are joined from pieces, and now and then of any characters."""
    joined = st.lists(st.sampled_from(pieces), max_size=30).map("".join)
    return joined | st.text(max_size=30) if "万" in pieces else joined


def spaced_texts():
    """Texts without scripts that are written without spaces."""
    return texts(tuple(SPACED))


def corpora(*, min_docs=1, max_docs=5, elements=None):
    """Corpora with the docvar ``party``, "X" or "Y"."""

    def build(rows):
        ids, bodies, parties = zip(*rows, strict=True) if rows else ((), (), ())
        return Corpus.from_texts(bodies, ids=ids, docvars={"party": parties})

    row = st.tuples(
        st.text("abcd", min_size=1, max_size=3),
        texts() if elements is None else elements,
        st.sampled_from("XY"),
    )
    unique = st.lists(row, min_size=min_docs, max_size=max_docs, unique_by=lambda r: r[0])
    return unique.map(build)


@st.composite
def dfms(draw, *, min_docs=1, max_docs=5, min_features=0, max_features=6, party=True):
    """Count matrices with zeros, ties and empty rows, and the docvar ``party`` by identifier."""
    docs = draw(_labels("abcd", min_docs, max_docs))
    features = sorted(draw(_labels("pqrsé", min_features, max_features)))
    cells = hnp.arrays(np.int64, (len(docs), len(features)), elements=st.integers(0, 4))
    parties = tuple("XY"[len(doc) % 2] for doc in docs)
    return DocumentFeatureMatrix(
        csr_array(draw(cells)),
        tuple(features),
        tuple(docs),
        ReadOnly({"party": parties} if party else {}),
        Record("count", ReadOnly({}), ReadOnly({})),
    )


def _labels(alphabet, least, most):
    label = st.text(alphabet, min_size=1, max_size=3)
    return st.lists(label, min_size=least, max_size=most, unique=True)
