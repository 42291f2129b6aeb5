"""Lexicons: categories of patterns, and where they occur."""

import copy
import fnmatch
import pickle
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse import _text, seeds_
from discourse.corpus import Document
from discourse.errors import DiscourseError, OptionError, ReadError
from discourse.lexicon import (
    Lexicon,
    Match,
    as_lexicon,
    find_spans,
    load_lexicon,
    split_parts,
)
from discourse.tokens import token_spans
from strategies import texts

WORDS = ["us", "US", "peace", "Peace", "peaceful", "trade", "free", "free-trade", "us's", "Peace’s"]
SINGLE = ["us", "US", "peace", "peace*", "*e", "p*e", "trade", "free", "peace's"]
PIECES = [*SINGLE, "free-trade", "*"]


def entries(patterns):
    return patterns | st.builds(lambda p, c: {"pattern": p, "case": c}, patterns, st.booleans())


single = entries(st.sampled_from(SINGLE))
multiple = entries(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=3)
    .map(" ".join)
    .filter(lambda text: text.strip("* "))
)


def lexicons(of=multiple):
    listed = st.lists(of, min_size=1, max_size=4)
    return st.builds(
        Lexicon,
        st.dictionaries(st.sampled_from("xyz"), listed, min_size=1),
        st.lists(of, max_size=2),
    )


def parts_of(max_words=12):
    row = st.tuples(st.sampled_from(WORDS), st.sampled_from([0, 0, 0, 1]))
    return st.lists(row, max_size=max_words).map(
        lambda rows: split_parts([w for w, _ in rows], [b for _, b in rows])
    )


def slow_parts(entry):
    """The parts of a pattern and whether its case counts."""
    text, case = (entry, False) if isinstance(entry, str) else (entry["pattern"], entry["case"])
    words = re.split(r"[\s-]+", text)
    return [re.sub(r"['’]s$", "", word) for word in words], case


def slow_find(lexicon, parts):
    """The best candidate wins and drives out all that overlap with it, until none is left."""
    candidates = []
    listed = [(None, e) for e in lexicon.ignore]
    listed += [(c, e) for c, own in lexicon.categories.items() for e in own]
    for category, entry in listed:
        globs, case = slow_parts(entry)
        letters = sum(len(glob.replace("*", "")) for glob in globs)
        for at in range(len(parts) - len(globs) + 1):
            own = parts[at : at + len(globs)]
            words = [p.surface if case else p.text for p in own]
            wanted = globs if case else [glob.lower() for glob in globs]
            crosses = any(p.border for p in own[1:])
            if not crosses and all(map(fnmatch.fnmatchcase, words, wanted)):
                candidates.append((len(globs), letters, -at, category))
    found = set()
    while candidates:
        n, letters, minus = max(c[:3] for c in candidates)
        equal = {c[3] for c in candidates if c[:3] == (n, letters, minus)}
        if None not in equal:
            found |= {Match(-minus, n - minus, category) for category in equal}
        candidates = [c for c in candidates if -c[2] >= n - minus or c[0] - c[2] <= -minus]
    return sorted(found)


def texts_of(lexicon, text):
    """What matches in a text."""
    document = Document("a", text)
    found = find_spans(document, token_spans(document), lexicon)
    return [(text[m.start : m.end], m.category) for m in found]


def only(*patterns, ignore=()):
    return Lexicon({"x": patterns}, ignore)


# -- what matches ----------------------------------------------------------------------------


@given(lexicons(), parts_of())
def test_matches_are_those_of_the_slow_loop(lexicon, parts):
    assert lexicon.find(parts) == slow_find(lexicon, parts)


@given(lexicons(), parts_of())
def test_two_matches_overlap_only_where_two_categories_share_a_span(lexicon, parts):
    spans = {(m.start, m.end) for m in lexicon.find(parts)}
    covered = [i for start, end in spans for i in range(start, end)]
    assert len(covered) == len(set(covered))


@given(lexicons(), parts_of(), st.data())
def test_the_order_in_which_patterns_are_listed_changes_nothing(lexicon, parts, data):
    names = data.draw(st.permutations(list(lexicon.categories)))
    shuffled = {n: data.draw(st.permutations(lexicon.categories[n])) for n in names}
    ignore = data.draw(st.permutations(lexicon.ignore))
    assert Lexicon(shuffled, ignore).find(parts) == lexicon.find(parts)


