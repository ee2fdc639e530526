from eakte.org.interfaces import IOffice
from zope.component import queryUtility
from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


def _vocabulary(things):
    return SimpleVocabulary(
        [SimpleTerm(each.id, each.id, each.title) for each in things]
    )


@provider(IVocabularyFactory)
def teams(context):
    """All teams of the house."""
    office = queryUtility(IOffice)
    return _vocabulary(office.teams() if office else ())


@provider(IVocabularyFactory)
def desks(context):
    """All desks of the house."""
    office = queryUtility(IOffice)
    return _vocabulary(office.desks() if office else ())
