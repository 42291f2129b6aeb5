from .auditing import (
    LabelAgreement,
    LexiconAudit,
    TargetCandidates,
    TermSuggestions,
    audit_lexicon,
    discover_targets,
    suggest_terms,
)
from .comparison import Comparison, compare
from .contributions import explain
from .corpus import Corpus, Document
from .dfm import DocumentFeatureMatrix, count
from .errors import DiscourseError, EmptyDocumentError, OptionError, ReadError, UndefinedError
from .estimators import StanceClassifier, StanceVectorizer
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
    AgreementMatrix,
    StanceDifference,
    StanceTrend,
    StanceVectors,
    agreement,
    agreement_by_target,
    expected_salience,
    salience,
    stance,
    stance_difference,
    stance_trend,
)
from .tokens import Tokens, Vocabulary, tokenize
from .vectors import FeatureVectors, weight

__version__: str

__all__ = [
    "METRICS",
    "AgreementByTarget",
    "AgreementMatrix",
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
    "LabelAgreement",
    "Lexicon",
    "LexiconAudit",
    "MarkerRates",
    "MatchedEstimate",
    "Metric",
    "OptionError",
    "ReadError",
    "SimilarityMatrix",
    "StanceClassifier",
    "StanceDifference",
    "StanceTrend",
    "StanceVectorizer",
    "StanceVectors",
    "TargetCandidates",
    "TermSuggestions",
    "Tokens",
    "UndefinedError",
    "Vocabulary",
    "agreement",
    "agreement_by_target",
    "audit_lexicon",
    "compare",
    "count",
    "discover_targets",
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
    "stance_difference",
    "stance_trend",
    "suggest_terms",
    "tokenize",
    "weight",
]