@given(lexicons(), parts_of(), st.data())
def test_ignoring_a_listed_pattern_never_adds_a_match(lexicon, parts, data):
    listed = [entry for own in lexicon.categories.values() for entry in own]
    ignored = data.draw(st.sampled_from(listed))
    fewer = Lexicon(lexicon.categories, [*lexicon.ignore, ignored])
    assert set(fewer.find(parts)) <= set(lexicon.find(parts))


@given(lexicons(single), parts_of(), single)
def test_ignoring_a_single_word_never_adds_a_match_among_single_words(lexicon, parts, ignored):
    fewer = Lexicon(lexicon.categories, [*lexicon.ignore, ignored])
    assert set(fewer.find(parts)) <= set(lexicon.find(parts))


def test_ignoring_a_longer_phrase_may_free_the_words_that_a_match_held():
    lexicon = only("free trade area", "area agreement")
    text = "the great free trade area agreement"
    assert texts_of(lexicon, text) == [("free trade area", "x")]
    fewer = only("free trade area", "area agreement", ignore=["the great free trade"])
    assert texts_of(fewer, text) == [("area agreement", "x")]


@pytest.mark.parametrize(
    ("patterns", "text", "found"),
    [
        (["peace"], "Peace, PEACE and peaceful", ["Peace", "PEACE"]),
        (["peace*"], "Peace and peaceful", ["Peace", "peaceful"]),
        (["organi*ation"], "organisation organization organ", ["organisation", "organization"]),
        (["sanctions"], "anti-sanctions", ["sanctions"]),
        (["win win"], "a win-win deal, a win win", ["win-win", "win win"]),
        (["win-win"], "a win win", ["win win"]),
        (["china"], "China's and China’s", ["China", "China"]),
        (["women rights"], "women's rights", ["women's rights"]),
        (["women’s rights"], "women rights", ["women rights"]),
        (["don't"], "We don’t.", ["don’t"]),
        (["free trade"], "free, trade.\n\nFree\ntrade", ["Free\ntrade"]),
        (["free trade", "trade free"], "free trade free", ["free trade"]),
        (["win win"], "yes, win-win", ["win-win"]),
        (["'peace*'", "u.s*"], "peaceful U.S.", ["peaceful", "U.S"]),
        (["rule * law"], "rule of law", ["rule of law"]),
        (["u.s."], "the U.S. and us", ["U.S"]),
        (["war & peace"], "War & Peace", ["War & Peace"]),
        (["café"], "cafe\u0301", ["cafe\u0301"]),
        (["co\u00adoperation"], "cooperation", ["cooperation"]),
        (["和平万岁"], "和平万岁", ["和平万岁"]),
        ([{"pattern": "US", "case": True}], "US us Us US's", ["US", "US"]),
        ([{"pattern": "US*", "case": True}], "USA usa", ["USA"]),
        ([{"pattern": "New Deal", "case": True}], "New Deal, new deal", ["New Deal"]),
        ([{"pattern": "peace", "case": False}], "PEACE", ["PEACE"]),
        (["trade", "free trade", "free trade area"], "free trade", ["free trade"]),
    ],
)
def test_patterns_match_what_they_say(patterns, text, found):
    assert [match for match, _ in texts_of(only(*patterns), text)] == found


def test_of_two_patterns_for_one_word_the_one_with_more_letters_wins():
    assert texts_of(Lexicon({"x": ["sanction*"], "y": ["sanctions"]}), "sanctions") == [
        ("sanctions", "y")
    ]
    assert texts_of(only("countr*", ignore=["countries"]), "countries, country") == [
        ("country", "x")
    ]


def test_a_pattern_in_two_categories_counts_for_both_and_an_ignored_one_for_none():
    both = {"x": ["peace"], "y": ["peace"]}
    assert texts_of(Lexicon(both), "peace") == [("peace", "x"), ("peace", "y")]
    assert texts_of(Lexicon(both, ignore=["peace"]), "peace") == []


@given(texts())
def test_spans_cut_every_part_that_folds_to_the_pattern(text):
    document = Document("a", text)
    words = token_spans(document)
    lexicon = only("peace", "war")
    cut = [text[m.start : m.end] for m in find_spans(document, words, lexicon)]
    parts = [text[a:b][c:d] for a, b in words for c, d in _text.part_spans(text[a:b])]
    assert cut == [part for part in parts if _text.fold(part) in {"peace", "war"}]


def test_header_lines_have_no_matches():
    document = Document("a", "Peace\nNo peace.", header=((0, 5),))
    spans = find_spans(document, token_spans(document), only("peace"))
    assert spans == [Match(9, 14, "x")]


