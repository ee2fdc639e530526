"""What can be wrong with a scan, and with the tools that read it."""


class ScanError(Exception):
    """A scan could not be read; the file itself was not touched.

    :param reason: English, what happened and what to do next.
    """

    code = "scan-error"
    """Stable name, stored with the scan and sent between processes."""

    def __init__(self, reason):
        # DCWorkflow re-raises an error as type(error)(error).
        if isinstance(reason, ScanError):
            reason = reason.reason
        self.reason = reason
        super().__init__(reason)


class Damaged(ScanError):
    """The file, or the page that was asked for, cannot be decoded."""

    code = "damaged"


class Encrypted(ScanError):
    """The file opens only with a password."""

    code = "encrypted"


class WrongPassword(Encrypted):
    """The password that was given does not open the file."""

    code = "wrong-password"


class Unsupported(ScanError):
    """The bytes are neither PDF, TIFF, JPEG nor PNG: not a scan at all."""

    code = "unsupported"


class Empty(ScanError):
    """There are no bytes, or no pages."""

    code = "empty"


class TooLarge(ScanError):
    """Reading it would go beyond ``Limits``: pages, pixels or memory."""

    code = "too-large"


class ToolMissing(ScanError):
    """A program, library or language of recognition is not installed."""

    code = "tool-missing"


class ToolFailed(ScanError):
    """The child process died or answered nonsense."""

    code = "tool-failed"


class TimedOut(ScanError):
    """It took longer than ``Limits`` allow; the child process was killed."""

    code = "timed-out"


class Busy(ScanError):
    """All children were at work for as long as the engine lets anybody wait."""

    code = "busy"


ERRORS = {
    error.code: error
    for error in (
        Damaged,
        Encrypted,
        WrongPassword,
        Unsupported,
        Empty,
        TooLarge,
        ToolMissing,
        ToolFailed,
        TimedOut,
        Busy,
    )
}
"""Every error by its code."""
