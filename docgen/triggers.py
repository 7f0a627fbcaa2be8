"""Numbered papers are frozen in the database itself, whoever writes to it.

Data, template, number, code, date and signer of a numbered paper cannot be changed by any UPDATE, nor a
final file that is there. Its state goes on (issued, recalled, replaced) and never back; a PDF may follow.
No paper and no line of a paper's history is deleted, and no line of the history changes.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

FROZEN_COLUMNS = (
    "kind",
    "variant",
    "record",
    "request_key",
    "campaign_id",
    "issuer_id",
    "subject",
    "intended_on",
    "issued_on",
    "number_id",
    "code",
    "data",
    "data_as_of",
    "profile",
    "template",
    "template_file_id",
    "edited_file_id",
    "signer_id",
    "signed_at",
    "requested_by",
    "created_at",
)
#: Empty when the number is given, then set once.
ONCE_COLUMNS = ("final_file_id", "replaced_by_id")
MESSAGE = "numbered papers are frozen"
KEPT = "papers and their history are kept"
_FUNCTION = "docgen_refuse"


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger: its name, what it watches, when it fires, what it says."""

    name: str
    table: str
    event: str
    message: str
    when: str = ""


def _frozen(distinct: str, present: Collection[str]) -> str:
    """When an UPDATE touches what a numbered paper says; ``distinct`` compares also nothing with something.

    A column that a later migration brings is not watched before it is ``present``.
    """
    changed = [
        f"NEW.{column} {distinct} OLD.{column}" for column in FROZEN_COLUMNS if column in present
    ]
    changed += [
        f"(OLD.{column} IS NOT NULL AND NEW.{column} {distinct} OLD.{column})"
        for column in ONCE_COLUMNS
    ]
    changed += [
        "NEW.state NOT IN ('numbered', 'issued', 'recalled', 'replaced')",
        "(OLD.state = 'issued' AND NEW.state = 'numbered')",
        "(OLD.state IN ('recalled', 'replaced') AND NEW.state <> OLD.state)",
    ]
    return f"OLD.number_id IS NOT NULL AND ({' OR '.join(changed)})"


def all_triggers(distinct: str, present: Collection[str] = FROZEN_COLUMNS) -> tuple[Trigger, ...]:
    """Every trigger of this room."""
    frozen = _frozen(distinct, present)
    return (
        Trigger("docgen_document_frozen", "docgen_document", "UPDATE", MESSAGE, frozen),
        Trigger("docgen_document_kept", "docgen_document", "DELETE", KEPT),
        Trigger("docgen_event_frozen", "docgen_documentevent", "UPDATE", KEPT),
        Trigger("docgen_event_kept", "docgen_documentevent", "DELETE", KEPT),
    )


def sqlite_statements(present: Collection[str]) -> list[str]:
    """The triggers in SQLite's words."""
    return [
        f"CREATE TRIGGER {t.name} BEFORE {t.event} ON {t.table} "
        f"{f'WHEN {t.when} ' if t.when else ''}"
        f"BEGIN SELECT RAISE(ABORT, '{t.message}'); END"
        for t in all_triggers("IS NOT", present)
    ]


def postgresql_statements(present: Collection[str]) -> list[str]:
    """The triggers and their function in PostgreSQL's words."""
    function = (
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger AS $$ "
        "BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation'; END $$ "
        "LANGUAGE plpgsql"
    )
    triggers = [
        f"CREATE TRIGGER {t.name} BEFORE {t.event} ON {t.table} FOR EACH ROW "
        f"{f'WHEN ({t.when}) ' if t.when else ''}"
        f"EXECUTE FUNCTION {_FUNCTION}('{t.message}')"
        for t in all_triggers("IS DISTINCT FROM", present)
    ]
    return [function, *triggers]


def create(schema_editor: Any) -> None:
    """Install the triggers on the database at hand, in place of earlier ones.

    A migration that alters one of these tables calls this again as its last step: SQLite makes the table
    anew and loses its triggers.
    """
    drop(schema_editor)
    vendor = schema_editor.connection.vendor
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        table = connection.introspection.get_table_description(cursor, "docgen_document")
    present = {column.name for column in table}
    statements = (
        postgresql_statements(present) if vendor == "postgresql" else sqlite_statements(present)
    )
    for statement in statements:
        schema_editor.execute(statement, params=None)


def drop(schema_editor: Any) -> None:
    """Remove them."""
    on_table = schema_editor.connection.vendor == "postgresql"
    for t in all_triggers(""):
        table = f" ON {t.table}" if on_table else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {t.name}{table}")
    if on_table:
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {_FUNCTION}()")
        schema_editor.execute("DROP FUNCTION IF EXISTS docgen_document_frozen()")