GLOBS = st.tuples(st.text("ab*", max_size=6), st.sampled_from("ab"), st.text("ab*", max_size=6))


@given(GLOBS.map("".join), st.text("ab", min_size=1, max_size=12))
def test_an_asterisk_stands_for_any_letters(glob, word):
    expected = re.fullmatch(glob.replace("*", ".*"), word) is not None
    assert bool(only(glob).find(split_parts([word], [0]))) == expected


def test_many_asterisks_are_no_work():
    assert texts_of(only("a*a*a*a*c"), "a" * 3000) == []
    assert texts_of(only("a*a*a*a*c"), "a" * 3000 + "c") == [("a" * 3000 + "c", "x")]


# -- the lexicon as a value ------------------------------------------------------------------


def test_changing_what_was_given_does_not_change_the_lexicon():
    given_patterns = {"x": ["peace"]}
    lexicon = Lexicon(given_patterns)
    before = lexicon.digest
    given_patterns["x"].append("war")
    given_patterns["y"] = ["trade"]
    assert tuple(lexicon.categories) == ("x",)
    assert lexicon.digest == before
    assert texts_of(lexicon, "peace war trade") == [("peace", "x")]


@given(lexicons(), parts_of())
def test_a_copy_is_equal_and_matches_the_same(lexicon, parts):
    for again in (copy.deepcopy(lexicon), pickle.loads(pickle.dumps(lexicon))):  # noqa: S301
        assert again == lexicon
        assert again.digest == lexicon.digest
        assert again.find(parts) == lexicon.find(parts)


DIFFERENT = [
    Lexicon({"x": ["a"], "y": ["b"]}),
    Lexicon({"x": ["a"]}, ignore=["b"]),
    Lexicon({"x": ["a", "b"]}),
    Lexicon({"x": ["a b"]}),
    Lexicon({"x": ["a"], "'b'": ["c"]}),
    Lexicon({"x": ["a"]}, ignore=["b", "c"]),
    Lexicon({"x": [{"pattern": "a", "case": True}, "b"]}),
    Lexicon({"None": ["b"], "x": ["a"]}),
    Lexicon({"x": ["a*", "b"]}),
]


def test_lexicons_that_match_differently_have_different_digests():
    assert len({lexicon.digest for lexicon in DIFFERENT}) == len(DIFFERENT)


def test_ways_to_write_one_pattern_share_a_digest():
    written = ["Win-Win", "win  win", {"case": False, "pattern": "win win"}]
    assert len({only(entry).digest for entry in written}) == 1


def test_the_representation_is_short():
    assert repr(only("peace")) == "Lexicon('custom', 1 categories)"


# -- where lexicons come from ----------------------------------------------------------------


def write(folder, content, name="mine.toml"):
    path = Path(folder) / name
    path.write_text(content, encoding="utf-8")
    return path


def test_a_file_gives_categories_ignored_patterns_and_a_name(tmp_path):
    path = write(
        tmp_path,
        'version = "1"\nignore = ["free trade area"]\n'
        '[categories.trade]\ndescription = "commerce"\n'
        'patterns = ["free trade", { pattern = "WTO", case = true }]\n',
    )
    lexicon = load_lexicon(str(path))
    assert lexicon.name == "mine"
    assert texts_of(lexicon, "free trade, free trade area, WTO, wto") == [
        ("free trade", "trade"),
        ("WTO", "trade"),
    ]


def test_a_file_that_was_edited_is_read_again(tmp_path):
    path = write(tmp_path, '[categories.x]\npatterns = ["peace"]\n')
    first = load_lexicon(path)
    write(tmp_path, '[categories.x]\npatterns = ["war"]\n')
    assert load_lexicon(path) != first


def test_a_byte_order_mark_is_no_part_of_a_file(tmp_path):
    path = write(tmp_path, '\ufeff[categories.x]\npatterns = ["peace"]\n')
    assert load_lexicon(path).digest == only("peace").digest


@pytest.mark.parametrize(("kind", "name"), [("targets", "foreign-policy"), ("markers", "english")])
def test_lexicons_that_come_with_the_library_load_once(kind, name):
    lexicon = load_lexicon(name, kind=kind)
    assert lexicon.name == name
    assert load_lexicon(name, kind=kind) is lexicon


