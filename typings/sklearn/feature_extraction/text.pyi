from typing import Literal

class CountVectorizer:
    def __init__(
        self,
        *,
        analyzer: Literal["word", "char"] = "word",
        ngram_range: tuple[int, int] = (1, 1),
        token_pattern: str = ...,
        binary: bool = False,
    ) -> None: ...
