"""Lexicons against corpora: audits of what is there, proposals of what is not."""

from discourse.auditing.audit import audit_lexicon
from discourse.auditing.company import Suggestion
from discourse.auditing.discovery import Candidate, TargetCandidates, discover_targets
from discourse.auditing.labels import LabelAgreement
from discourse.auditing.reliability import krippendorff_alpha
from discourse.auditing.result import Change, EntryAudit, LexiconAudit, Overlap
from discourse.auditing.suggestion import TermSuggestions, suggest_terms

__all__ = [
    "Candidate",
    "Change",
    "EntryAudit",
    "LabelAgreement",
    "LexiconAudit",
    "Overlap",
    "Suggestion",
    "TargetCandidates",
    "TermSuggestions",
    "audit_lexicon",
    "discover_targets",
    "krippendorff_alpha",
    "suggest_terms",
]
