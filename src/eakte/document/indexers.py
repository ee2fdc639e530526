from eakte.document.content import ICaseDocument
from plone.indexer import indexer


@indexer(ICaseDocument)
def filed(document):
    """When the document came to its case file: it is made there."""
    return document.created()