def test_a_lexicon_is_made_from_whatever_stands_for_one(tmp_path):
    lexicon = only("peace")
    path = write(tmp_path, '[categories.x]\npatterns = ["peace"]\n')
    assert as_lexicon(lexicon) is lexicon
    assert as_lexicon({"x": ["peace"]}) == lexicon
    assert as_lexicon(path).digest == as_lexicon(str(path)).digest == lexicon.digest
    assert as_lexicon("foreign-policy") is load_lexicon("foreign-policy", kind="targets")
    assert as_lexicon("english") is load_lexicon("english", kind="markers")


def test_no_name_stands_for_targets_and_for_markers():
    assert not set(seeds_.names("targets", ".toml")) & set(seeds_.names("markers", ".toml"))


# -- bad calls -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Lexicon({}), "lexicon 'custom' has no category"),
        (lambda: Lexicon(["peace"]), "no category: it maps categories to lists of patterns"),
        (lambda: Lexicon({"x": []}), r"category 'x' must be a list of patterns; got \[\]"),
        (lambda: Lexicon({"x": "peace"}), "category 'x' must be a list of patterns; got 'peace'"),
        (lambda: Lexicon({"x": 3}), "category 'x' must be a list of patterns; got 3"),
        (lambda: Lexicon({"x": ["a"]}, ignore="b"), "ignore must be a list of patterns; got 'b'"),
        (lambda: only("*"), r"pattern '\*' in category 'x' would match every word"),
        (lambda: only("* **"), "would match every word"),
        (lambda: only("  "), "pattern '  ' in category 'x' would match every word, or none"),
        (lambda: only("?!"), r"would match every word, or none"),
        (lambda: only(3), "a pattern must be a str and case a bool; got 3 in category 'x'"),
        (lambda: only({"pattern": "US", "cased": True}), "has the keys 'pattern' and 'case'"),
        (lambda: only({"case": True}), "has the keys 'pattern' and 'case'; got {'case': True}"),
        (lambda: only({"pattern": "US", "case": "no"}), "case a bool; got .*'no'.* 'x'"),
    ],
)
def test_lexicons_without_sense_are_refused(call, message):
    with pytest.raises(DiscourseError, match=message):
        call()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: load_lexicon("foreign-polcy"),
            r"'foreign-polcy': give 'foreign-policy' \(targets\) or 'english' \(markers\), .* mean",
        ),
        (lambda: load_lexicon("nowhere.toml"), "no lexicon 'nowhere.toml'"),
        (
            lambda: load_lexicon("english", kind="targets"),
            r"give 'foreign-policy' \(targets\), the",
        ),
        (lambda: load_lexicon(None), "source must be the name .* a path; got NoneType"),
        (lambda: load_lexicon("engish", kind="markers"), "markers.*Did you mean 'english'"),
        (lambda: load_lexicon("english", kind="marker"), "kind must be one of.*'markers'"),
        (lambda: as_lexicon(None), "must be a Lexicon, a mapping .*; got NoneType"),
    ],
)
def test_unknown_lexicons_are_refused(call, message):
    with pytest.raises(OptionError, match=message):
        call()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[categories.x\n", "is not TOML"),
        ('version = "1"\n', r"needs a table \[categories.NAME\]"),
        ('categories = ["peace"]\n', r"needs a table \[categories.NAME\]"),
        ('[categories]\nx = ["peace"]\n', r"needs a table \[categories.NAME\]"),
        ("[categories]\nx = 3\n", r"needs a table \[categories.NAME\]"),
        ("[categories]\n", "has no category"),
        ('[categories.x]\ndescription = "d"\n', "with a list 'patterns'"),
        ('[categories.x]\npatterns = ["a"]\nignore = ["b"]\n', "'ignore' stands above the first"),
        ('[categories.x]\npatterns = "peace"\n', "category 'x' must be a list of patterns"),
        ("ignore = 3\n[categories.x]\npatterns = ['a']\n", "ignore must be a list of patterns"),
        ("[categories.x]\npatterns = ['*']\n", "would match every word"),
        ("[categories.x]\npatterns = [{pattern = 'a', cas = true}]\n", "'pattern' and 'case'"),
    ],
)
def test_files_that_are_no_lexicons_are_refused_by_name(tmp_path, content, message):
    path = write(tmp_path, content)
    with pytest.raises(ReadError, match=message) as caught:
        load_lexicon(path)
    assert str(caught.value).startswith(f"{path}: ")


def test_a_file_that_is_not_utf_8_is_refused(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_bytes(b'[categories.x]\npatterns = ["caf\xe9"]\n')
    with pytest.raises(ReadError, match="line 2: byte 31 is not UTF-8"):
        load_lexicon(path)
