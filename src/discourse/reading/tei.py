"""Speeches in TEI, in the form of ParlaMint: one document an utterance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from discourse.corpus import Document
from discourse.errors import ReadError, need
from discourse.reading.docvars import written_date
from discourse.reading.files import File, Options
from discourse.reading.libraries import ask
from discourse.reading.records import build

_ID = "{http://www.w3.org/XML/1998/namespace}id"
# What is about a speech, not of it.
_LEFT_OUT = {"note", "vocal", "kinesic", "incident", "gap", "desc", "pause", "linkGrp", "teiHeader"}
_BLOCKS = {"seg", "p", "head", "l", "ab", "item", "div", "body"}
_ROLES = {"chair", "regular", "guest"}
_GLUE = "\x00"  # which XML cannot hold: no space where it stands


def read_tei(file: File, options: Options, /) -> Iterator[Document]:
    """Yield a document for every utterance of a TEI file, or one of its body if there is none.

    Docvars are `who` speaks, the speaker's `role` in the session, its `title` and `date`, as far
    as the file says them. Notes and what happens in the room are left out; white space, which lays
    the file out, is one space, and segments and paragraphs are set apart by blank lines.
    """
    number = 0
    session: dict[str, object] = {}
    parser = ask(file, "this XML file", _parser)
    for element in _elements(parser, file, options):
        name = _local(element)
        if name == "teiHeader":
            session = _session(element)
        elif name == "u":
            number += 1
            try:
                yield _utterance(element, session, number, file, options)
            except ReadError as error:
                options.fail(error)
            _forget(element)
        elif name == "body" and not number:
            number += 1
            yield _speech(element, session, file, options)
    if not number:
        reason = "no TEI file: it has no utterance <u> and no <body>."
        raise file.error(reason)


def _parser() -> Any:
    """Return a parser that fetches nothing and expands no entity."""
    return need("lxml.etree", extra="formats").XMLPullParser(
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )


def _elements(parser: Any, file: File, options: Options, /) -> Iterator[Any]:
    """Yield the elements as they end."""
    depth = 0
    for piece in file.pieces(options.advance):
        ask(file, "this XML file", parser.feed, piece)
        for event, element in parser.read_events():
            if event == "start":
                if not depth:
                    _refuse_entities(element, file)
                depth += 1
            else:
                depth -= 1
                yield element
    ask(file, "this XML file", parser.close)
    yield from (element for event, element in parser.read_events() if event == "end")


def _refuse_entities(root: Any, file: File, /) -> None:
    """Raise `ReadError` if the file declares entities, by which files and memory are attacked."""
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        reason = "declares entities, which are not expanded: write out what they stand for."
        raise file.error(reason)


def _local(element: Any, /) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _forget(element: Any, /) -> None:
    """Free the memory of an element and of those before it."""
    element.clear()
    while (before := element.getprevious()) is not None:
        element.getparent().remove(before)


# -- documents ---------------------------------------------------------------------------------


def _utterance(
    element: Any, session: dict[str, object], number: int, file: File, options: Options, /
) -> Document:
    """Return the document of an utterance."""
    name = element.get(_ID) or f"{file.name}.{number}"
    text = _text(element)
    if not text:
        reason = "has no text."
        raise file.error(reason, f"utterance {name!r:.100}")
    roles = [
        role for role in (element.get("ana") or "").replace("#", " ").split() if role in _ROLES
    ]
    said = {"who": (element.get("who") or "").strip().lstrip("#"), "role": " ".join(roles)}
    docvars = {**{key: value for key, value in said.items() if value}, **session}
    return build(file, options, text, docvars, name=name, place=f"utterance {name!r:.100}")


def _speech(element: Any, session: dict[str, object], file: File, options: Options, /) -> Document:
    """Return the document of a body without utterances."""
    text = _text(element)
    if not text:
        reason = "its <body> has no text."
        raise file.error(reason)
    return build(file, options, text, session)


def _session(header: Any, /) -> dict[str, object]:
    """Return the title, the author and the day that a header says."""
    said: dict[str, object] = {}
    for element in header.iter():
        name, path = _local(element), [_local(above) for above in element.iterancestors()]
        if name in {"title", "author"} and "titleStmt" in path:
            said.setdefault(name, _joined(element) or None)
        elif name == "date" and ("sourceDesc" in path or "setting" in path):
            said["date"] = said.get("date") or _day(element)
    return {name: value for name, value in said.items() if value}


def _day(element: Any, /) -> date | str:
    """Return the day that an element says."""
    written = element.get("when") or element.get("from") or _joined(element)
    return written_date(written[:10]) or written


# -- text --------------------------------------------------------------------------------------


def _joined(element: Any, /) -> str:
    """Return the text of an element in one line."""
    return " ".join("".join(_pieces(element)).split())


def _text(element: Any, /) -> str:
    """Return the text of an element, its blocks set apart by blank lines."""
    blocks = "".join(_pieces(element)).split("\n\n")
    lines = (re.sub(rf"\s*{_GLUE}\s*", "", " ".join(block.split())) for block in blocks)
    return "\n\n".join(filter(None, lines))


def _pieces(element: Any, /) -> Iterator[str]:
    """Yield the text in an element; blocks begin and end with a blank line."""
    border = "\n\n" if _local(element) in _BLOCKS else ""
    join = element.get("join")
    yield border + (_GLUE if join in {"left", "both"} else "")
    yield " ".join((element.text or "").split("\n\n"))
    for child in element:
        if _local(child) not in _LEFT_OUT:
            yield from _pieces(child)
        yield " ".join((child.tail or "").split("\n\n"))
    yield border + (_GLUE if join in {"right", "both"} else "")
