"""The report in a real browser: it works by mouse and keyboard, and asks for nothing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import discourse as ds
from discourse import seeds_
from discourse.reports import report

pytest.importorskip("jinja2", reason="reports need the extra 'report'")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
AXE = os.environ.get("DISCOURSE_AXE")  # axe.min.js, as it comes with axe-core
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium")

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1180, "height": 900}
EVIL = (
    "<script>document.title='script'</script> "
    '"><img src=x onerror="document.title=\'image\'"> </script> \u202epeace\u202c \x00\ud800 '
    "and this is what they have to say of it, as we all know, and it is not what we had. "
)


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Return the reports of two sentences, two statements, three sentences, hostile texts."""
    folder = tmp_path_factory.mktemp("reports")
    samples = [
        ds.read(seeds_.path() / "samples" / f"{name}.txt") for name in ("velmora", "dorvane")
    ]
    three = [
        ds.Document(name, f"We {verb} peace, and they {verb} the sanctions of the others.")
        for name, verb in (("one", "support"), ("other", "reject"), ("third", "spoke of"))
    ]
    long_name = "an-identifier-without-any-place-to-break-it-" * 4
    made = {
        "sentences": ds.compare(
            "Our country supports multilateralism and opposes sanctions.",
            "Our country opposes multilateralism and supports sanctions.",
        ),
        "samples": ds.compare(samples[0], samples[1]),
        "three": [ds.compare(three[i], three[j]) for i, j in ((0, 1), (0, 2), (1, 2))],
        "hostile": ds.compare(
            ds.Document("<b>\"'</title>", f"We support peace {EVIL} and oppose sanctions. {EVIL}"),
            ds.Document(long_name, f"We reject peace. {EVIL} {'w' * 5000} We want sanctions."),
        ),
    }
    return {name: report(found, folder / f"{name}.html") for name, found in made.items()}


