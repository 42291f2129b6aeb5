from .contributions import explain
from .corpus import Corpus, Document
from .dfm import DocumentFeatureMatrix, count
from .errors import DiscourseError, EmptyDocumentError, OptionError, ReadError, UndefinedError
from .inference import matched
from .keyterms import Keyness, keyness
from .labelled import Contributions, Estimate, MatchedEstimate, SimilarityMatrix
from .lexicon import Lexicon, load_lexicon
from .metrics import METRICS, Metric
from .pairwise import similarity
from .reading import read, read_counts
from .tokens import Tokens, Vocabulary, tokenize
from .vectors import FeatureVectors, weight

__version__: str

__all__ = [
    "METRICS",
    "Contributions",
    "Corpus",
    "DiscourseError",
    "Document",
    "DocumentFeatureMatrix",
    "EmptyDocumentError",
    "Estimate",
    "FeatureVectors",
    "Keyness",
    "Lexicon",
    "MatchedEstimate",
    "Metric",
    "OptionError",
    "ReadError",
    "SimilarityMatrix",
    "Tokens",
    "UndefinedError",
    "Vocabulary",
    "count",
    "explain",
    "keyness",
    "load_lexicon",
    "matched",
    "read",
    "read_counts",
    "similarity",
    "tokenize",
    "weight",
]
