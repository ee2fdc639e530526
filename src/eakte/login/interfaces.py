"""What an office decides about logging in."""

from eakte import _
from zope import schema
from zope.interface import Attribute
from zope.interface import Interface


class ILoginSettings(Interface):
    """How long a login holds, and how long a password is."""

    session_minutes = schema.Int(
        title=_("Minutes until somebody inactive is logged out"),
        description=_(
            "After so many minutes without a key, a click or a page, the browser is "
            "logged out. Two minutes before, a dialog asks whether to go on."
        ),
        min=5,
        max=720,
        default=60,
    )

    password_length = schema.Int(
        title=_("Shortest password"),
        description=_("Characters that a new password has at least."),
        min=8,
        max=128,
        default=12,
    )


class IAddressChanged(Interface):
    """The account of a person of the office has another e-mail address."""

    person = Attribute("Id of the person")
    old = Attribute("The address before; empty when there was none")
    new = Attribute("The address now")


class ISourceOption(Interface):
    """A named utility of an option that is installed: accounts checked elsewhere.

    Its name is the kind of its source, see ``sources``.
    """

    def set_up(source):
        """Let the user folder know the source; again changes nothing."""

    def in_force():
        """Return what the user folder knows of the source, to be compared; None: nothing."""

    def groups_of(person):
        """Return the names of the person's groups there now; None: cannot be asked."""
