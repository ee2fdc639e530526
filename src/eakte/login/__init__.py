"""Who comes in, for how long, and what slows guessing down.

``zope.conf`` imports this package before Zope looks for others, so that the packages of
the options can be imported, see ``namespaces``.
"""

from eakte.login.namespaces import make_namespaces


make_namespaces("pas", "pas.plugins")
