"""Which encoding the bytes of a file are in, if that is to be found out."""

from __future__ import annotations

import codecs
import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from discourse.errors import need
from discourse.record import ReadOnly

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch, CharsetMatches

    from discourse.reading.files import File, Options

DETECT = "detect"

log = logging.getLogger("discourse")

_SAMPLE = 1 << 18  # bytes; a guess from more is no better, and takes seconds
_MARKS = (  # that of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ZEROS: Mapping[tuple[bool, ...], str] = ReadOnly(  # where letters of the first alphabets have some
    {
        (False, True, False, True): "utf-16-le",
        (True, False, True, False): "utf-16-be",
        (False, True, True, True): "utf-32-le",
        (True, True, True, False): "utf-32-be",
    }
)
_PREFERRED = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256"),
    *("cp932", "euc_jp", "gb18030", "big5", "cp949", "cp850", "mac_roman"),
)
_CENTRAL = ("Czech", "Polish", "Hungarian", "Slovak", "Croatian", "Slovene", "Romanian")


def detected(file: File, options: Options, /) -> Options:
    """Return the options with the encoding that a sample of the file seems to be in.

    It is among the docvars that the documents are given, as ``"encoding"``.

    Raises
    ------
    ReadError
        If the file cannot be opened, or the sample is in no encoding.
    """
    encoding = chosen(file, options.encoding)
    return replace(options, encoding=encoding, given={**options.given, "encoding": encoding})


def chosen(file: File, encoding: str, /) -> str:
    """Return the encoding; if it is "detect", the one that a sample of the file seems to be in.

    Raises
    ------
    ReadError
        As for `detected`.
    """
    if encoding != DETECT:
        return encoding
    found = guess(_beginning(file.pieces()))
    if found is None:
        reason = "its encoding cannot be told. Pass encoding=... if you know it."
        raise file.error(reason)
    log.info("%s: read as %s", file, found)
    return found


def _beginning(pieces: Iterable[bytes], /) -> bytes:
    """Return the first bytes."""
    sample = b""
    for piece in pieces:
        sample += piece
        if len(sample) >= _SAMPLE:
            break
    return sample[:_SAMPLE]


def guess(data: bytes, /) -> str | None:
    """Return the encoding that the beginning of a text seems to be in, None if in none.

    It is that of a byte order mark; else UTF-8 if the bytes are that, since other texts hardly
    ever are; else UTF-16 or UTF-32 if every second or fourth byte is a zero; else the one that
    charset-normalizer finds the likeliest. Where it finds several alike, which it does for short
    texts, that in which fewest signs stand within words is taken, then the most used.

    Examples
    --------
    >>> guess("Où ?".encode()), guess("Où ?".encode("utf-16")), guess("Où ?".encode("utf-16-le"))
    ('utf-8', 'utf-16', 'utf-16-le')
    """
    return marked(data) or _unicode(data) or _likeliest(data)


def marked(data: bytes, /) -> str | None:
    r"""Return the encoding whose byte order mark the data begin with.

    Examples
    --------
    >>> marked(b"\xff\xfea\0"), marked(b"\xff\xfe\0\0a\0\0\0"), marked(b"a")
    ('utf-16', 'utf-32', None)
    """
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def zeros(data: bytes, /) -> str | None:
    r"""Return the encoding that the places of zeros speak for.

    Examples
    --------
    >>> zeros(b"a\0b\0"), zeros(b"\0a\0b"), zeros(b"ab\0")
    ('utf-16-le', 'utf-16-be', None)
    """
    quarter = -(-len(data) // 4)
    return _ZEROS.get(tuple(2 * data[i::4].count(0) > quarter for i in range(4)))


def _unicode(data: bytes, /) -> str | None:
    """Return the Unicode encoding that the data are in, if they are."""
    if found := zeros(data):
        return found
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)  # the last character may be cut
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _likeliest(data: bytes, /) -> str | None:
    """Return the encoding in which the data read best."""
    library = need("charset_normalizer", extra="formats")
    matches = list(cast("CharsetMatches", library.from_bytes(data)))
    return _name(min(matches, key=_badness)) if matches else None


def _badness(match: CharsetMatch, /) -> tuple[float, float, float, bool, int]:
    """Return what speaks against a match, the weightiest first."""
    name = _name(match)
    return (
        round(match.chaos, 1),
        _signs_in_words(str(match)),
        -round(match.coherence, 1),
        name == "cp1252" and match.language in _CENTRAL,
        _rank(name),
    )


def _signs_in_words(text: str, /) -> int:
    """Return how many signs of the small character sets stand between letters.

    Examples
    --------
    >>> _signs_in_words("spo³eczno"), _signs_in_words("¿Qué? 4³; 議長、私")
    (1, 0)
    """
    return sum(
        "\x7f" < sign < "\u3000" and not sign.isalpha() and left.isalpha() and right.isalpha()
        for left, sign, right in zip(text, text[1:], text[2:], strict=False)
    )


def _name(match: CharsetMatch, /) -> str:
    """Return the most used of the encodings in which the data read the same."""
    return min([match.encoding, *match.could_be_from_charset], key=_rank)


def _rank(encoding: str, /) -> int:
    """Return the place among the encodings by use."""
    return _PREFERRED.index(encoding) if encoding in _PREFERRED else len(_PREFERRED)
