"""Entry point: sets Django up once, gathers the verbs, and guards every call."""

from __future__ import annotations

import os
import sys

import click
import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from config.cli import batches, demo, documents, make, records, registers, service, templates  # noqa: E402
from config.cli.output import run_guarded  # noqa: E402


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Bàn văn bản của Liên đoàn Lao động: soạn, cấp số, phát hành văn bản từ hồ sơ.",
)
def docgen() -> None:
    """The verbs hang below."""


for verb in (
    *make.VERBS,
    *documents.VERBS,
    *batches.VERBS,
    *registers.VERBS,
    *records.VERBS,
    *templates.VERBS,
    *service.VERBS,
    *demo.VERBS,
):
    docgen.add_command(verb)


def main() -> None:
    """Run the command line and exit with its code."""
    sys.exit(run_guarded(docgen, sys.argv[1:]))
