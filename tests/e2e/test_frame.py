"""The frame around every page: signing in, the left bar, keys, a small screen."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import PHONE, Desk, Enter

pytestmark = [pytest.mark.worker, pytest.mark.slow]


def test_each_role_gets_in_and_sees_a_bar_of_its_own(desk: Desk, enter: Enter) -> None:
    office = enter("vanthu")
    assert office.title().startswith("Bàn làm việc")
    assert (
        office.get_by_role("navigation", name="Danh mục").get_by_text("Bàn làm việc").count() == 1
    )
    unit = enter("donvi")
    assert unit.url == f"{desk.address}/don-vi/"
    assert unit.get_by_role("link", name="Bàn làm việc").count() == 0


def test_f1_shows_the_keys_and_alt_s_goes_to_the_search(enter: Enter) -> None:
    page = enter("chuyenvien")
    page.keyboard.press("F1")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+KeyS")
    assert page.evaluate("document.activeElement.id") == "q"


def test_on_a_phone_the_bar_opens_by_a_button(enter: Enter) -> None:
    page = enter("lanhdao", screen=PHONE)
    bar = page.locator("#bar-menu")
    assert not bar.is_visible()
    page.get_by_role("button", name="Mở danh mục").click()
    assert bar.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
