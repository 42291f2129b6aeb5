"""Ways to damage the bytes of a file."""

from __future__ import annotations

import random

_INTERESTING = (
    *(b"", b"\0", b"\xff", b"\x80", b"\n", b"\r", b"\t", b'"', b"'", b",", b";", b"|", b"\\"),
    *(b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"\xe2\x80\xa8", b"\xf4\x90\x80\x80"),
    *(
        b"-1",
        b"1.5",
        b"nan",
        b"inf",
        b"1e999",
        b"9" * 40,
        b"9" * 5000,
        b"9007199254740993",
        b"\xc2\xb2",
    ),
    *(b"[", b"]", b"{", b"}", b"<", b">", b"(", b")", b"&a;", b"<!--", b"]]>", b"null", b"true"),
    *(
        b"[" * 2000,
        b"<a>" * 2000,
        b'{"a":' * 2000,
        b"../",
        b"C:\\",
        b"\x7f\xff\xff\xff",
        b"*",
        b"?",
    ),
    *(b"\xff" * 4, b"\xff\xff\xff\x7f", b"\0\0\0\x80", b"\0" * 64, b"%", b"/", b"<<", b"R"),
)


def damaged(data: bytes, other: bytes, rng: random.Random, /) -> bytes:
    """Return the data, damaged one to four times; parts may come from the other."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        way = rng.choice((_flip, _flip, _cut, _drop, _repeat, _zero, _put, _put, _exchange, None))
        if way is None:
            start, end = _part(changed, rng)
            first, last = _part(other, rng)
            changed[start:end] = other[first:last]
        else:
            way(changed, rng)
    return bytes(changed)


def _part(data: bytes | bytearray, rng: random.Random, /) -> tuple[int, int]:
    """Return where a part of the data begins and ends."""
    start = rng.randint(0, len(data))
    return start, min(len(data), start + rng.choice((1, 4, 32, 256)))


def _flip(data: bytearray, rng: random.Random, /) -> None:
    """Flip a few bits."""
    for _ in range(rng.choice((1, 2, 8)) if data else 0):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def _cut(data: bytearray, rng: random.Random, /) -> None:
    """Leave out the end."""
    del data[rng.randint(0, len(data)) :]


def _drop(data: bytearray, rng: random.Random, /) -> None:
    """Leave out a part."""
    start, end = _part(data, rng)
    del data[start:end]


def _repeat(data: bytearray, rng: random.Random, /) -> None:
    """Repeat a part."""
    start, end = _part(data, rng)
    data[end:end] = data[start:end] * rng.choice((1, 1, 7, 100))


def _zero(data: bytearray, rng: random.Random, /) -> None:
    """Make a part zero."""
    start, end = _part(data, rng)
    data[start:end] = bytes(end - start)


def _put(data: bytearray, rng: random.Random, /) -> None:
    """Insert a value on which readers trip, or put it in the place of what is there."""
    start = rng.randint(0, len(data))
    value = rng.choice(_INTERESTING)
    data[start : start + rng.choice((0, len(value)))] = value


def _exchange(data: bytearray, rng: random.Random, /) -> None:
    """Exchange two lines."""
    lines = data.split(b"\n")
    i, j = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[i], lines[j] = lines[j], lines[i]
    data[:] = b"\n".join(lines)
