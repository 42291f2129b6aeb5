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
from .concordance import Concordance, kwic
from .contributions import (
    SegmentContributions,
    Separation,
    TextSegment,
    explain,
    explain_segments,
    rank_turbulence,
    separating,
)
from .cooccurrence import Collocations, collocations
from .corpus import Corpus, Document
from .dfm import DocumentFeatureMatrix, count
from .diversity import Profile, profile
from .errors import DiscourseError, EmptyDocumentError, OptionError, ReadError, UndefinedError
from .estimators import DfmVectorizer, KeywordVectorizer, StanceClassifier, StanceVectorizer
from .inference import (
    MatchedMatrix,
    MatchedPercentile,
    closer,
    matched,
    matched_matrix,
    matched_percentile,
)
from .keyterms import Keyness, keyness
from .keywords import keyword_vectors
from .labelled import Contributions, Estimate, MatchedEstimate, SimilarityMatrix
from .legibility import Coverage, coverage
from .lexicon import Lexicon, load_lexicon
from .metrics import METRICS, Metric
from .multiverse import Robustness, robustness
from .ordination import Clustering, DocumentMap, cluster, mds
from .pairwise import Neighbours, nearest, similarity
from .plots import plot
from .reading import DocumentStream, Forecast, estimate, read, read_counts, stream
from .reports import report
from .reuse import Passages, passages
from .rhetoric import MarkerRates, markers
from .scaling import Positions, Wordfish, WordfishModel, Wordscores, WordscoresModel
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
    "Clustering",
    "Collocations",
    "Comparison",
    "Concordance",
    "Contributions",
    "Corpus",
    "Coverage",
    "DfmVectorizer",
    "DiscourseError",
    "Document",
    "DocumentFeatureMatrix",
    "DocumentMap",
    "DocumentStream",
    "EmptyDocumentError",
    "Estimate",
    "FeatureVectors",
    "Forecast",
    "Keyness",
    "KeywordVectorizer",
    "LabelAgreement",
    "Lexicon",
    "LexiconAudit",
    "MarkerRates",
    "MatchedEstimate",
    "MatchedMatrix",
    "MatchedPercentile",
    "Metric",
    "Neighbours",
    "OptionError",
    "Passages",
    "Positions",
    "Profile",
    "ReadError",
    "Robustness",
    "SegmentContributions",
    "Separation",
    "SimilarityMatrix",
    "StanceClassifier",
    "StanceDifference",
    "StanceTrend",
    "StanceVectorizer",
    "StanceVectors",
    "TargetCandidates",
    "TermSuggestions",
    "TextSegment",
    "Tokens",
    "UndefinedError",
    "Vocabulary",
    "Wordfish",
    "WordfishModel",
    "Wordscores",
    "WordscoresModel",
    "agreement",
    "agreement_by_target",
    "audit_lexicon",
    "closer",
    "cluster",
    "collocations",
    "compare",
    "count",
    "coverage",
    "discover_targets",
    "estimate",
    "expected_salience",
    "explain",
    "explain_segments",
    "keyness",
    "keyword_vectors",
    "kwic",
    "load_lexicon",
    "markers",
    "matched",
    "matched_matrix",
    "matched_percentile",
    "mds",
    "nearest",
    "passages",
    "plot",
    "profile",
    "rank_turbulence",
    "read",
    "read_counts",
    "report",
    "robustness",
    "salience",
    "separating",
    "similarity",
    "stance",
    "stance_difference",
    "stance_trend",
    "stream",
    "suggest_terms",
    "tokenize",
    "weight",
]
