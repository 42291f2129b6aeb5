"""Texts in many languages and scripts: what is counted, and what is doubted."""

import itertools
import json
import pickle
import sys
import tarfile
import unicodedata
import warnings

import pytest
from hypothesis import given

import discourse as ds
from discourse._text import word_spans
from discourse.comparison.doubts import LANGUAGE, SCRIPT, doubts
from discourse.tokens.chinese import jieba_spans
from strategies import texts

ENGLISH = "We want peace, and we are against the war. It is easy to begin and hard to end."
OTHERS = {
    "nl": "Wij willen vrede en wij zijn tegen de oorlog. De president heeft in het parlement "
    "gezegd dat het land meer moet doen voor de armen, en dat was een goed begin. Maar er "
    "is meer nodig: we moeten over de grenzen heen werken met onze buren en niet alleen "
    "praten.",
    "af": "Ons wil vrede hê en ons is teen die oorlog. Die president het in die parlement gesê "
    "dat die land meer vir die armes moet doen, en dit was 'n goeie begin. Maar daar is "
    "meer nodig: ons moet oor die grense heen met ons bure werk en nie net praat nie. My "
    "land is gereed, en in hierdie saal weet almal dat ons hand uitgesteek is.",
    "de": "Wir wollen Frieden und sind gegen den Krieg. Der Präsident hat im Parlament gesagt, "
    "dass das Land mehr für die Armen tun muss, und das war ein guter Anfang.",
    "da": "Vi vil have fred, og vi er imod krigen. Præsidenten sagde i parlamentet, at landet "
    "må gøre mere for de fattige, og det var en god begyndelse. Men der er mere at gøre: "
    "vi skal arbejde på tværs af grænserne med vore naboer og ikke kun tale.",
    "fr": "Nous voulons la paix et nous sommes contre la guerre. Le président a dit au "
    "parlement que le pays doit faire plus pour les pauvres, et c'était un bon début. "
    "Mais il faut plus : on a besoin de travailler avec nos voisins, et non de parler.",
    "it": "Vogliamo la pace e siamo contro la guerra. Il presidente ha detto in parlamento che "
    "il paese deve fare di più per i poveri, ed è stato un buon inizio. Ma serve di più: "
    "dobbiamo lavorare con i vicini e non solo parlare. A me pare giusto, e so che a voi "
    "pare lo stesso.",
    "pt": "Queremos a paz e somos contra a guerra. O presidente disse no parlamento que o país "
    "deve fazer mais pelos pobres, e foi um bom começo. Mas é preciso mais: temos de "
    "trabalhar com os vizinhos e não só falar. A todos nos cabe, e a mim me parece justo "
    "que as nações o façam.",
    "ru": "Мы хотим мира и мы против войны. Президент сказал в парламенте, что страна должна "
    "сделать больше для бедных, и это было хорошее начало.",
    "sw": "Tunataka amani na tunapinga vita. Rais alisema bungeni kwamba nchi lazima ifanye "
    "zaidi kwa ajili ya maskini, na huo ulikuwa mwanzo mzuri.",
    "ar": "نحن نريد السلام ونحن ضد الحرب. قال الرئيس في البرلمان إن البلاد يجب أن تفعل المزيد "
    "من أجل الفقراء، وكانت تلك بداية جيدة.",
    "hi": "हम शांति चाहते हैं और हम युद्ध के विरुद्ध हैं। राष्ट्रपति ने संसद में कहा कि देश को "
    "गरीबों के लिए और अधिक करना चाहिए।",
}


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_without_function_words_of_english_is_doubted(language):
    assert doubts(ds.count([ENGLISH, OTHERS[language]])) == {LANGUAGE: f"'text2' {LANGUAGE}"}


@pytest.mark.parametrize(
    "text",
    [
        "我们支持和平，反对战争。",
        "私たちは平和を望み、戦争に反対します。",
        "เราต้องการสันติภาพและคัดค้านสงคราม",
        "ພວກເຮົາຕ້ອງການສັນຕິພາບ",
        "យើងចង់បានសន្តិភាព",
        "ငြိမ်းချမ်းရေးကို လိုလားသည်။",
    ],
)
def test_a_text_in_a_script_without_spaces_is_doubted(text):
    assert doubts(ds.count([ENGLISH, text]))[SCRIPT] == f"'text2' {SCRIPT}"


