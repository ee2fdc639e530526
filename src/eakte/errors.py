class EakteError(Exception):
    """Base of the product's own errors; always raised, never returned.

    :param reasons: what is wrong, one translatable sentence each.
    """

    status = 400

    def __init__(self, reasons):
        # The workflow tool re-raises an error as type(error)(error).
        if isinstance(reasons, EakteError):
            reasons = reasons.reasons
        elif isinstance(reasons, str):
            reasons = (reasons,)
        self.reasons = tuple(reasons)
        super().__init__(" ".join(self.reasons))


class NotAllowed(EakteError):
    """The user may see the object but lacks the right for this step."""

    status = 403


class WrongState(EakteError):
    """The object is not in a state in which this step is possible."""

    status = 409
