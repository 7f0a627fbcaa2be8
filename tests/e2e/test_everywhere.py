"""Every page of the desk, as every role: nothing broken, nothing leaked, nothing English, nothing cut, all accessible.

The walk finds its own way, so a section added later is walked too.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.e2e.conftest import PHONE, ROOT, SCREEN, Desk, environment
from tests.e2e.walking import Secrets, Seen, Walk, door_of, look, move_officer, secrets_of, walk
from web.rights import RIGHTS, Right, Role
from web.setup.sample_accounts import PASSWORD, SAMPLES

pytestmark = [pytest.mark.worker, pytest.mark.slow]

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
OFFICER = "donvi"
ROLES = {sample.username: sample.role for sample in SAMPLES}
#: Words that would be left over from a program; none of them is a Vietnamese syllable.
ENGLISH = re.compile(
    r"(?<![\w.@/-])(?:the|and|with|from|this|that|save|delete|cancel|submit|error|warning|home|logout|login|search|"
    r"username|password|next|previous|page|true|false|null|loading|upload|download|file|files|edit|required|"
    r"optional|please|invalid|drafts?|issued|submitted|pending|failed|running|waiting|done|ready|received|reading|"
    r"applied|duplicate|needs_review|numbered|recalled|replaced|returned|unknown|settings|users?|groups?|"
    r"created|changed|removed|dashboard|select|choose|none|undefined|nan)(?![\w-])",
    re.IGNORECASE,
)
LEFT_OVER = ("{{", "{%", "{#", "Traceback", "<Queryset", "object at 0x")
RUN_AXE = """async () => (await axe.run(document, {
  resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
})).violations"""
CUT = """() => {
  const cut = [];
  for (const one of document.querySelectorAll('body *')) {
    const style = getComputedStyle(one);
    if (!/hidden|clip/.test(style.overflowX) || one.closest('.visually-hidden, svg, [hidden]')) continue;
    const own = [...one.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (own && one.clientWidth && one.scrollWidth > one.clientWidth + 2) cut.push(one.textContent.trim().slice(0, 60));
  }
  return cut;
}"""


def docgen(desk: Desk, *arguments: str) -> None:
    """A command on the store of this desk, so that its pages have something to show."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", "from config.cli.main import main; main()", *arguments],
        cwd=ROOT, env=environment(desk.home), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr


