"""Opening a scan that is protected by a password."""

from eakte import _
from eakte.errors import EakteError
from eakte.mailitem.content import IMailItem
from eakte.mailitem.interfaces import IRoutingHistory
from eakte.scanning.errors import Encrypted
from eakte.scanning.errors import ScanError
from eakte.scans.engines import viewing_engine
from eakte.scans.facts import file_of
from eakte.scans.problems import problem_named
from eakte.scans.retrying import facts_to_change
from eakte.scans.retrying import retry
from eakte.scans.settings import limits
from eakte.scans.settings import scan_settings


class NotUnlocked(EakteError):
    """The password does not open the scan; nothing was changed."""


def unlock(content, password):
    """Keep the password of a scan and have its pages read.

    The file itself stays as it came. It is opened here and now, without reading a
    page, so that whoever mistyped the password is told at once.

    :raises NotAllowed: the user may not.
    :raises WrongState: there is no scan.
    :raises NotUnlocked: the password is wrong, or the file is damaged as well.
    """
    facts = facts_to_change(content)
    with file_of(content).open() as reader:
        try:
            viewing_engine(limits(scan_settings())).inspect(reader.name, password)
        except Encrypted as error:
            raise NotUnlocked([_("The password does not open the file.")]) from error
        except ScanError as error:
            problem = problem_named(error.code)
            raise NotUnlocked([problem.title, problem.explanation]) from error
    facts.password = password
    retry(content)
    if IMailItem.providedBy(content):
        IRoutingHistory(content).append("unlock", "")