def test_english_that_quotes_another_script_is_not_doubted():
    assert not doubts(ds.count([f"{ENGLISH} The word for peace is 和平 in Chinese."]))


@pytest.mark.parametrize("text", ["Peace.", "Sanctions, sanctions, sanctions!", ENGLISH])
def test_short_english_is_not_doubted(text):
    assert not doubts(ds.count([text]))


def test_compare_warns_of_what_it_did_not_understand_and_notes_it():
    with pytest.warns(UserWarning, match=LANGUAGE) as caught:
        found = ds.compare(ds.Document("rede", OTHERS["de"]), ENGLISH)
    assert [str(w.message) for w in caught] == [f"'rede' {LANGUAGE}"]
    assert caught[0].filename == __file__
    assert LANGUAGE in found.agreement.note
    assert LANGUAGE not in found.words.note
    with pytest.warns(UserWarning, match=SCRIPT):
        found = ds.compare("我们支持和平，反对战争。", ENGLISH)
    assert all(SCRIPT in e.note for e in (found.words, found.topics, found.agreement))


def test_compare_is_silent_about_english():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert "English" not in ds.compare("We support peace.", ENGLISH).agreement.note


def real_speeches(folder):
    for path in sorted((folder / "data" / "ungdc").glob("*.tar.gz")):
        with tarfile.open(path) as archive:
            files = [archive.extractfile(m) for m in archive if m.name.endswith(".txt")]
            yield from (f.read().decode("utf-8", "replace") for f in files if f)
    lines = (folder / "data" / "us-inaugural" / "addresses.jsonl").read_text(encoding="utf-8")
    yield from (json.loads(line)["text"] for line in lines.splitlines())


def test_no_real_speech_in_english_is_doubted(real_data):
    texts = list(real_speeches(real_data))
    assert len(texts) > 200
    assert not doubts(ds.count(texts))


# -- words of many scripts ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Déjà-vu à l’Élysée", ["Déjà-vu", "à", "l’Élysée"]),
        ("De\u0301ja\u0300-vu", ["De\u0301ja\u0300-vu"]),
        ("Rückgrat für ÖVP/SPÖ", ["Rückgrat", "für", "ÖVP", "SPÖ"]),
        ("Это из-за войны.", ["Это", "из-за", "войны"]),
        ("Об'єднані Нації", ["Об'єднані", "Нації"]),
        ("Θέλουμε «ειρήνη»;", ["Θέλουμε", "ειρήνη"]),
        ("İstanbul’da barış", ["İstanbul’da", "barış"]),
        ('אנחנו רוצים שָׁלוֹם, ארה"ב!', ["אנחנו", "רוצים", "שָׁלוֹם", "ארה", "ב"]),
        ("نريد السَّلامَ، لا الحرب؟", ["نريد", "السَّلامَ", "لا", "الحرب"]),
        ("ما صلح می‌خواهیم", ["ما", "صلح", "می‌خواهیم"]),
        ("ہم امن چاہتے ہیں۔", ["ہم", "امن", "چاہتے", "ہیں"]),
        ("हम शांति चाहते हैं।", ["हम", "शांति", "चाहते", "हैं"]),
        ("আমরা শান্তি চাই।", ["আমরা", "শান্তি", "চাই"]),
        ("நாங்கள் அமைதி", ["நாங்கள்", "அமைதி"]),
        ("우리는 평화를 원한다.", ["우리는", "평화를", "원한다"]),
        ("Մենք խաղաղություն ենք ուզում։", ["Մենք", "խաղաղություն", "ենք", "ուզում"]),
        ("ሰላም እንፈልጋለን።", ["ሰላም", "እንፈልጋለን"]),
        ("我们要和平", ["我们", "们要", "要和", "和平"]),
        ("へいわを", ["へい", "いわ", "わを"]),
        ("สันติ", ["สัน", "นติ"]),
        ("ສັນຕິ", ["ສັນ", "ນຕິ"]),
        ("សន្តិភាព", ["សន្តិ", "ន្តិភា", "ភាព"]),
        ("ငြိမ်း", ["ငြိမ်း"]),
        ("Peace 🕊️ now 👩‍👩‍👧", ["Peace", "now"]),
        ("ＰＥＡＣＥ ２０２０", ["ＰＥＡＣＥ", "２０２０"]),
        ("H₂O and x² at 5€", ["H₂O", "and", "x²", "at", "5"]),
        ("UN和平UN", ["UN", "和平", "UN"]),
    ],
)
def test_the_words_of_a_text(text, found):
    assert [text[start:end] for start, end in word_spans(text)] == found


