"""Views that a person has given a name: a box or the counters, kept for later."""

from BTrees.OOBTree import OOBTree
from dataclasses import dataclass
from dataclasses import replace
from eakte import _
from eakte.desk.boxes import BoxAddress
from eakte.desk.countersaddress import CountersAddress
from eakte.errors import EakteError
from plone import api
from uuid import uuid4
from zope.annotation.interfaces import IAnnotations


KEY = "eakte.desk.views"

MOST = 20
"""Views that one person keeps."""

LONGEST_NAME = 60
"""Characters."""


class ViewWrong(EakteError):
    """The view cannot be kept like this, or there is none; nothing was changed."""


@dataclass(frozen=True)
class SavedView:
    """A box with filters and order, under a name. Nobody else's."""

    id: str
    name: str
    address: str
    """A place as text; it is read anew each time, with the rights of then."""
    is_default: bool = False
    """Whether its screen begins with it."""

    @property
    def place(self):
        """The ``BoxAddress`` or ``CountersAddress``."""
        return BoxAddress.parse(self.address) or CountersAddress.parse(self.address)


def views(screen=None):
    """Return the user's views in the order of their names.

    :param screen: of one screen only.
    """
    found = [each for each in _kept() if each.place is not None]
    if screen:
        found = [each for each in found if each.place.screen == screen]
    return sorted(found, key=lambda each: each.name.lower())


def default_view(screen):
    """Return the view with which the screen begins, or None."""
    return next((each for each in views(screen) if each.is_default), None)


def keep_view(name, address):
    """Keep the address under the name, in place of what had the name, and return it.

    :param address: a ``BoxAddress`` or ``CountersAddress``.
    :raises ViewWrong: the name is empty or too long, or there are too many views.
    """
    name = _checked(name)
    others = [each for each in _kept() if not _is_called(each, name, address.screen)]
    if len(others) >= MOST:
        raise ViewWrong(
            _(
                "You have ${most} views. Delete one that you do not need any more.",
                mapping={"most": str(MOST)},
            )
        )
    view = SavedView(uuid4().hex, name, str(address))
    _keep((*others, view))
    return view


def rename_view(view_id, name):
    """Let the view have another name.

    :raises ViewWrong: there is no such view, or another one of the screen has the name.
    """
    view, name = _found(view_id), _checked(name)
    if any(
        _is_called(each, name, view.place.screen) and each.id != view.id
        for each in _kept()
    ):
        raise ViewWrong(_("Another view is called “${name}”.", mapping={"name": name}))
    _change({view.id: replace(view, name=name)})


def delete_view(view_id):
    """Forget the view.

    :raises ViewWrong: there is no such view.
    """
    _change({_found(view_id).id: None})


def begin_with(view_id, is_default=True):
    """Let the view's screen begin with it from now on, or no longer.

    :raises ViewWrong: there is no such view.
    """
    view = _found(view_id)
    _change(
        {
            each.id: replace(each, is_default=is_default and each.id == view.id)
            for each in views(view.place.screen)
        }
    )


def _checked(name):
    name = " ".join((name or "").split())
    if not name:
        raise ViewWrong(_("Give the view a name."))
    if len(name) > LONGEST_NAME:
        raise ViewWrong(
            _(
                "The name has more than ${most} characters.",
                mapping={"most": str(LONGEST_NAME)},
            )
        )
    return name


def _is_called(view, name, screen):
    place = view.place
    same = view.name.lower() == name.lower()
    return same and place is not None and place.screen == screen


def _found(view_id):
    for each in views():
        if each.id == view_id:
            return each
    raise ViewWrong(_("There is no such view."))


def _change(changed):
    kept = (changed.get(each.id, each) for each in _kept())
    _keep(tuple(each for each in kept if each is not None))


def _kept():
    return IAnnotations(api.portal.get()).get(KEY, {}).get(_user(), ())


def _keep(kept):
    annotations = IAnnotations(api.portal.get())
    if KEY not in annotations:
        # Never empty: BTrees merge what two persons add, but not to an empty tree.
        annotations[KEY] = OOBTree({"": ()})
    annotations[KEY][_user()] = kept


def _user():
    return api.user.get_current().getId()
