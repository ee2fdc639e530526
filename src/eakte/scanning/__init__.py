"""A scan becomes pages: paths in, bytes and frozen dataclasses out.

Nothing of Plone, Zope or the ZODB is imported here. Files from outside are only
ever opened in a child process: see ``engine``.
"""
