"""Lexicons from the files of other programs, and back to files."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse import Lexicon, OptionError, ReadError, keyword_vectors, load_lexicon

LIWC = """%
1\tfunction\t(Function Words)
02\tpronoun
125\taffect
%

we\t01\t02
happ*\t125
kind of\t1
"""
WORDSTAT = (
    "CULTURE\r\n\tHIGH\r\n\t\tART (1)\r\n\t\tOPERA* (1)\r\n\tCIVIL_WAR (1)\r\nRURAL\r\n\tFARM* (1)"
)
QUANTEDA = """
economy:
  taxes: [tax*, "income tax"]
  __: [econom*]
answers: [no, on, 1984]
peace: peace*
europe:
  - italy: [rome]
  - brussels
"""
LEXICODER = """<?xml version="1.0" encoding="UTF-8"?>
<dictionary style="Lexicoder" name="topics">
  <cnode name="health"><pnode name=" hospital "></pnode><pnode name="free care"/></cnode>
  <cnode name="law"><cnode name="crime"><pnode name="theft*"/></cnode></cnode>
</dictionary>"""
YOSHIKODER = """<dictionary style="050805" patternengine="substring">
  <cnode name="New dictionary" desc=""><cnode name="A"><pnode name="more"/></cnode>
  <cnode name="B"><pnode name="had"/></cnode></cnode></dictionary>"""
READ = {
    "a.dic": (
        LIWC,
        {"function": ("we", "kind of"), "pronoun": ("we",), "affect": ("happ*",)},
    ),
    "spaces.dic": ("%\n1 good\n2 bad thing\n%\nhappy 1\nkind of   1 2\n", {
        "good": ("happy", "kind of"), "bad thing": ("kind of",)}),
    "a.cat": (
        WORDSTAT,
        {"CULTURE.HIGH": ("ART", "OPERA*"), "CULTURE": ("CIVIL WAR",), "RURAL": ("FARM*",)},
    ),
    "a.lc3": (
        "+One thing\nmore\nlamb*\n\n+Two\nhad\n",
        {"One thing": ("more", "lamb*"), "Two": ("had",)},
    ),
    "a.lcd": (LEXICODER, {"health": ("hospital", "free care"), "law.crime": ("theft*",)}),
    "a.ykd": (YOSHIKODER, {"A": ("more",), "B": ("had",)}),
    "a.yml": (
        QUANTEDA,
        {
            "economy.taxes": ("tax*", "income tax"),
            "economy": ("econom*",),
            "answers": ("no", "on", "1984"),
            "peace": ("peace*",),
            "europe": ("brussels",),
            "europe.italy": ("rome",),
        },
    ),
    "a.json": (
        '{"peace": ["peace*", {"pattern": "UN", "case": true}], "war": {"cold": ["cold war"]}}',
        {"peace": ("peace*", {"pattern": "UN", "case": True}), "war.cold": ("cold war",)},
    ),
}  # fmt: skip


def write(folder, name, content):
    path = Path(folder, name)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# -- what is read ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", READ)
def test_files_of_other_programs_give_their_categories(tmp_path, name):
    content, categories = READ[name]
    lexicon = load_lexicon(write(tmp_path, name, content))
    assert dict(lexicon.categories) == categories
    assert lexicon.name == Path(name).stem


@pytest.mark.parametrize("name", READ)
def test_a_byte_order_mark_and_a_suffix_in_capitals_change_nothing(tmp_path, name):
    content, categories = READ[name]
    marked = write(tmp_path, name.upper(), b"\xef\xbb\xbf" + content.encode())
    assert dict(load_lexicon(marked).categories) == categories


def test_a_word_of_liwc_counts_in_each_of_its_categories(tmp_path):
    lexicon = load_lexicon(write(tmp_path, "a.dic", LIWC))
    counts = keyword_vectors(["We are happy, we are kind of happier."], lexicon, per=None)
    assert dict(zip(counts.features, counts.values.toarray()[0].tolist(), strict=True)) == {
        "function": 3.0,
        "pronoun": 2.0,
        "affect": 2.0,
    }


def test_a_word_that_stands_twice_in_a_category_is_one_pattern(tmp_path):
    path = write(tmp_path, "a.dic", "%\n1\tx\n%\npeace\t1\t1\nPeace\t1\nwar\t1\n")
    assert load_lexicon(path).categories["x"] == ("peace", "war")


def test_lines_before_the_first_border_of_liwc_are_comments(tmp_path):
    path = write(tmp_path, "a.dic", "made by hand, 2017\n%\n1\tx\n%\npeace\t1\n")
    assert dict(load_lexicon(path).categories) == {"x": ("peace",)}


OWN = {"ignore": ["peace river"], "categories": {"x": {"patterns": ["peace"], "description": "d"}}}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", json.dumps(OWN)),
        ("a.yaml", "ignore: [peace river]\ncategories:\n  x:\n    patterns: [peace]\n"),
        ("a.toml", 'ignore = ["peace river"]\n[categories.x]\npatterns = ["peace"]\n'),
    ],
)
def test_tables_of_this_library_are_read_from_toml_json_and_yaml(tmp_path, name, content):
    lexicon = load_lexicon(write(tmp_path, name, content))
    assert lexicon.digest == Lexicon({"x": ["peace"]}, ["peace river"]).digest


def test_a_pattern_in_yaml_may_match_as_written(tmp_path):
    content = "x:\n  - {pattern: US, case: true}\n  - {pattern: peace, case: false}\n"
    lexicon = load_lexicon(write(tmp_path, "a.yml", content))
    counts = keyword_vectors(["US us Peace"], lexicon, per=None)
    assert counts.values.toarray().tolist() == [[2.0]]


def test_a_category_that_is_called_categories_is_one_like_others(tmp_path):
    path = write(tmp_path, "a.json", '{"categories": {"a": ["x"], "b": ["y"]}}')
    assert list(load_lexicon(path).categories) == ["categories.a", "categories.b"]


def test_a_dictionary_of_lexicoder_may_be_in_the_encoding_that_it_declares(tmp_path):
    content = '<?xml version="1.0" encoding="ISO-8859-1"?><dictionary><cnode name="x">'
    content += '<pnode name="café"/></cnode></dictionary>'
    path = write(tmp_path, "a.lcd", content.encode("latin-1"))
    assert load_lexicon(path).categories["x"] == ("café",)


def test_policy_dictionary_in_wordstat_form_is_read_whole(real_data):
    lexicon = load_lexicon(real_data / "data" / "lexicons" / "laver_garry.cat")
    assert len(lexicon.categories) == 20
    assert lexicon.categories["CULTURE.CULTURE-HIGH"][:3] == ("ART", "ARTISTIC", "DANCE")
    assert sum(map(len, lexicon.categories.values())) == 418


# -- what patterns cannot express ------------------------------------------------------------

LEFT_OUT = [
    ("a.dic", "kind (of)\t1", "line 5: 'kind \\(of\\) 1': a condition, or no word"),
    ("a.dic", "like\t(02 134)125/464\t1", r"line 5: 'like \(02 134\)125/464 1': a condition"),
    ("a.dic", "kind\t<of>131/125", r"line 5: 'kind <of>131/125': a condition"),
    ("a.dic", ":)\t1", r"line 5: ':\) 1': a condition, or no word"),
    ("a.dic", ":-D*\t1", "line 5: ':-D\\*': ':' is no part of a word"),
    ("a.dic", "#hope\t1", "line 5: '#hope': '#' is no part of a word"),
    ("a.dic", "!!\t1", "line 5: pattern '!!' in category 'x' would match every word, or none"),
    ("a.dic", "^^\t1", r"line 5: '\^\^': '\^' is no part of a word"),
    ("a.dic", "wom?n\t1", "line 5: 'wom\\?n': '\\?' is no part of a word, and no wildcard"),
    ("a.cat", "\tPOOR (2)", r"line 3: 'POOR \(2\)': a weight"),
    ("a.cat", "\tPOOR (10)", r"line 3: 'POOR \(10\)': a weight"),
    ("a.cat", "\t@RULE [X NEAR Y] (1)", r"line 3: '@RULE .*': a rule"),
    ("a.yml", "y: ['z??', peace]", "'z\\?\\?': '\\?' is no part of a word"),
    ("a.lcd", '<cnode name="y"><pnode name="*"/><pnode name="b"/></cnode>', "every word, or none"),
]
STARTS = {
    "a.dic": "%\n1\tx\n%\npeace\t1\n",
    "a.cat": "X\n\tPEACE (1)\n",
    "a.yml": "x: [peace]\n",
    "a.lcd": '<dictionary><cnode name="x"><pnode name="peace"/></cnode>\n',
}
ENDS = {"a.lcd": "</dictionary>"}


@pytest.mark.parametrize(("name", "line", "message"), LEFT_OUT)
def test_what_patterns_cannot_express_raises_warns_or_is_skipped(tmp_path, name, line, message):
    path = write(tmp_path, name, STARTS[name] + line + ENDS.get(name, ""))
    with pytest.raises(ReadError, match=message) as caught:
        load_lexicon(path)
    assert str(caught.value).startswith(f"{path}: 1 of its entries cannot be used")
    with pytest.warns(UserWarning, match=message) as warned:
        lexicon = load_lexicon(path, on_error="warn")
    assert warned[0].filename == __file__
    assert "peace" in str(lexicon.categories).lower()
    assert load_lexicon(path, on_error="skip") == lexicon


def test_many_entries_that_cannot_be_used_are_not_all_listed(tmp_path):
    lines = "".join(f"w{i}?\t1\n" for i in range(14))
    with pytest.raises(ReadError, match=r"(?s)14 of its entries .*: '.*and 4 more") as e:
        load_lexicon(write(tmp_path, "a.dic", STARTS["a.dic"] + lines))
    assert "on_error='warn'" in str(e.value)


# -- files that are no lexicons --------------------------------------------------------------

LAUGHS = """<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<dictionary><cnode name="&b;"><pnode name="x"/></cnode></dictionary>"""
YAML_LAUGHS = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
BAD = [
    ("a.dic", "peace\t1\n", "a line '%' must stand before the categories"),
    ("a.dic", "%\n1\tx\npeace\t1\n", "and another after them"),
    ("a.dic", "%\nx\n%\n", "line 2: 'x' is no category: its number, then its name"),
    ("a.dic", "%\n1\t\t\n%\n", "line 2: '1' is no category"),
    ("a.dic", "%\n1\tx\n01\ty\n%\n", "line 3: the number 1 stands for two categories"),
    ("a.dic", "%\n1\tx\n2\tx\n%\n", "line 3: category 'x' occurs twice"),
    ("a.dic", "%\n1\tx\n%\npeace\t2\n", "line 4: '2' is the number of no category"),
    ("a.dic", "%\n1\tx\n%\npeace\tx\n", "line 4: 'x' is the number of no category"),
    ("a.dic", "%\n1\tx\n%\npeace\n", "line 4: 'peace' has no number of a category"),
    ("a.dic", "%\n1\tx\n2\ty\n%\npeace\t1\n", "category 'y' has no pattern"),
    ("a.dic", "%\n%\n", "has no category"),
    ("a.cat", "PEACE (1)\n", r"line 1: 'PEACE \(1\)' stands in no category"),
    ("a.cat", "X\n\t\tPEACE (1)\n", "line 2: 'PEACE .*' is indented too far"),
    ("a.cat", "X\n\tPEACE (1)\nX\n\tWAR (1)\n", "line 3: category 'X' occurs twice"),
    ("a.cat", "X\nY\n\tWAR (1)\n", "category 'X' has no pattern"),
    ("a.lc3", "peace\n", r"line 1: 'peace' stands before the first '\+category'"),
    ("a.lc3", "+x\npeace\n+x\nwar\n", "line 3: category 'x' occurs twice"),
    ("a.lc3", "+x\n", "category 'x' has no pattern"),
    ("a.lcd", LAUGHS, "line 1: a document type is not allowed"),
    ("a.lcd", "<dictionary>\n<cnode", "is not XML: unclosed token: line 2"),
    ("a.lcd", "<dictionary></dictionary>", "has no category"),
    ("a.lcd", "<dictionary>\n<cnode/></dictionary>", "line 2: a cnode has no name"),
    ("a.lcd", '<dictionary><pnode name="x"/></dictionary>', "a pnode stands in no cnode"),
    ("a.lcd", "<dictionary>\n<word/></dictionary>", "line 2: <word> is no part of a dictionary"),
    ("a.lcd", '<dictionary><cnode name="x"/></dictionary>', "category 'x' has no pattern"),
    (
        "a.lcd",
        '<dictionary><cnode name="x"><pnode name="a"/></cnode>\n<cnode name="x"/></dictionary>',
        "line 2: category 'x' occurs twice",
    ),
    ("a.lcd", b'<?xml version="1.0" encoding="nonsense"?><dictionary/>', "unknown encoding|is not"),
    ("a.ykd", "", "is not XML: no element found"),
    ("a.yml", YAML_LAUGHS, "line 1: aliases are not expanded; write the list out"),
    ("a.yml", "a: [x\nb: [y]\n", "is not YAML: "),
    ("a.yml", "a: [x]\nb: [y]\na: [z]\n", "line 3: category 'a' occurs twice"),
    ("a.yml", "", "must map categories to lists of patterns"),
    ("a.yml", "- peace\n", "must map categories to lists of patterns"),
    ("a.yml", "a:\n", "category 'a' has no pattern"),
    ("a.yml", "a: []\n", "category 'a' has no pattern"),
    ("a.yml", "a: [[x]]\n", r"category 'a': \['x'\] is no pattern"),
    ("a.yml", "[a, b]: [x]\n", "line 1: a category must have a name"),
    ("a.yml", "a: " + "[" * 5000 + "]" * 5000, "nested too deeply"),
    ("a.yml", "a: " + "[" * 100_000, "nested too deeply"),
    ("a.toml", "a." * 100_000 + "b = 1", "nested too deeply"),
    ("a.toml", "a = " + "9" * 5000, "is not TOML: Exceeds the limit"),
    ("a.json", '{"a": ' + "9" * 5000 + "}", "is not JSON: Exceeds the limit"),
    ("a.dic", "%\n" + "9" * 5000 + "\tx\n%\ny\t1\n", "line 2: .* is no category"),
    ("a.dic", "%\n1\tx\n%\ny\t" + "9" * 5000 + "\n", "line 4: .* is the number of no category"),
    ("a.json", '{"a": ["x"], "a": ["y"]}', "category 'a' occurs twice"),
    ("a.json", '{"a": ["x",\n}', "is not JSON: .* line 2"),
    ("a.json", '{"a": [1984]}', "category 'a': 1984 is no pattern"),
    ("a.json", '{"a.b": ["x"], "a": {"b": ["y"]}}', "category 'a.b' occurs twice"),
    ("a.json", '{"a": {}}', "category 'a': {} is no pattern"),
    ("a.json", '{"a": {"pattern": ["x"]}}', "a pattern must be a str"),
    ("a.json", "[]", "must map categories to lists of patterns"),
    (
        "a.json",
        '{"categories": {"x": {"patterns": []}}}',
        "category 'x' must be a list of patterns",
    ),
    ("a.json", '{"categories": {"x": {"patterns": ["a"], "ignore": ["b"]}}}', "nothing else than"),
    ("a.json", "[" * 200_000, "nested too deeply|is not JSON"),
    ("a.dic", b"%\n1\tx\n%\ncaf\xe9\t1\n", "line 4: byte 11 is not UTF-8. Save the file as UTF-8"),
]


@pytest.mark.parametrize(("name", "content", "message"), BAD)
def test_files_that_are_no_lexicons_are_refused_by_name(tmp_path, name, content, message):
    path = write(tmp_path, name, content)
    with pytest.raises(ReadError, match=message) as caught:
        load_lexicon(path)
    assert str(caught.value).startswith(f"{path}: ")


def test_tags_of_yaml_build_nothing(tmp_path):
    path = write(tmp_path, "a.yml", "a: [!!python/object/apply:os.getcwd '']\nb: [peace]\n")
    with pytest.raises(ReadError, match="category 'a'"):
        load_lexicon(path)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda path: load_lexicon(path.with_suffix(".txt")), "file that ends in .toml, .json, "),
        (lambda path: load_lexicon(path, on_error="ignore"), "on_error must be one of 'raise', 'w"),
        (lambda path: Lexicon({"x": ["a"]}).save(path), r"must end in '.toml' or '.json'; got 'a."),
    ],
)
def test_bad_calls_are_refused(tmp_path, call, message):
    path = write(tmp_path, "a.dic", LIWC)
    path.with_suffix(".txt").write_text(LIWC)
    with pytest.raises(OptionError, match=message):
        call(path)


# -- and back --------------------------------------------------------------------------------

NAMES = st.text(min_size=1, max_size=6).filter(lambda name: name.isprintable())
PATTERNS = st.builds(
    lambda word, more: word + more,
    st.sampled_from(["peace", "Ünion*", "free trade"]),
    st.text('a"\\\t\x7f\x01*', max_size=4),
)
ENTRIES = PATTERNS | st.builds(lambda p, c: {"pattern": p, "case": c}, PATTERNS, st.booleans())
LEXICONS = st.builds(
    Lexicon,
    st.dictionaries(NAMES, st.lists(ENTRIES, min_size=1, max_size=4), min_size=1, max_size=4),
    st.lists(ENTRIES, max_size=2),
)


@pytest.mark.parametrize("suffix", [".toml", ".json"])
def test_a_lexicon_that_is_saved_is_read_again(tmp_path_factory, suffix):
    path = tmp_path_factory.mktemp("saved") / f"mine{suffix}"

    @given(LEXICONS)
    def check(lexicon):
        lexicon.save(path)
        again = load_lexicon(str(path))
        assert again.digest == lexicon.digest
        assert again.to_dict() == lexicon.to_dict()
        assert list(again.categories) == list(lexicon.categories)
        assert [file.name for file in path.parent.iterdir()] == [path.name]

    check()


def test_a_lexicon_is_saved_in_a_form_that_people_edit(tmp_path):
    lexicon = Lexicon({"x": ["peace", {"pattern": "UN", "case": True}], "a b": ["war"]}, ["us"])
    lexicon.save(tmp_path / "mine.toml")
    assert (tmp_path / "mine.toml").read_text() == (
        'ignore = [\n    "us",\n]\n\n'
        '[categories.x]\npatterns = [\n    "peace",\n    { pattern = "UN", case = true },\n]\n\n'
        '[categories."a b"]\npatterns = [\n    "war",\n]\n'
    )
