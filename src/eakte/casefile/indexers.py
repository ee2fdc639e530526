from eakte.casefile.content import ICaseFile
from eakte.casefile.persons import folded_words
from eakte.casefile.persons import full_name
from eakte.org.interfaces import IOffice
from plone.indexer import indexer
from zope.component import getUtility


@indexer(ICaseFile)
def person(case_file):
    return full_name(case_file.family_name, case_file.given_name)


@indexer(ICaseFile)
def department(case_file):
    return getUtility(IOffice).department_of(case_file.team)


@indexer(ICaseFile)
def case_file_words(case_file):
    """The words by which people ask for a case file, see ``finding``."""
    said = (
        case_file.reference,
        case_file.azr_number or "",
        case_file.family_name or "",
        case_file.given_name or "",
        *(case_file.aliases or ()),
    )
    return sorted(folded_words(" ".join(said)))


@indexer(ICaseFile)
def searchable_text(case_file):
    said = (
        case_file.reference,
        case_file.title,
        case_file.family_name,
        case_file.given_name,
        case_file.azr_number,
        case_file.nationality,
        *(case_file.aliases or ()),
    )
    return " ".join(word for word in said if word)
