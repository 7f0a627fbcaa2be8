"""The one tree of expected errors.

Facts are structured (which field of which document); the Vietnamese sentence is what a person reads.
Exit codes of the command line follow the class: UserError and Conflict 2, Outage 3 (contract.md §2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


class DocgenError(Exception):
    """Base of all expected errors: a code for scripts, a Vietnamese message for people, and facts."""

    code = "error"
    exit_code = 3

    def __init__(
        self, message: str, *, code: str | None = None, facts: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.facts: dict[str, object] = dict(facts or {})


class UserError(DocgenError):
    """Expected: the input, the record or the request is not right, and a person can mend it."""

    code = "bad_input"
    exit_code = 2


class Unreadable(UserError, ValueError):
    """A text is not the date, number, code or phone it should be; the message says why."""

    code = "unreadable"


class Conflict(UserError):
    """Right in itself, but the state of the store has moved on (already issued, number taken)."""

    code = "conflict"


class NotFound(UserError):
    """A record, document, kind or file named by the user does not exist."""

    code = "not_found"


class Outage(DocgenError):
    """A service, a disk or a program we need did not answer; the same request may work later."""

    code = "outage"
    exit_code = 3

    def __init__(
        self,
        message: str,
        *,
        retryable: bool = True,
        code: str | None = None,
        facts: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message, code=code, facts=facts)
        self.retryable = retryable


class DataIncomplete(UserError):
    """Fields are missing or wrong; all of them at once.

    ``missing``: keys such as ``subject`` or ``members[2].full_name``; ``wrong``: key to Vietnamese reason.
    """

    code = "data_incomplete"

    def __init__(
        self, message: str, *, missing: Sequence[str] = (), wrong: Mapping[str, str] | None = None
    ) -> None:
        facts: dict[str, object] = {"missing": list(missing), "wrong": dict(wrong or {})}
        super().__init__(message, facts=facts)
        self.missing = tuple(missing)
        self.wrong = dict(wrong or {})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with given data: a stable code, the field keys concerned, a Vietnamese sentence."""

    code: str
    message: str
    fields: tuple[str, ...] = field(default=())
