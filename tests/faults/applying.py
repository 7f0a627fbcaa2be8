"""Accepts and applies every returned form that waits, as a person in a hurry; killed, or doubled, by the test."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from core.errors import Conflict  # noqa: E402 - only after the setup above
from intake.services.applying import apply_review  # noqa: E402
from intake.services.review import accept  # noqa: E402
from intake.services.rounds import waiting_forms  # noqa: E402


def main() -> None:
    for form in waiting_forms():
        try:
            accept(form.pk, actor="văn thư")
            apply_review(form.pk, actor="văn thư")
        except Conflict:
            continue  # another one was quicker


if __name__ == "__main__":
    main()
