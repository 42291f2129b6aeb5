"""Every page can be found from the first one, and every benchmark is described."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(page.stem for page in DOCS.glob("*.md") if page.stem != "index")
BENCHMARKS = (ROOT / "benchmarks").glob("*.py")
PROGRAMS = sorted(path.stem for path in BENCHMARKS if "__main__" in path.read_text("utf-8"))
LINK = re.compile(r"\]\(([\w/.-]+\.(?:md|ipynb|svg|csv))(?:#[\w-]*)?\)")


@pytest.mark.parametrize("page", PAGES)
def test_the_first_page_leads_to_each_page(page):
    index = (DOCS / "index.md").read_text("utf-8")
    assert f"]({page}.md)" in index
    assert f"\n{page}\n" in index, "and the table of contents"


@pytest.mark.parametrize("program", PROGRAMS)
def test_each_benchmark_is_described(program):
    assert f"`{program}`" in (DOCS / "benchmarks.md").read_text("utf-8")


@pytest.mark.parametrize(
    "page", [*sorted(DOCS.glob("*.md")), ROOT / "README.md"], ids=lambda page: page.stem
)
def test_links_to_files_lead_to_files(page):
    links = LINK.findall(page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_pictures_of_the_documentation_are_small():
    pictures = [*DOCS.rglob("*.svg"), *DOCS.rglob("*.png")]
    pictures = [path for path in pictures if "_build" not in path.parts]
    assert pictures
    assert all(path.stat().st_size < 100_000 for path in pictures)
