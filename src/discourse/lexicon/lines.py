"""Lexicons with an entry a line: LIWC's .dic, WordStat's .cat and Lexicoder's .lc3."""

from __future__ import annotations

import re

from discourse.lexicon.collection import Collection, Node

_BORDER = "%"
_MOST_DIGITS = 20
_CONDITION = re.compile(r"[()<>]")
_WEIGHTED = re.compile(r"(?P<term>.*\S)\s+\((?P<weight>\d+(?:\.\d+)?)\)")


def collect_liwc(text: str, found: Collection, /) -> None:
    """Collect the categories that a header numbers, and the words that follow with their numbers.

    A word counts for each category whose number stands beside it. Words that count under a
    condition on their neighbours, "kind (of)" or "like (02 134)125/464", and what has no letters,
    ":)", are left out.
    """
    rows = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    borders = [number for number, line in rows if line == _BORDER]
    if len(borders) < 2:
        found.fail("a line '%' must stand before the categories and another after them.")
    names: dict[int, str] = {}
    for number, line in rows[borders[0] : borders[1] - 1]:
        if line:
            _declare(line, number, names, found)
    for number, line in rows[borders[1] :]:
        if line:
            _collect_word(line, number, names, found)


def _declare(line: str, number: int, names: dict[int, str], found: Collection, /) -> None:
    """Declare the category of a line of the header: its number, its name, perhaps a gloss."""
    code, _, rest = line.partition("\t") if "\t" in line else line.partition(" ")
    name = rest.strip().split("\t")[0].strip()
    if not _is_number(code.strip()) or not name:
        found.fail(f"{line!r:.60} is no category: its number, then its name.", number)
    if int(code) in names:
        found.fail(f"the number {int(code)} stands for two categories.", number)
    found.declare(name, number)
    names[int(code)] = name


def _is_number(code: str, /) -> bool:
    """Tell whether this is the number of a category; Python reads none of thousands of digits."""
    return code.isdecimal() and len(code) < _MOST_DIGITS


def _untabbed(line: str, /) -> tuple[str, str, str]:
    """Return the term, nothing, and the numbers at the end of a line, as `partition` does."""
    later = line.split()[1:]
    n = next((i for i, part in enumerate(reversed(later)) if not part.isdecimal()), len(later))
    return (line.rsplit(None, n)[0], "", " ".join(later[len(later) - n :])) if n else (line, "", "")


def _collect_word(line: str, number: int, names: dict[int, str], found: Collection, /) -> None:
    """Collect the word of a line for each of its categories."""
    term, _, codes = line.partition("\t") if "\t" in line else _untabbed(line)
    term = term.strip()
    if _CONDITION.search(term + codes):
        found.leave_out(f"{' '.join(line.split())!r}: a condition, or no word", number)
        return
    if not codes.strip():
        found.fail(f"{line!r:.60} has no number of a category.", number)
    for code in codes.split():
        if not _is_number(code) or int(code) not in names:
            found.fail(f"{code!r} is the number of no category.", number)
    for category in dict.fromkeys(names[int(code)] for code in codes.split()):
        found.add(category, term, number)


def collect_wordstat(text: str, found: Collection, /) -> None:
    """Collect categories by their indentation in tabs, and the entries, which end in "(1)".

    An underscore joins words. Entries of another weight, and rules ("@..."), are left out.
    """
    around: tuple[str, ...] = ()
    nodes: list[Node] = []
    for number, line in enumerate(text.splitlines(), 1):
        content = line.strip()
        depth = line[: len(line) - len(line.lstrip())].count("\t")
        entry = _WEIGHTED.fullmatch(content)
        if content and depth > len(around):
            found.fail(f"{content!r:.60} is indented too far.", number)
        if entry is not None:
            if not depth:
                found.fail(f"{content!r:.60} stands in no category.", number)
            around = around[:depth]
            nodes += _entry(entry, around, number, found)
        elif content:
            around = (*around[:depth], content)
            nodes.append(Node(around, None, number))
    found.add_nodes(nodes)


def _entry(
    entry: re.Match[str], around: tuple[str, ...], number: int, found: Collection, /
) -> list[Node]:
    """Return an entry of WordStat, or nothing if it has to be left out."""
    term, weight = entry["term"], entry["weight"]
    if term.startswith("@"):
        found.leave_out(f"{entry[0]!r}: a rule", number)
    elif float(weight) != 1:
        found.leave_out(f"{entry[0]!r}: a weight, while here each match counts as one", number)
    else:
        return [Node(around, term.replace("_", " "), number)]
    return []


def collect_lexicoder(text: str, found: Collection, /) -> None:
    """Collect the patterns below each line that begins with "+", which names a category."""
    category = ""
    for number, line in enumerate(text.splitlines(), 1):
        content = line.strip()
        if content.startswith("+"):
            category = content[1:].strip()
            found.declare(category, number)
        elif content and not category:
            found.fail(f"{content!r:.60} stands before the first '+category'.", number)
        elif content:
            found.add(category, content, number)
