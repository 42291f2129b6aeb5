"""Encodings: UTF-8 unless another is named; "detect" says which it chose; marks, ends and zeros."""

# ruff: noqa: E501 - sentences

from __future__ import annotations

import codecs
import contextlib
import gzip
import json
import logging
import zipfile

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import discourse as ds
from discourse.errors import OptionError, ReadError
from discourse.reading.encodings import guess

TEXT = "Où est la paix ? L’Allemagne et la Pologne – la Łódź – attendent."
LANGUAGES = {
    "fr cp1252": "Monsieur le Président, la France a toujours été attachée à la paix. Nous exigeons que "
    "la guerre cesse dès aujourd'hui, et que les négociations soient menées à leur terme.",
    "de cp1252": "Herr Präsident, wir müssen für den Frieden kämpfen. Die Würde der Völker darf nicht "
    "länger verletzt werden; darüber sind wir uns einig.",
    "es cp1252": "Señor Presidente, la nación española exige la paz. ¿Qué más podemos hacer mañana? La "
    "situación económica es difícil.",
    "pt latin-1": "Senhor Presidente, a nação não pode esperar. A situação económica é difícil, e as "
    "relações são más.",
    "sv cp1252": "Herr talman, vi måste kämpa för freden. Alla människor är överens om att kriget måste "
    "få ett slut.",
    "pl cp1250": "Panie Przewodniczący, żądamy pokoju. Wojna musi się skończyć, a ludność cywilna musi "
    "być chroniona. Społeczność międzynarodowa powinna działać.",
    "cs cp1250": "Pane předsedo, žádáme mír. Válka musí skončit a civilní obyvatelstvo musí být "
    "chráněno. Děkuji za pozornost.",
    "ru cp1251": "Господин Председатель, мы требуем мира. Война должна закончиться, и переговоры должны "
    "быть доведены до конца.",
    "ru koi8-r": "Господин Председатель, мы требуем мира. Война должна закончиться, и переговоры должны "
    "быть доведены до конца.",
    "el cp1253": "Κύριε Πρόεδρε, απαιτούμε ειρήνη. Ο πόλεμος πρέπει να τελειώσει και οι "
    "διαπραγματεύσεις να ολοκληρωθούν.",
    "tr cp1254": "Sayın Başkan, barış istiyoruz. Savaş artık sona ermeli ve görüşmeler başlamalı. "
    "Teşekkür ederim.",
    "he cp1255": "אדוני הנשיא, אנו דורשים שלום. המלחמה חייבת להסתיים והמשא ומתן חייב להימשך.",
    "ar cp1256": "السيد الرئيس، نطالب بالسلام. يجب أن تنتهي الحرب وأن تستمر المفاوضات حتى النهاية.",
    "ja shift_jis": "議長、私たちは平和を求めます。戦争は終わらなければなりません。交渉を続けるべきです。",
    "ja euc_jp": "議長、私たちは平和を求めます。戦争は終わらなければなりません。交渉を続けるべきです。",
    "zh gb18030": "主席先生，我们要求和平。战争必须结束，谈判必须继续。国际社会应当采取行动。",
    "zh big5": "主席先生，我們要求和平。戰爭必須結束，談判必須繼續。國際社會應當採取行動。",
    "ko euc_kr": "의장님, 우리는 평화를 요구합니다. 전쟁은 끝나야 하며 협상은 계속되어야 합니다.",
    "fr cp850": "Monsieur le Président, la France a toujours été attachée à la paix. Nous exigeons que "
    "la guerre cesse.",
}
MARKED = {
    "utf-8": codecs.BOM_UTF8 + TEXT.encode(),
    "utf-16": codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
    "utf-16 big": codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    "utf-32": codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
    "utf-32 big": codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"),
}


@pytest.mark.parametrize("case", LANGUAGES)
def test_a_few_sentences_are_enough_to_tell_the_encoding(tmp_path, case):
    text, encoding = LANGUAGES[case], case.split()[1]
    path = tmp_path / "talk.txt"
    path.write_bytes(text.encode(encoding))
    (document,) = ds.read(path, encoding="detect")
    assert document.text == text
    assert text.encode(str(document.docvars["encoding"])) == text.encode(encoding)
    with pytest.raises(ReadError, match=r"byte \d+ does not decode .* Pass encoding='detect'"):
        ds.read(path)


@pytest.mark.parametrize("case", MARKED)
def test_a_byte_order_mark_decides_and_is_no_part_of_the_text(tmp_path, case):
    path = tmp_path / "talk.txt"
    path.write_bytes(MARKED[case])
    (document,) = ds.read(path, encoding="detect")
    assert document.text == TEXT
    assert document.docvars == {"encoding": case.split()[0]}
    if case == "utf-8":
        assert ds.read(path)["talk"].text == TEXT
    else:
        advice = f"It begins like {case.split()[0].upper()}: pass encoding='{case.split()[0]}'"
        with pytest.raises(ReadError, match=advice):
            ds.read(path)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_zeros_tell_an_encoding_without_a_mark(tmp_path, encoding):
    path = tmp_path / "talk.txt"
    path.write_bytes(TEXT.encode(encoding))
    (document,) = ds.read(path, encoding="detect")
    assert (document.text, document.docvars["encoding"]) == (TEXT, encoding)
    with pytest.raises(ReadError, match=f"pass encoding='{encoding}'"):
        ds.read(path)