MIXED = "The word שלום (peace) and السلام, 和平 and शांति: Δειρήνη!"


def test_spans_of_texts_of_both_directions_cut_exactly_the_words():
    words = [MIXED[start:end] for start, end in word_spans(MIXED)]
    for word in ("שלום", "السلام", "和平", "शांति", "peace"):
        assert words.count(word) == 1
    lexicon = {"peace": ["שלום", "السلام", "शांति", "peace"]}
    assert ds.coverage([MIXED], lexicon).known[0] == 4 / len(words)


@pytest.mark.parametrize("word", ["שלום", "السلام", "शांति", "和平"])
def test_mentions_in_any_script_cut_exactly_the_target(word):
    text = f"We support {word} today."
    mentions = ds.stance([text], targets={"peace": [word]}).found
    assert [text[m.start : m.end] for m in mentions] == [word]
    assert mentions[0].stance == "support"


@pytest.mark.parametrize("word", ["café", "Ångström", "हिन्दी", "שָׁלוֹם", "한국", "ǅ", "Việt"])
def test_composed_and_decomposed_words_are_one_type(word):
    forms = {unicodedata.normalize(form, word) for form in ("NFC", "NFD")}
    assert len(ds.count([" ".join(forms)]).features) == 1


@pytest.mark.parametrize(
    "text",
    [
        "cease, fire",
        "Er sagte „cease“ fire",
        "cease‹ fire",
        "نار، cease، fire",
        "cease፣ fire",
        "cease၊ fire",
        "cease՝ fire",
        "《cease》fire",
        "cease、fire",
        "cease。fire",
    ],
)
def test_no_pattern_runs_across_the_punctuation_of_any_script(text):
    lexicon = {"x": ["cease fire"]}
    assert ds.coverage([text], lexicon).known[0] == 0
    assert ds.coverage(["cease fire"], lexicon).known[0] == 1


# -- jieba -------------------------------------------------------------------------------------


def test_jieba_finds_the_words_of_chinese_and_leaves_all_else():
    pytest.importorskip("jieba")
    assert jieba_spans("へいわ支持ー") == [(0, 2), (1, 3), (3, 5), (5, 6)]
    tokens = ds.tokenize(["G7支持多边主义，don't反对制裁。へいわ"], tokenizer="jieba")
    assert tokens.words("text1") == (
        *("g7", "支持", "多边", "主义", "don't", "反对", "制裁", "へい", "いわ"),
    )
    assert tokens.record.parameters == {"tokenizer": "jieba_spans"}
    assert ds.count(tokens).verify(["G7支持多边主义，don't反对制裁。へいわ"])
    assert pickle.loads(pickle.dumps(tokens)).docs == ("text1",)  # noqa: S301 - of this process


@given(texts())
def test_jieba_cuts_spans_that_ascend_and_are_those_of_the_default_rule_elsewhere(text):
    pytest.importorskip("jieba")
    spans = jieba_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[0] < b[0] and a[1] <= b[1] for a, b in itertools.pairwise(spans))
    if not any("\u3400" <= char <= "\u9fff" or char in "々〆〇" for char in text):
        assert spans == word_spans(text)


def test_without_jieba_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "jieba", None)
    with pytest.raises(ds.DiscourseError, match=r"discourse-comparison\[cjk\]"):
        ds.tokenize(["和平"], tokenizer="jieba")
