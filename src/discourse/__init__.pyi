from .comparison import Comparison, compare
from .contributions import explain
from .corpus import Corpus, Document
from .dfm import DocumentFeatureMatrix, count
from .errors import DiscourseError, EmptyDocumentError, OptionError, ReadError, UndefinedError
from .inference import matched
from .keyterms import Keyness, keyness
from .keywords import keyword_vectors
from .labelled import Contributions, Estimate, MatchedEstimate, SimilarityMatrix
from .lexicon import Lexicon, load_lexicon
from .metrics import METRICS, Metric
from .pairwise import similarity
from .reading import read, read_counts
from .rhetoric import MarkerRates, markers
from .stances import (
    AgreementByTarget,
    StanceVectors,
    agreement,
    agreement_by_target,
    expected_salience,
    salience,
    stance,
)
from .tokens import Tokens, Vocabulary, tokenize
from .vectors import FeatureVectors, weight

__version__: str

__all__ = [
    "METRICS",
    "AgreementByTarget",
    "Comparison",
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
    "MarkerRates",
    "MatchedEstimate",
    "Metric",
    "OptionError",
    "ReadError",
    "SimilarityMatrix",
    "StanceVectors",
    "Tokens",
    "UndefinedError",
    "Vocabulary",
    "agreement",
    "agreement_by_target",
    "compare",
    "count",
    "expected_salience",
    "explain",
    "keyness",
    "keyword_vectors",
    "load_lexicon",
    "markers",
    "matched",
    "read",
    "read_counts",
    "salience",
    "similarity",
    "stance",
    "tokenize",
    "weight",
]
