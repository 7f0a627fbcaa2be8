"""Entry point: the verbs and the modules they live in, loaded when called, every call guarded."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click
import django

from config.cli.output import run_guarded
from config.cli.verbs import VerbGroup

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

#: Verb to module, in the order of the work: a call loads only its own module.
MODULES = {
    "kinds": "make",
    "schema": "make",
    "make": "make",
    "request": "documents",
    "redraft": "documents",
    "submit": "documents",
    "return": "documents",
    "sign": "documents",
    "issue": "documents",
    "recall": "documents",
    "replace": "documents",
    "show": "documents",
    "documents": "documents",
    "export": "exports",
    "batch": "batches",
    "register": "registers",
    "records": "records",
    "template": "templates",
    "worker": "service",
    "sweep": "service",
    "doctor": "service",
    "metrics": "service",
    "backup": "backups",
    "restore": "backups",
    "check": "check",
    "form": "forms",
    "forms": "forms",
    "read": "reading",
    "intake": "returns",
    "review": "reviews",
    "serve": "desk",
    "desk": "desk",
    "demo": "demo",
}
#: Modules that work on given data alone: no models, no database.
WITHOUT_STORE = {"make", "check"}


class Desk(VerbGroup):
    """The `docgen` command; its verbs are loaded lazily."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs."""
        del ctx
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of that name, its module loaded now."""
        del ctx
        name = MODULES.get(cmd_name)
        if name is None:
            return None
        if name not in WITHOUT_STORE:
            django.setup()
        verbs: tuple[click.Command, ...] = import_module(f"config.cli.{name}").VERBS
        return next(verb for verb in verbs if verb.name == cmd_name)


@click.command(
    "docgen",
    cls=Desk,
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    help="Bàn văn bản của Liên đoàn Lao động: soạn, cấp số, phát hành văn bản từ hồ sơ.",
)
def docgen(**_: Any) -> None:
    """The verbs hang below."""


def main() -> None:
    """Run the command line and exit with its code."""
    sys.exit(run_guarded(docgen, sys.argv[1:]))
