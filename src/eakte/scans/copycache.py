"""Archive copies on disk: bounded, and good to be thrown away."""

from pathlib import Path

import contextlib
import json
import os
import shutil


ATTEMPTS = 5
"""Somebody may delete the folder just when it was made."""


NOTES = ".notes"
"""Ending of the file beside a copy that says what is to be known of it."""


class CopyCache:
    """Archive copies by name, shared by all processes that use the folder.

    Everything may be deleted at any moment, by hand too: then it is made anew.

    :param folder: made when it is needed.
    :param most: bytes; the newest copy is kept in any case.
    """

    def __init__(self, folder, most):
        self._folder = Path(folder)
        self._most = most

    def path(self, name):
        """Return where the copy of this name lies, or would lie."""
        return self._folder / f"{name}.pdf"

    def has(self, name):
        """Say whether there is a copy."""
        return self.path(name).is_file()

    def opened(self, name):
        """Return a copy as an open file that stays readable; None: there is none."""
        path = self.path(name)
        try:
            file = path.open("rb", buffering=0)
        except FileNotFoundError:
            return None
        with contextlib.suppress(OSError):
            # Used just now: the last to be thrown away.
            os.utime(path)
        return file

    def notes(self, name):
        """Return what was noted of a copy, by name; empty where nothing was."""
        try:
            return json.loads(self._notes(name).read_text("ascii"))
        except FileNotFoundError:
            return {}

    def keep(self, name, path, notes=None):
        """Move a finished copy here; older ones of the same object go.

        :param notes: what is to be known of it, as JSON has it: numbers by name.
        """
        draft = self._folder / f".draft-{os.getpid()}-{name}"
        try:
            # Before the copy: whoever finds that finds them too.
            self._note(name, notes, draft)
            self._bring(path, draft)
            # Deleted already: then it is made anew, like all that is deleted later.
            with contextlib.suppress(FileNotFoundError):
                draft.replace(self.path(name))
        except OSError:
            draft.unlink(missing_ok=True)
            raise
        self.forget_failures(name)
        of_the_object = f"{name.partition('-')[0]}-"
        for _used, _bytes, other in list(self._files()):
            if other.name.startswith(of_the_object) and other.stem != name:
                other.unlink(missing_ok=True)
        self.cut(name)

    def _note(self, name, notes, draft):
        if not notes:
            self._notes(name).unlink(missing_ok=True)
            return
        self._make_folder()
        # Deleted already: then nothing is known of the copy but that it is there.
        with contextlib.suppress(FileNotFoundError):
            draft.write_text(json.dumps(notes), "ascii")
            draft.replace(self._notes(name))

    def note_failure(self, name, code):
        """Note why there can be no copy."""
        self._make_folder()
        # Deleted already: then it is tried anew.
        with contextlib.suppress(FileNotFoundError):
            self._failure(name).write_text(code, "ascii")

    def failure(self, name):
        """Return why there can be no copy, or None."""
        try:
            return self._failure(name).read_text("ascii")
        except FileNotFoundError:
            return None

    def forget_failures(self, name):
        """Let it be tried again."""
        self._failure(name).unlink(missing_ok=True)

    def cut(self, newest):
        """Throw away what was not used for longest, if there is too much.

        :param newest: name of the copy that is kept in any case.
        """
        found = sorted(self._files())
        size = sum(size for _used, size, _path in found)
        for _used, bytes_of_one, path in found:
            if size <= self._most:
                return
            # Notes go with their copy, not before it.
            has_copy = path.suffix == NOTES and path.with_suffix(".pdf").exists()
            if path != self.path(newest) and not has_copy:
                path.unlink(missing_ok=True)
                if path.suffix == ".pdf":
                    path.with_suffix(NOTES).unlink(missing_ok=True)
                size -= bytes_of_one

    def _make_folder(self):
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            except FileExistsError:
                # Python looks after a folder that may be deleted by then.
                if attempt == ATTEMPTS and not self._folder.is_dir():
                    raise

    def _bring(self, path, draft):
        for attempt in range(1, ATTEMPTS + 1):
            self._make_folder()
            try:
                # Perhaps from another disk: then it takes a while to be whole.
                shutil.move(path, draft)
            except FileNotFoundError:
                if attempt == ATTEMPTS or not Path(path).exists():
                    raise
            else:
                return

    def _failure(self, name):
        return self._folder / f"{name}.failed"

    def _notes(self, name):
        return self._folder / f"{name}{NOTES}"

    def _files(self):
        """Yield ``(last use, bytes, path)``, a killed process's drafts included."""
        with contextlib.suppress(FileNotFoundError), os.scandir(self._folder) as found:
            for entry in found:
                with contextlib.suppress(FileNotFoundError):
                    facts = entry.stat()
                    yield facts.st_mtime, facts.st_size, Path(entry.path)
