from collections.abc import Callable, Iterable
from typing import Any, Literal, Self

from scipy.sparse import csr_matrix

class CountVectorizer:
    def __init__(
        self,
        *,
        analyzer: Literal["word", "char"] = "word",
        ngram_range: tuple[int, int] = (1, 1),
        token_pattern: str = ...,
        binary: bool = False,
        lowercase: bool = True,
        preprocessor: Callable[[str], str] | None = None,
    ) -> None: ...
    def fit(self, raw_documents: Iterable[str]) -> Self: ...
    def transform(self, raw_documents: Iterable[str]) -> csr_matrix[Any]: ...