@pytest.fixture(scope="module")
def contexts(desk: Desk, browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """Each sample account signed in."""
    docgen(desk, "request", "plan", "--for", "campaign:ptdv-2024", "--date", "2024-05-02")
    docgen(
        desk, "batch", "create", "ptdv-2024", "--kind", "founding_decision", "--date", "2024-05-16",
        "--where", "decide_on=2024-05-16",
    )  # fmt: skip
    move_officer(desk.home, username=OFFICER, unit="ldld-huyen-tam-duong")
    found = {}
    for username in ROLES:
        context = browser.new_context(
            viewport={"width": SCREEN[0], "height": SCREEN[1]},
            locale="vi-VN",
            base_url=desk.address,
        )
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.goto("/dang-nhap/")
        page.fill("#id_username", username)
        page.fill("#id_password", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_url(lambda url: "/dang-nhap/" not in url)
        page.close()
        found[username] = context
    yield found
    for context in found.values():
        context.close()


@pytest.fixture(scope="module")
def walks(contexts: dict[str, BrowserContext]) -> dict[str, Walk]:
    """The walk of each account."""
    return {name: walk(name, context.request) for name, context in contexts.items()}


@pytest.fixture(scope="module")
def kept_secret(desk: Desk) -> Secrets:
    return secrets_of(desk.home, officer=OFFICER)


def everything(walks: dict[str, Walk]) -> list[tuple[str, Seen]]:
    return [(name, one) for name, found in walks.items() for one in found.seen]


def test_no_link_leads_to_a_fault(walks: dict[str, Walk]) -> None:
    assert all(len(found.seen) > 1 for found in walks.values())
    bad = [
        f"{name}: {one.status} {one.path} (from {one.came_from})"
        for name, one in everything(walks)
        if one.status >= 400
    ]
    assert bad == []


def test_the_walk_of_the_administrator_reaches_the_sections(walks: dict[str, Walk]) -> None:
    views = {one.view.split("?")[0] for one in walks["quantri"].seen}
    assert {
        "web:accounts",
        "web:log",
        "web:facts",
        "web:health",
        "web:backups",
        "web:data_requests",
    } <= views


def test_pages_keep_strangers_out_of_the_browser(walks: dict[str, Walk]) -> None:
    for name, one in everything(walks):
        policy = one.headers.get("content-security-policy", "")
        assert "frame-ancestors 'none'" in policy, (name, one.path)
        assert "unsafe" not in policy, (name, one.path)
        assert one.headers.get("x-frame-options") == "DENY", (name, one.path)
        assert one.headers.get("x-content-type-options") == "nosniff", (name, one.path)
        assert "no-store" in one.headers.get("cache-control", ""), (name, one.path)


def test_no_page_has_scripts_or_styles_of_its_own(walks: dict[str, Walk]) -> None:
    bad = []
    for _, one in everything(walks):
        if one.is_page:
            found = one.tree.xpath(
                "//script[not(@src) and not(@type='application/json')] | //style | //*[@style] | "
                "//@*[starts-with(name(), 'on')]"
            )
            bad += [one.path] if found else []
    assert bad == []


def test_who_may_not_see_personal_data_reads_none(
    walks: dict[str, Walk], kept_secret: Secrets
) -> None:
    assert len(kept_secret.id_numbers) > 50
    for name, found in walks.items():
        if Right.SEE_PERSONAL in RIGHTS[ROLES[name]]:
            continue
        for one in found.pages:
            digits = set(re.findall(r"(?<!\d)\d{9,12}(?!\d)", one.words))
            leaked = digits & (kept_secret.id_numbers | kept_secret.phones)
            assert leaked == set(), (name, one.path)


def test_an_officer_reads_nothing_of_other_units(
    walks: dict[str, Walk], kept_secret: Secrets
) -> None:
    assert kept_secret.strangers
    for one in walks[OFFICER].pages:
        leaked = [name for name in kept_secret.strangers if name in one.words]
        assert leaked == [], one.path


def addresses(walks: dict[str, Walk]) -> list[str]:
    """One address of every page that anybody reached, and then some."""
    found: dict[str, str] = {}
    for _, one in everything(walks):
        found.setdefault(one.view, one.path)
    return sorted(set(found.values()))


def test_what_others_see_cannot_be_guessed(
    walks: dict[str, Walk], contexts: dict[str, BrowserContext], browser: Browser, desk: Desk,
    kept_secret: Secrets,
) -> None:  # fmt: skip
    """Every address that somebody reached, asked for by everybody else and by nobody."""
    stranger = browser.new_context(base_url=desk.address)
    for path in addresses(walks):
        door = door_of(path)
        rights = set(getattr(door.func, "rights", ())) if door else set()
        outside = look(stranger.request, path)
        assert outside.path.startswith("/dang-nhap/") or outside.status == 404, path
        for name, context in contexts.items():
            one = look(context.request, path)
            assert one.status < 500, (name, path)
            if rights and not rights & RIGHTS[ROLES[name]]:
                assert one.status == 403, (name, path)
                assert "Không có quyền" in one.words, (name, path)
            if name == OFFICER and one.is_page:
                assert [n for n in kept_secret.strangers if n in one.words] == [], path
    stranger.close()


def test_nothing_is_changed_without_the_token_of_a_form(
    walks: dict[str, Walk], contexts: dict[str, BrowserContext]
) -> None:
    request = contexts["vanthu"].request
    for path in addresses(walks):
        answer = request.post(path, form={"a": "b"}, max_redirects=0)
        assert answer.status in (403, 404, 405), (answer.status, path)


def test_all_words_are_vietnamese(walks: dict[str, Walk], desk: Desk) -> None:
    bad = {}
    for _, one in everything(walks):
        if not one.is_page:
            continue
        found = sorted({word.lower() for word in ENGLISH.findall(one.words)})
        found += [mark for mark in LEFT_OVER if mark in one.words]
        if found:
            bad[one.view] = found
    assert bad == {}


def shown(walks: dict[str, Walk]) -> dict[str, tuple[str, str]]:
    """One address of every whole page, with an account that sees it."""
    found: dict[str, tuple[str, str]] = {}
    for name, one in everything(walks):
        if one.is_page and one.status == 200 and "<html" in one.text:
            found.setdefault(one.view.split("?")[0], (name, one.path))
    return found


@dataclass
class Looked:
    """What the eye and the screen reader find wrong on the pages."""

    cut: list[str] = field(default_factory=list)
    shut_out: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def looked(
    walks: dict[str, Walk], contexts: dict[str, BrowserContext], browser: Browser, desk: Desk
) -> Looked:
    """Every page opened once, at the width of an office's monitor, then of a phone."""
    found, axe = Looked(), AXE.read_text(encoding="utf-8")
    stranger = browser.new_context(base_url=desk.address)
    pages = [(contexts[name], path) for name, path in shown(walks).values()]
    for context, path in chain(pages, [(stranger, "/dang-nhap/"), (stranger, "/khong-co/")]):
        page = context.new_page()
        page.set_viewport_size({"width": SCREEN[0], "height": SCREEN[1]})
        page.goto(path)
        page.evaluate(axe)
        for one in page.evaluate(RUN_AXE):
            if one["impact"] in ("serious", "critical"):
                found.shut_out.append(f"{path}: {one['id']}, {one['nodes'][0]['html'][:160]}")
        for size in (SCREEN, PHONE):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            wide = page.evaluate("document.documentElement.scrollWidth")
            found.cut += [f"{path} at {size[0]}: {wide} wide"] if wide > size[0] else []
            found.cut += [f"{path} at {size[0]}: “{text}” is cut" for text in page.evaluate(CUT)]
        page.close()
    stranger.close()
    return found


def test_no_text_is_cut_and_nothing_is_wider_than_the_screen(looked: Looked) -> None:
    assert looked.cut == []


def test_no_page_shuts_out_people_who_cannot_see_or_use_a_mouse(looked: Looked) -> None:
    """axe-core finds nothing serious or critical."""
    assert looked.shut_out == []


def test_every_role_is_in_the_sample() -> None:
    assert set(ROLES.values()) == set(Role)
