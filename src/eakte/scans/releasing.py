"""A letter that nobody can read does not go to the teams."""

from eakte import _
from eakte.mailitem.content import IMailItem
from eakte.mailitem.interfaces import IReleaseRule
from eakte.scans.interfaces import IScanPages
from eakte.scans.problems import problem_named
from zope.component import adapter
from zope.interface import implementer


@implementer(IReleaseRule)
@adapter(IMailItem)
class ScanCanBeRead:
    """The scan has no problem, or the problem was settled first."""

    def __init__(self, mail_item):
        self.mail_item = mail_item

    def reasons(self):
        if code := IScanPages(self.mail_item).problem:
            yield _(
                "The scan cannot be read: ${problem}. Have it scanned again, unlock "
                "it, or mark the letter as misdirected.",
                mapping={"problem": problem_named(code).title},
            )
