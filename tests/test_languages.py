"""Texts in many languages and scripts: what is counted, and what is doubted."""

import json
import tarfile
import warnings

import pytest

import discourse as ds
from discourse.comparison.doubts import LANGUAGE, SCRIPT, doubts

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
