"""Numbered papers are frozen in the database itself, whoever writes to it.

Data, template, number, code and date of a numbered paper cannot be changed by any UPDATE; its state and
its files can, since issuing, recalling and converting come later.
"""

from __future__ import annotations

from typing import Any

FROZEN_COLUMNS = (
    "kind",
    "variant",
    "record",
    "issuer_id",
    "subject",
    "issued_on",
    "number_id",
    "code",
    "data",
    "profile",
    "template",
    "template_file_id",
)
MESSAGE = "numbered papers are frozen"
TABLE = "docgen_document"
NAME = "docgen_document_frozen"


def _changed(distinct: str) -> str:
    return " OR ".join(f"NEW.{column} {distinct} OLD.{column}" for column in FROZEN_COLUMNS)


def sqlite_statements() -> list[str]:
    """The trigger in SQLite's words."""
    return [
        (
            f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} "
            f"WHEN OLD.number_id IS NOT NULL AND ({_changed('IS NOT')}) "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )
    ]


def postgresql_statements() -> list[str]:
    """The trigger and its function in PostgreSQL's words."""
    function = (
        f"CREATE FUNCTION {NAME}() RETURNS trigger AS $$ "
        f"BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$ "
        "LANGUAGE plpgsql"
    )
    trigger = (
        f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} FOR EACH ROW "
        f"WHEN (OLD.number_id IS NOT NULL AND ({_changed('IS DISTINCT FROM')})) "
        f"EXECUTE FUNCTION {NAME}()"
    )
    return [function, trigger]


def create(schema_editor: Any) -> None:
    """Install the trigger on the database at hand."""
    vendor = schema_editor.connection.vendor
    statements = postgresql_statements() if vendor == "postgresql" else sqlite_statements()
    for statement in statements:
        schema_editor.execute(statement)


def drop(schema_editor: Any) -> None:
    """Remove it."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {NAME} ON {TABLE}")
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {NAME}()")
    else:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {NAME}")