@given(st.text(min_size=1), st.integers(0, 3))
def test_the_bytes_of_a_text_in_utf_8_are_taken_for_that_wherever_they_are_cut(text, cut):
    assume(text.count("\0") * 8 < len(text))
    data = text.encode()
    assert guess(data[: max(len(data) - cut, 0)]) == "utf-8"


@given(st.binary(max_size=200))
def test_what_is_guessed_decodes_or_is_an_error(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("t") / "t.txt"
    path.write_bytes(data)
    with contextlib.suppress(ReadError):
        (document,) = ds.read(path, encoding="detect")
        encoding = str(document.docvars["encoding"])
        assert data.decode(encoding).removeprefix("\ufeff") == document.text


def test_each_file_and_row_has_the_encoding_that_was_chosen_and_the_log_says_it(tmp_path, caplog):
    word = "Überraschung für alle schönen Völker."
    (tmp_path / "a.csv").write_bytes(f"id,text\nx,{word}\ny,{word}".encode("cp1252"))
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": word}, ensure_ascii=False), "utf-8")
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress(word.encode("utf-16")))
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
        archive.writestr("e.txt", word.encode("cp1252"))
    with caplog.at_level(logging.INFO, "discourse"):
        corpus = ds.read(tmp_path, encoding="detect")
    assert set(corpus.texts) == {word}
    assert corpus.docvars["encoding"] == ("cp1252", "cp1252", "utf-8", "utf-16", "cp1252")
    assert f"{tmp_path / 'd.zip'}: e.txt: read as cp1252" in caplog.text
    assert "encoding" not in ds.read(tmp_path / "b.jsonl").docvars


def test_a_guess_from_the_beginning_is_held_to_the_end(tmp_path):
    path = tmp_path / "t.csv"
    rows = "text\n" + "Peace.\n" * 50_000
    path.write_bytes(rows.encode() + "Où ?\n".encode("cp1252"))
    with pytest.raises(ReadError, match="not utf-8: byte 350006 does not decode"):
        ds.read(path, encoding="detect")
    path.write_bytes(rows.encode() + "Où ?\n".encode())
    assert ds.read(path, encoding="detect").texts[-1] == "Où ?"


def test_a_docvar_of_the_same_name_is_not_overwritten(tmp_path):
    (tmp_path / "t.csv").write_text("encoding,text\nx,Peace.\n")
    with pytest.raises(ReadError, match=r"'encoding' is in the file too.*encoding='detect'"):
        ds.read(tmp_path / "t.csv", encoding="detect")
    assert ds.read(tmp_path / "t.csv").docvars["encoding"] == ("x",)


@pytest.mark.parametrize("encoding", ["", "detected", "base64", None, 8])
def test_an_encoding_that_is_none_is_refused(tmp_path, encoding):
    (tmp_path / "t.txt").write_text("Peace.")
    with pytest.raises(
        OptionError, match=r"encoding must be the name of a text encoding .*'detect'"
    ):
        ds.read(tmp_path, encoding=encoding)


def test_line_ends_of_three_kinds_may_be_mixed_and_stay_in_a_text(tmp_path):
    text = "One.\r\nTwo.\rThree.\n\r\nFour."
    (tmp_path / "t.txt").write_bytes(text.encode())
    (tmp_path / "t.csv").write_bytes(b'id,text\r\na,One.\rb,Two.\nc,"x\r\ny\rz"\r\n')
    (tmp_path / "t.jsonl").write_bytes(b'{"text": "One."}\r\n{"text": "Two."}\n\r\n{"text": "x"}')
    for encoding in ("utf-8", "detect"):
        assert ds.read(tmp_path / "t.txt", encoding=encoding)["t"].text == text
        rows = ("One.", "Two.", "x\r\ny\rz")
        assert ds.read(tmp_path / "t.csv", encoding=encoding).texts == rows
        assert ds.read(tmp_path / "t.jsonl", encoding=encoding).texts == ("One.", "Two.", "x")


def test_a_null_character_is_one_of_the_text_but_a_text_is_not_full_of_them(tmp_path):
    path = tmp_path / "t.txt"
    path.write_bytes(b"One\0two three.")
    for encoding in ("utf-8", "detect"):
        assert ds.read(path, encoding=encoding)["t"].text == "One\0two three."
        path.write_bytes(b"\0" * 100)
        with pytest.raises(ReadError, match="full of null characters"):
            ds.read(path, encoding=encoding)
        path.write_bytes(b"One\0two three.")


def test_bytes_in_no_encoding_are_an_error(tmp_path):
    path = tmp_path / "t.txt"
    path.write_bytes(bytes(range(1, 32)) + bytes(range(127, 160)) * 3)
    with pytest.raises(ReadError, match=r"its encoding cannot be told\. Pass encoding=\.\.\."):
        ds.read(path, encoding="detect")
