"""An empty view of Plone: what every answer costs, whatever is in it."""

from Products.Five.browser import BrowserView
from zope.component.hooks import site
from zope.configuration import xmlconfig

import Products.Five


EMPTY = "bench-empty"
"""Name of the view."""

ZCML = f"""
<configure xmlns:browser="http://namespaces.zope.org/browser">
  <browser:page
      name="{EMPTY}"
      for="*"
      class="benchmarks.empty.Empty"
      permission="zope2.View"
      />
</configure>
"""


class Empty(BrowserView):
    def __call__(self):
        return ""


def register_empty():
    """Let every object of the site have the empty view, for who may view it."""
    with site(None):
        xmlconfig.string(ZCML, xmlconfig.file("meta.zcml", Products.Five))
