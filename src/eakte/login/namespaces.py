"""What the packages of the options need before Python can import them.

pas.plugins.oidc 2.0.0 and pas.plugins.ldap 1.8.4 name ``pas`` and ``pas.plugins`` their
namespaces by ``pkg_resources``, which setuptools has no longer since version 82: neither
can be imported, and Zope does not start when it finds one.
"""

from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from pathlib import Path

import sys


def make_namespaces(*names):
    """Let these be namespaces as Python makes them itself (PEP 420).

    :param names: the outer one first; without a folder of that name nothing is done.
    """
    path = sys.path
    for name in names:
        outer, _, last = name.rpartition(".")
        if name not in sys.modules:
            folders = [str(Path(each, last)) for each in path]
            found = [each for each in folders if Path(each).is_dir()]
            if not found:
                return
            spec = ModuleSpec(name, None, is_package=True)
            spec.submodule_search_locations = found
            sys.modules[name] = module_from_spec(spec)
            if outer:
                setattr(sys.modules[outer], last, sys.modules[name])
        path = sys.modules[name].__path__
