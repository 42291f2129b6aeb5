"""Lexicons in the XML of Lexicoder (.lcd) and Yoshikoder (.ykd): cnodes that hold pnodes."""

from __future__ import annotations

from typing import NoReturn
from xml.parsers import expat  # entities cannot be declared: any document type is refused

from discourse.lexicon.collection import Collection, Node


def collect_nodes(data: bytes, found: Collection, /) -> None:
    """Collect the patterns (pnode) of each category (cnode).

    Spaces at the ends of a pattern fall away: patterns are of whole words. A single outermost
    category that holds nothing but categories is the dictionary itself, whose name falls away.
    """
    nodes = _Reader(found).read(data)
    rest = nodes[1:]
    if rest and all(len(node.around) > 1 for node in rest):
        nodes = [Node(around[1:], pattern, line) for around, pattern, line in rest]
    found.add_nodes(nodes)


class _Reader:
    """The elements of a document, by the events of the parser."""

    def __init__(self, found: Collection, /) -> None:
        self.found = found
        self.around: list[str] = []
        self.nodes: list[Node] = []
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def read(self, data: bytes, /) -> list[Node]:
        """Return the categories and patterns in order."""
        try:
            self.parser.Parse(data, True)  # noqa: FBT003 - the parser takes no keywords
        except expat.ExpatError as error:
            self.found.fail(f"is not XML: {error}")
        except LookupError as error:
            self.found.fail(f"is of an encoding that is not known: {error}")
        if not self.nodes:
            self.found.fail('has no category: a <cnode name="..."> in <dictionary>.')
        return self.nodes

    def _refuse(self, *_: object) -> NoReturn:
        self._fail("a document type is not allowed, since it may declare entities.")

    def _fail(self, reason: str, /) -> NoReturn:
        self.found.fail(reason, self.parser.CurrentLineNumber)

    def _start(self, tag: str, attributes: dict[str, str], /) -> None:
        line = self.parser.CurrentLineNumber
        if tag == "cnode":
            self.around.append(self._name(tag, attributes))
            self.nodes.append(Node(tuple(self.around), None, line))
        elif tag == "pnode":
            if not self.around:
                self._fail("a pnode stands in no cnode.")
            self.nodes.append(Node(tuple(self.around), self._name(tag, attributes), line))
        elif tag != "dictionary":
            self._fail(f"<{tag}> is no part of a dictionary: cnode and pnode are.")

    def _end(self, tag: str, /) -> None:
        if tag == "cnode":
            self.around.pop()

    def _name(self, tag: str, attributes: dict[str, str], /) -> str:
        """Return the name of an element, which must have one."""
        name = attributes.get("name", "").strip()
        if not name:
            self._fail(f"a {tag} has no name.")
        return name
