"""Letters to choose many of, and what became of them."""

from contextlib import contextmanager
from eakte.mailitem.interfaces import IRoutingHistory
from eakte.mailitem.many import begin
from eakte.mailitem.many import preview
from eakte.mailitem.manybook import Chosen
from eakte.mailitem.states import State
from plone import api
from tests.builders import a_mail_item
from zope.annotation.interfaces import IAnnotations
from zope.globalrequest import getRequest

import transaction


@contextmanager
def by(person):
    """The next lines are a request of that person: of earlier ones nothing is known."""
    remembered = IAnnotations(getRequest(), {})
    for key in [key for key in remembered if "localrole" in str(key)]:
        del remembered[key]
    with api.env.adopt_user(username=person):
        yield


def routed(count=3, **fields):
    return [a_mail_item(State.ROUTED, team="a1", **fields) for _ in range(count)]


def looked_at(verb, said, letters):
    """Return the letters as chosen after a preview; those that are allowed."""
    verdicts = preview(verb, said, [each.UID() for each in letters])
    transaction.savepoint()
    return [Chosen(each.uid, each.mark) for each in verdicts if each.allowed]


def done(verb, letters, **said):
    return begin(verb, said, looked_at(verb, said, letters))


def outcomes(batch):
    return [batch.outcome(each.uid) for each in batch.chosen]


def reasons(batch):
    return [str(reason) for each in batch.results.values() for reason in each.reasons]


def lies(letter):
    return api.content.get_state(letter), letter.team, letter.desk


def steps(letter):
    return [entry.step for entry in IRoutingHistory(letter).entries()]


def found(letter):
    catalog = api.portal.get_tool("portal_catalog")
    (brain,) = catalog.unrestrictedSearchResults(UID=letter.UID())
    return brain
