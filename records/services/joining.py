"""Members of many new unions at once: the database writes them and their change log from the applications.

They are two thirds of the rows that a founding decision brings, and nothing is in them that is not in the tables
already: INSERT ... SELECT spares them the way to the worker and back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date

from django.db import connection

from records.bulk import given_rows, insert_found, json_sql
from records.models import Application, ChangeLog, Membership

_GIVEN = {
    "case_id": (Application, "case"),
    "union_id": (Membership, "union"),
    "decision": (Membership, "decision"),
    "reason": (ChangeLog, "reason"),
}


@dataclass(frozen=True, slots=True)
class Joining:
    """The applicants of one case become members of its union by a decision; the reason is for the change log."""

    case: int
    union: int
    decision: str
    reason: str


def join_many(
    joinings: Sequence[Joining], *, on: date, said: Mapping[str, object], actor: str, channel: str
) -> None:
    """Make everybody who applied by the day, the employer's side left out, a member of the case's new union.

    In the order of the lists of applicants. ``said``: what the change log says of a new member beside person, union
    and decision. Raises IntegrityError when somebody is a member of another union.
    """
    if not joinings:
        return
    table = given_rows(_GIVEN, [astuple(one) for one in joinings])
    quote = connection.ops.quote_name
    insert_found(
        Membership,
        {"joined_on": on, "created_by": actor, "updated_by": actor},
        {"person_id": "a.person_id", "union_id": "v.union_id", "decision": "v.decision"},
        source=f"{table.sql} CROSS JOIN {quote(Application._meta.db_table)} a"
        " WHERE a.case_id = v.case_id AND NOT a.employer_side AND a.applied_on <= %s"
        " ORDER BY v.union_id, a.position, a.id",
        given=[*table.params, connection.ops.adapt_datefield_value(on)],
    )
    own = {"person_id": "m.person_id", "union_id": "m.union_id", "decision": "m.decision"}
    insert_found(
        ChangeLog,
        {
            "record_type": Membership._meta.model_name,
            "action": "created",
            "before": {},
            "actor": actor,
            "channel": channel,
        },
        {
            "record_id": "CAST(m.id AS varchar(80))",
            "reason": "v.reason",
            "after": json_sql(own),
        },
        source=f"{table.sql} CROSS JOIN {quote(Membership._meta.db_table)} m"
        " WHERE m.union_id = v.union_id ORDER BY m.id",
        given=[json.dumps({**said, "joined_on": on.isoformat()}), *table.params],
    )
