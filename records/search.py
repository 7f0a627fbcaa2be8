"""A column that the database keeps by itself: the text of a row as it is sought, without diacritics.

A generated column, so every way of writing (forms, batches, COPY, another program) keeps it right and no frozen
paper is touched. PostgreSQL finds words by a GIN index on its own array functions (no extension is needed); SQLite
reads the column through: a sixth of a second for 200,000 papers (bench/results/desk.md).
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, QuerySet
from django.db.models.lookups import Lookup
from django.utils.deconstruct import deconstructible

from core.searchkeys import LETTERS, PARTING, search_key, words_of

#: Letters of a key that PostgreSQL's index holds: its words may have 2,046 bytes, and a letter up to four.
INDEXED = 500
#: So many rows are few: put in order in a moment.
FEW = 500
#: On SQLite: our function, given to each connection. Another program can read such a table, not write to it.
FUNCTION = "docgen_search_key"

_Compiled = tuple[str, list[Any]]
_Model = TypeVar("_Model", bound=models.Model)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@deconstructible(path="records.search.SearchKey")
class SearchKey(Func):
    """The key of some text columns as an expression of the database: `core.searchkeys.search_key` in SQL."""

    output_field = models.TextField()

    def _joined(self, compiler: Any, connection: BaseDatabaseWrapper) -> str:
        columns = []
        for one in self.source_expressions:
            sql, params = compiler.compile(one)
            if params:
                raise TypeError("a search key is made of columns")
            columns.append(f"coalesce({sql}, '')")
        return " || ' ' || ".join(columns)

    def as_sqlite(
        self, compiler: Any, connection: BaseDatabaseWrapper, **more: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """SQLite: a function of this process (its parser takes no 160 replacements one inside the other)."""
        del more
        return f"{FUNCTION}({self._joined(compiler, connection)})", ()

    def as_postgresql(
        self, compiler: Any, connection: BaseDatabaseWrapper, **more: Any
    ) -> _Compiled:
        """PostgreSQL: one translation; capitals too, for lower() follows the locale of the database."""
        del more
        capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        old = "".join(LETTERS) + capitals + PARTING
        new = "".join(LETTERS.values()) + capitals.lower() + " " * len(PARTING)
        joined = self._joined(compiler, connection)
        return f"translate({joined}, {_quoted(old)}, {_quoted(new)})", []


class SearchText(models.TextField):  # type: ignore[type-arg]
    """The type of such a column; it alone can be asked for ``__words``."""


@SearchText.register_lookup
class Words(Lookup):
    """``search_key__words="quyet dinh"``: each word typed begins a word of the row. No word typed finds all."""

    lookup_name = "words"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> Any:
        """SQLite: a word begins after a space."""
        column, params = self.process_lhs(compiler, connection)
        words = words_of(str(self.rhs))
        if not words:
            return "1 = 1", []
        found = [*params] * len(words)
        test = " AND ".join([f"instr(' ' || {column}, %s) > 0"] * len(words))
        return f"({test})", [*found, *(f" {word}" for word in words)]

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper) -> _Compiled:
        """PostgreSQL: a query of word beginnings against the indexed array of words."""
        column, params = self.process_lhs(compiler, connection)
        words = words_of(str(self.rhs))
        if not words:
            return "1 = 1", []
        # The whole word beside its beginning finds nothing more, but PostgreSQL knows how frequent whole words are
        # and guesses 2 % for a beginning. No quotes are left in a key.
        query = " & ".join(f"('{word}' | '{word}':*)" for word in words)
        return f"{vector(column)} @@ %s::tsquery", [*params, query]


def vector(column: str) -> str:
    """The words of a key as PostgreSQL indexes them."""
    return f"array_to_tsvector(array_remove(string_to_array(left({column}, {INDEXED}), ' '), ''))"


def narrowed(rows: QuerySet[_Model]) -> QuerySet[_Model]:
    """Rows that were asked for by words, such that any order of them costs little; one query to see how many.

    Offered an index in the order wanted, PostgreSQL reads the table along it and hopes to meet ten rows soon. That is
    right for a word that thousands have, and reads 200,000 papers for one that none has. So the keys of the few are
    taken first, by the index of words.
    """
    keys = list(rows.order_by().values_list("pk", flat=True)[: FEW + 1])
    return rows if len(keys) > FEW else rows.filter(pk__in=keys)


def search_column(*columns: str) -> models.GeneratedField:
    """The column for a model: its text columns in the order of their weight for the reader."""
    return models.GeneratedField(
        expression=SearchKey(*columns),
        output_field=SearchText(),
        db_persist=True,
        verbose_name="khóa tìm",
    )


def create_index(schema_editor: Any, table: str) -> None:
    """For migrations: the index of a table's words, on PostgreSQL."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE INDEX {table}_words ON {table} USING gin ({vector('search_key')})",
            params=None,
        )


def drop_index(schema_editor: Any, table: str) -> None:
    """For migrations: takes it away."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {table}_words", params=None)


def give_function(sender: object, connection: BaseDatabaseWrapper, **more: Any) -> None:
    """Called for each new connection (`records.apps`)."""
    del sender, more
    if connection.vendor == "sqlite":
        connection.connection.create_function(FUNCTION, 1, search_key, deterministic=True)
