from dataclasses import dataclass
from typing import Any
from zope.interface import Interface


@dataclass(frozen=True)
class Blocker:
    """One thing that keeps a case file open.

    :param reason: one translatable sentence that says what to do.
    :param content: the object that blocks. Whoever may not see it learns only
        that something hidden blocks.
    """

    reason: Any
    content: Any = None


class IClosingRule(Interface):
    """A subscription adapter of a case file: what must be settled before closing.

    Verbs of the room: ``opening.open_case_file``,
    ``closing.reasons_against_closing``, ``finding.find_case_files``.
    """

    def blockers():
        """Yield a ``Blocker`` for each thing that is not settled."""