@pytest.fixture
def opened(browser, pages):
    """Return how to open a report; what it said and asked for must be nothing at the end."""
    heard: list[str] = []
    contexts = []

    def _open(name, *, viewport=DESK, scheme="light", scripts=True):
        context = browser.new_context(
            viewport=viewport, color_scheme=scheme, java_script_enabled=scripts
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("dialog", lambda dialog: heard.append(dialog.message))
        address = pages[name].as_uri()
        page.on("request", lambda asked: heard.append(asked.url) if asked.url != address else None)
        page.goto(address)
        return page

    yield _open
    for context in contexts:
        context.close()
    assert heard == []


@pytest.mark.parametrize("name", ["sentences", "samples", "three", "hostile"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_no_page_is_wider_than_its_window(opened, name, viewport):
    page = opened(name, viewport=viewport)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_click_on_a_target_shows_its_sentences(opened):
    page = opened("sentences")
    quote = page.locator("blockquote").first
    assert not quote.is_visible()
    page.locator(".targets summary").first.click()
    assert quote.is_visible()
    assert quote.locator("mark").inner_text() == "multilateralism"
    assert quote.locator("u").inner_text() == "supports"


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_keyboard_opens_and_closes_a_target(opened, key):
    page = opened("sentences")
    page.locator(".targets summary").first.focus()
    page.keyboard.press(key)
    assert page.locator("blockquote").first.is_visible()
    page.keyboard.press(key)
    assert not page.locator("blockquote").first.is_visible()


def test_the_first_tab_leads_past_the_head_of_the_page(opened):
    page = opened("sentences")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_whatever_is_focused_shows_it(opened):
    page = opened("samples")
    for _ in range(40):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "(e => getComputedStyle(e).outlineStyle + getComputedStyle(e).outlineWidth)"
            "(document.activeElement)"
        )
        assert style == "solid2px"


def _column(page, table, number):
    return page.locator(f"{table} tbody tr > :nth-child({number})").all_inner_texts()


def test_tables_sort_by_numbers_and_by_words(opened):
    page = opened("samples")
    table = "#c1-keyness"
    button = page.locator(f"{table} thead button", has_text="Log ratio")
    head = page.locator(f"{table} thead th", has_text="Log ratio")
    for direction, reverse in (("descending", True), ("ascending", False)):
        button.click()
        assert head.get_attribute("aria-sort") == direction
        values = [float(text.replace("−", "-")) for text in _column(page, table, 6)]
        assert values == sorted(values, reverse=reverse)
    page.locator(f"{table} thead button", has_text="Word").press("Enter")
    assert head.get_attribute("aria-sort") is None
    words = _column(page, table, 1)
    assert words == sorted(words)
    assert len(words) > 50


def test_searching_for_a_word_leaves_those_that_contain_it(opened):
    page = opened("samples")
    rows = page.locator("#c1-keyness tbody tr:visible")
    before = rows.count()
    page.get_by_label("Find a word").fill("NUCL")
    assert rows.locator("th").all_inner_texts() == ["nuclear"]
    assert "1 of" in page.locator("#c1-counted").inner_text()
    page.get_by_label("Find a word").fill("")
    assert rows.count() == before


def test_function_words_come_and_go(opened):
    page = opened("samples")
    their = page.locator("#c1-keyness tbody tr", has=page.get_by_text("their", exact=True))
    assert not their.is_visible()
    page.get_by_label("leave out function words").uncheck()
    assert their.is_visible()


def test_searching_for_a_target_and_opening_all(opened):
    page = opened("samples")
    page.get_by_label("Find a target").fill("migr")
    assert page.locator(".targets details:visible").count() == 1
    page.get_by_role("button", name="Open all").click()
    assert page.locator(".targets blockquote:visible").count() > 1
    page.get_by_role("button", name="Close all").click()
    assert page.locator(".targets blockquote:visible").count() == 0


def test_dark_and_light_follow_the_system_and_the_button(opened):
    shade = "getComputedStyle(document.body).backgroundColor"
    light, dark = opened("samples"), opened("samples", scheme="dark")
    assert light.evaluate(shade) != dark.evaluate(shade)
    light.get_by_role("button", name="Dark").click()
    assert light.evaluate(shade) == dark.evaluate(shade)
    light.get_by_role("button", name="Light").click()
    dark.get_by_role("button", name="Light").click()
    assert light.evaluate(shade) == dark.evaluate(shade)


def test_the_methods_paragraph_is_copied(opened):
    page = opened("samples")
    page.get_by_role("button", name="Copy paragraph").click()
    status = page.locator(".paste + .tools [role=status]")
    status.get_by_text("op").wait_for()
    selected = page.evaluate("getSelection().toString()")
    assert status.inner_text() == "Copied" or "We compared velmora" in selected


def test_without_scripts_all_is_readable_and_no_control_is_dead(opened):
    page = opened("samples", scripts=False)
    assert page.locator("button:visible, input:visible").count() == 0
    page.locator(".targets summary").first.click()
    assert page.locator("blockquote").first.is_visible()
    assert page.locator("#c1-keyness tbody tr:visible").count() > 100


def test_what_is_printed_is_open(opened):
    page = opened("samples")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("blockquote").first.is_visible()
    assert page.locator("nav, .tools, #theme").locator("visible=true").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0


def test_hostile_text_does_nothing(opened):
    page = opened("hostile")
    page.get_by_role("button", name="Open all").click()
    assert page.title().startswith("<b>\"'</title> and")
    assert page.locator("img").count() == 0
    assert "<script>document.title" in page.locator("blockquote").first.inner_text()


@pytest.mark.skipif(AXE is None, reason="DISCOURSE_AXE does not name axe.min.js of axe-core")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("name", "viewport"),
    [("samples", PHONE), ("three", DESK), ("hostile", DESK)],
    ids=["phone", "several", "hostile"],
)
def test_axe_finds_nothing(opened, name, scheme, viewport):
    page = opened(name, scheme=scheme, viewport=viewport)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.evaluate(Path(AXE).read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")
    assert found["passes"]
    told = [
        (rule["id"], [node["html"][:200] for node in rule["nodes"][:3]])
        for rule in found["violations"]
    ]
    assert told == []
