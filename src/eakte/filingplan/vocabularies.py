from eakte.filingplan.interfaces import IFilingPlan
from zope.component import queryUtility
from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


@provider(IVocabularyFactory)
def units(context):
    """The units of the filing plan, with their plan numbers."""
    plan = queryUtility(IFilingPlan)
    return SimpleVocabulary(
        [
            SimpleTerm(unit.id, unit.id, f"{unit.id} {unit.title}")
            for unit in (plan.units() if plan else ())
        ]
    )
