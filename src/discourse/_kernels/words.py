"""Where the words of UTF-8 text stand, and which number each distinct one has."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from discourse._kernels._jit import jit
from discourse._kernels.classes import CharacterClass

Bytes = npt.NDArray[np.uint8]
Codes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
Ids = npt.NDArray[np.int32]

AHEAD = 16  # bytes that are read beyond a text, at most
BLOCK = 64  # bytes, whose marks make one integer of as many bits
SLOT = 4  # integers that a slot of the table has: first, last, length, number + 1

_WORD = int(CharacterClass.WORD)
_MARK = int(CharacterClass.MARK)
_JOINT = int(CharacterClass.JOINT)

_INSIDE = 1  # what a byte is marked with: it belongs to a word
_UNSETTLED = 2  # what stands before and after it decides
_EACH_INSIDE = np.uint64(0x0101010101010101)
_EACH_UNSETTLED = np.uint64(0x0202020202020202)
_GATHER = np.uint64(0x0102040810204080)  # moves the lowest bits of eight bytes into the highest

_0, _1, _3, _6, _7, _29, _32, _56, _58, _63 = (
    np.uint64(n) for n in (0, 1, 3, 6, 7, 29, 32, 56, 58, 63)
)
_ALL = np.uint64(2**64 - 1)
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio

# The place of the only bit that is set in x is _PLACES[(x * _SEQUENCE) >> 58]: of the sequence of
# de Bruijn, each six bits in a row are different ones.
_SEQUENCE = np.uint64(0x03F79D71B4CB0A89)
_PLACES = np.zeros(BLOCK, np.uint64)
for _i in range(BLOCK):
    _PLACES[((int(_SEQUENCE) << _i) & (2**64 - 1)) >> 58] = _i


def marks_of_bytes(classes: Bytes, /) -> Bytes:
    """Return what each byte is marked with, as far as it tells alone, from classes of ASCII."""
    marks = np.full(256, _UNSETTLED, np.uint8)
    marks[:128] = np.where(classes[:128] == _WORD, _INSIDE, 0)
    marks[:128][classes[:128] == _JOINT] = _UNSETTLED
    return marks


@jit
def _lowest(bits: np.uint64) -> np.uint64:
    """Return the place of the lowest bit that is set; one is."""
    return np.uint64(_PLACES[((bits & (~bits + _1)) * _SEQUENCE) >> _58])


@jit
def _decode(text: Bytes, at: int) -> int:
    """Return the code point that starts at a byte, times 8, plus the number of its bytes."""
    lead = int(text[at])
    if lead < 0x80:
        return (lead << 3) | 1
    code = int(text[at + 1]) & 0x3F
    if lead < 0xE0:
        return ((((lead & 0x1F) << 6) | code) << 3) | 2
    code = (code << 6) | (int(text[at + 2]) & 0x3F)
    if lead < 0xF0:
        return ((((lead & 0x0F) << 12) | code) << 3) | 3
    code = (code << 6) | (int(text[at + 3]) & 0x3F)
    return ((((lead & 0x07) << 18) | code) << 3) | 4


@jit
def _settle(text: Bytes, classes: Bytes, marks: Bytes, at: int) -> None:
    """Mark all bytes of the character that starts here; those before it are settled."""
    decoded = _decode(text, at)
    kind, size = classes[decoded >> 3], decoded & 7
    inside = kind == _WORD
    if not inside and at > 0 and marks[at - 1] == _INSIDE:
        joins = kind == _JOINT and classes[_decode(text, at + size) >> 3] == _WORD
        inside = joins or kind == _MARK
    for i in range(at, at + size):
        marks[i] = _INSIDE if inside else 0


@jit
def lower(text: Bytes) -> None:
    """Make small letters of the capital ones of ASCII, where they stand."""
    for i in range(text.size):
        byte = text[i]
        text[i] = byte | 32 if 65 <= byte <= 90 else byte


@jit
def find(text: Bytes, marks_of: Bytes, classes: Bytes, marks: Bytes, edges: Ids) -> int:
    """Write where words start and end, by turns, and return how many edges there are.

    Parameters
    ----------
    text : ndarray of shape (n_bytes,), uint8
        UTF-8, lone surrogates encoded like other characters; a multiple of `BLOCK` bytes, of which
        the last belongs to no word.
    marks_of : ndarray of shape (256,), uint8
    classes : ndarray of shape (n_code_points,), uint8
    marks : ndarray of shape (n_bytes,), uint8
        Written over.
    edges : ndarray of shape (n_bytes + 1,), int32
        Written over.
    """
    for i in range(text.size):
        marks[i] = marks_of[text[i]]
    eights = marks.view(np.uint64)
    n = 0
    before = _0
    for block in range(text.size // BLOCK):
        bits = _0
        for k in range(8):
            eight = 8 * block + k
            if eights[eight] & _EACH_UNSETTLED:
                for i in range(8 * eight, 8 * eight + 8):
                    if marks[i] == _UNSETTLED:
                        _settle(text, classes, marks, i)
            gathered = ((eights[eight] & _EACH_INSIDE) * _GATHER) >> _56
            bits |= gathered << np.uint64(8 * k)
        changes = bits ^ ((bits << _1) | before)
        before = bits >> _63
        while changes:
            edges[n] = BLOCK * block + np.int64(_lowest(changes))
            n += 1
            changes &= changes - _1
    return n


@jit
def in_code_points(text: Bytes, edges: Places) -> None:
    """Make places in code points of ascending places in bytes, where they stand."""
    at = n = 0
    for k in range(edges.size):
        edge = edges[k]
        for i in range(at, edge):
            n += (text[i] & 0xC0) != 0x80
        at = edge
        edges[k] = n


@jit
def _eight(eights: Codes, at: int) -> np.uint64:
    """Return the eight bytes that start anywhere in the text, as one integer."""
    place, shift = np.uint64(at) >> _3, (np.uint64(at) & _7) << _3
    high = (eights[place + _1] << _1) << (_63 - shift)
    return np.uint64((eights[place] >> shift) | high)


@jit
def _slot(
    first: np.uint64, last: np.uint64, size: np.uint64, factor: np.uint64, slots: Codes
) -> np.uint64:
    """Return where the search for a word begins, from high bits, which depend on all others."""
    mixed = (first + size) * factor + (last ^ (last >> _29)) * (factor * _SPREAD)
    return (mixed >> _32) & np.uint64(slots.shape[0] - 1)


@jit
def _differ(a: Bytes, at: int, b: Bytes, there: int, size: int) -> bool:
    """Tell whether two runs of bytes differ."""
    i = 0
    while i < size and a[at + i] == b[there + i]:
        i += 1
    return i < size


@jit
def number(
    text: Bytes,
    edges: Ids,
    start: int,
    factor: np.uint64,
    slots: Codes,
    letters: Bytes,
    offsets: Places,
    ids: Ids,
) -> int:
    """Write the number of each word, new ones numbered in order; return where room ran out.

    Words of up to 16 bytes are their first and last eight. Of longer ones the table holds a
    mixture, and the bytes themselves are compared.

    Parameters
    ----------
    text : ndarray of shape (n_bytes,), uint8
        At least eight bytes longer than the last word.
    edges : ndarray of shape (2 n_words,), int32
    start : int
        The first word to number.
    factor : uint64
        Of the mixture; any gives the same numbers.
    slots : ndarray of shape (2^k, 4), uint64
        The table, at most half of which is filled.
    letters : ndarray of shape (room,), uint8
        The bytes of the words one after another, each followed by a line end.
    offsets : ndarray of shape (n_slots // 2 + 1,), int64
        Where in `letters` each word starts; the last place holds the number of words, the one after
        the last word where it would start.
    ids : ndarray of shape (n_words,), int32
        Written over from `start`.
    """
    eights = text.view(np.uint64)
    most = offsets.size - 2
    known = offsets[-1]
    last_slot = np.uint64(slots.shape[0] - 1)
    for w in range(start, ids.size):
        begin, end = int(edges[2 * w]), int(edges[2 * w + 1])
        size = end - begin
        first, last = _eight(eights, begin), _0
        if size < 8:
            first &= _ALL >> np.uint64(64 - 8 * size)
        else:
            last = _eight(eights, end - 8)
            for i in range(begin + 8, end - 8 if size > 16 else begin, 8):
                last = (last ^ (last >> _29) ^ _eight(eights, i)) * _SPREAD
        slot = _slot(first, last, np.uint64(size), factor, slots)
        while True:
            row = slots[slot]
            if row[3] == _0:
                if known == most or offsets[known] + size >= letters.size:
                    offsets[-1] = known
                    return w
                row[0], row[1], row[2], row[3] = first, last, np.uint64(size), np.uint64(known + 1)
                place = offsets[known]
                letters[place : place + size] = text[begin:end]
                letters[place + size] = 10
                known += 1
                offsets[known] = place + size + 1
                ids[w] = known - 1
                break
            if row[0] == first and row[1] == last and row[2] == np.uint64(size):
                found = int(row[3]) - 1
                if size <= 16 or not _differ(letters, int(offsets[found]), text, begin, size):
                    ids[w] = found
                    break
            slot = (slot + _1) & last_slot
    offsets[-1] = known
    return ids.size


@jit
def move(slots: Codes, room: Codes, factor: np.uint64) -> None:
    """Put the words of a table into a larger one, which is empty."""
    last_slot = np.uint64(room.shape[0] - 1)
    for row in slots:
        if row[3] != _0:
            slot = _slot(row[0], row[1], row[2], factor, room)
            while room[slot, 3] != _0:
                slot = (slot + _1) & last_slot
            room[slot] = row


@jit
def by_column(
    ids: Ids,
    indptr: Places,
    column_of: Ids,
    sums: Ids,
    sets: Codes,
    columns: Ids,
    counts: Places,
    found_ptr: Places,
) -> int:
    """Write which columns the words of each text have, in order, and how many; return how many.

    Which columns have a sum is noted in a set of bits, and which of its integers are not zero in a
    smaller one, so that they come out sorted without being compared.

    Parameters
    ----------
    ids : ndarray of shape (n_words,), int32
    indptr : ndarray of shape (n_texts + 1,), int64
    column_of : ndarray of shape (n_ids,), int32
    sums : ndarray of shape (n_columns,), int32
        Zeros, which it is left with.
    sets : ndarray of shape (2, n_columns // 64 + 1), uint64
        Zeros, which it is left with.
    columns, counts : ndarray of shape (n_words,), int32 and int64
        Written over.
    found_ptr : ndarray of shape (n_texts + 1,), int64
        Written over, but for the first.
    """
    used, filled = sets[0], sets[1]
    n = 0
    for text in range(indptr.size - 1):
        for w in range(indptr[text], indptr[text + 1]):
            column = np.uint64(column_of[ids[w]])
            sums[column] += 1
            place = column >> _6
            used[place] |= _1 << (column & _63)
            filled[place >> _6] |= _1 << (place & _63)
        for top in range(sets.shape[1] // BLOCK + 1):
            while filled[top]:
                place = (np.uint64(top) << _6) + _lowest(filled[top])
                filled[top] &= filled[top] - _1
                bits = used[place]
                used[place] = _0
                while bits:
                    column = (place << _6) + _lowest(bits)
                    bits &= bits - _1
                    columns[n], counts[n] = column, sums[column]
                    sums[column] = 0
                    n += 1
        found_ptr[text + 1] = n
    return n
