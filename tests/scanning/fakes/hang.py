"""A child that never answers."""

import signal


signal.pause()
