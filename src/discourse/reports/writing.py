"""report(): comparisons in, one page that opens anywhere out."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, cast

from discourse._files import replacing
from discourse.comparison import Comparison
from discourse.errors import OptionError, need
from discourse.reports.display import short
from discourse.reports.methods import CITATION
from discourse.reports.overview import Overview
from discourse.reports.pages import Pair


def report(
    comparison: Comparison | Sequence[Comparison],
    path: str | Path,
    /,
    *,
    title: str | None = None,
) -> Path:
    """Return the path of a page written there: answers, evidence, words and methods in HTML.

    The page is one file that asks nothing of a network and can be read without scripts. The same
    comparisons give the same bytes. Texts are shown, never interpreted.

    Parameters
    ----------
    comparison : Comparison or sequence of Comparison
        With several, the page begins with a table of all, and each follows in its own section.
    path : str or Path
        Where to write; a file that is there is replaced once the page is complete.
    title : str, optional
        Heading of the page; the names of the sides unless given.

    Returns
    -------
    Path

    Raises
    ------
    OptionError
        If there is nothing to report.
    DiscourseError
        If jinja2 is not installed, which comes with ``discourse-comparison[report]``.

    Examples
    --------
    >>> import tempfile
    >>> import discourse as ds
    >>> found = ds.compare("We support peace.", "We oppose peace.")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     page = ds.report(found, f"{folder}/report.html").read_text(encoding="utf-8")
    >>> "They lean to opposite sides" in page
    True
    """
    pairs = _checked(comparison)
    file = Path(path).expanduser()
    page = _page(pairs, title)
    with replacing(file) as unfinished:
        unfinished.write_text(page, encoding="utf-8", newline="\n")
    return file


def _checked(comparison: object, /) -> list[Comparison]:
    """Return the comparisons as a list."""
    pairs: list[object] = [comparison]
    if isinstance(comparison, Sequence) and not isinstance(comparison, str):
        pairs = list(cast("Sequence[object]", comparison))
    checked = [pair for pair in pairs if isinstance(pair, Comparison)]
    if not checked or len(checked) < len(pairs):
        other = next((type(pair).__name__ for pair in pairs if pair not in checked), "none")
        msg = f"comparison must be what ds.compare returns, or a list of such; got {other}."
        raise OptionError("comparison", msg)
    return checked


def _page(pairs: Sequence[Comparison], title: str | None, /) -> str:
    """Return the page as text."""
    style, script = _asset("page.css"), _asset("page.js")
    heading = f"{pairs[0].a} and {pairs[0].b}" if len(pairs) == 1 else f"{len(pairs)} comparisons"
    page: str = _template().render(
        title=short(heading if title is None else title, 200),
        pairs=[Pair.of(found, f"c{i}-") for i, found in enumerate(pairs, start=1)],
        overview=Overview.of(pairs) if len(pairs) > 1 else None,
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
        citation=CITATION,
    )
    return page


@cache
def _template() -> Any:
    """Return the template of the page, which escapes all that is put into it."""
    jinja2 = need("jinja2", extra="report")
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("discourse.reports", "page"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("page.html")


@cache
def _asset(name: str, /) -> str:
    """Return a style sheet or script."""
    return (resources.files("discourse.reports") / "page" / name).read_text(encoding="utf-8")


def _hash(content: str, /) -> str:
    """Return what allows exactly this style or script to take effect."""
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
