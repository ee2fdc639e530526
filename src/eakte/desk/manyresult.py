"""What became of many letters: while it is done, afterwards, and the way back."""

from eakte import _
from eakte.desk.answers import Answer
from eakte.desk.boxes import BoxAddress
from eakte.desk.boxes import item_url
from eakte.desk.manyforms import form_of
from eakte.desk.rows import desk_title
from eakte.desk.rows import state_badge
from eakte.desk.rows import team_title
from eakte.desk.screen import Screen
from eakte.mailitem.many import reason_against_undoing
from eakte.mailitem.many import undo
from eakte.mailitem.manybook import NoSuchBatch
from eakte.mailitem.manybook import own_batch
from eakte.mailitem.manyinterfaces import Outcome
from eakte.mailitem.manytold import Told
from functools import cached_property
from urllib.parse import urlencode
from zExceptions import NotFound


class ManyResult(Screen):
    """A result for each letter, for whoever asked for it."""

    def __call__(self):
        try:
            self.batch = own_batch(self.typed("batch"))
        except NoSuchBatch:
            raise NotFound("many-result") from None
        return super().__call__()

    def answer(self, form):
        if form.get("do") != "undo":
            return super().answer(form)
        return self.address_of(undo(self.batch).id)

    def address_of(self, batch_id):
        """Return the address of a result, with the box to come back to."""
        query = urlencode({"batch": batch_id, "box": str(self.box)})
        return f"{self.portal_url}/@@many-result?{query}"

    @cached_property
    def box(self):
        """The box that the person came from."""
        return BoxAddress.parse(self.request.form.get("box")) or BoxAddress("my-desk")

    @property
    def title(self):
        form = form_of(self.batch.verb)
        title = self.say(form.title) if form else self.batch.verb
        if self.batch.undoes:
            return _("Undone: ${what}", mapping={"what": title})
        return _("Result: ${what}", mapping={"what": title})

    @cached_property
    def counts(self):
        return self.batch.counts

    @property
    def done(self):
        return self.counts[Outcome.DONE]

    @property
    def refused(self):
        return self.counts[Outcome.REFUSED]

    @property
    def total(self):
        return len(self.batch.chosen)

    @property
    def progress_url(self):
        return f"{self.portal_url}/@@many-progress?batch={self.batch.id}"

    @property
    def against_undoing(self):
        """Why there is no button that undoes it, or None."""
        return reason_against_undoing(self.batch)

    @property
    def undoing_url(self):
        """Where to read what became of undoing it, or None."""
        return self.batch.undone_by and self.address_of(self.batch.undone_by)

    @cached_property
    def entries(self):
        """The letters with a result: what was refused first, else as chosen."""
        told = Told(self.batch)
        uids = [each.uid for each in self.batch.chosen]
        results = [self.batch.results[uid] for uid in uids if uid in self.batch.results]
        results.sort(key=lambda result: result.outcome == Outcome.DONE)
        return [self._entry(each, told) for each in results]

    def _entry(self, result, told):
        brain = told.seen.get(result.uid)
        entry = {
            "done": result.outcome == Outcome.DONE,
            "number": told.number(result.uid),
            "reasons": [self.say(reason) for reason in told.reasons(result.uid)],
            "url": "",
            "title": "",
            "state": None,
            "place": "",
        }
        if brain is None:
            return entry
        return entry | {
            "url": item_url(brain, self.box),
            "title": brain.Title if brain.Title != brain.number else "",
            "state": state_badge(brain.review_state),
            "place": self.joined(
                team_title(brain.team or None), desk_title(brain.desk or None)
            ),
        }


class ManyProgress(Answer):
    """How many letters of a batch have a result."""

    def answer(self):
        try:
            batch = own_batch(self.request.form.get("batch", ""))
        except NoSuchBatch:
            return {}
        done, of = len(batch.results), len(batch.chosen)
        text = _(
            "${done} of ${of} letters are done",
            mapping={"done": str(done), "of": str(of)},
        )
        return {
            "done": done,
            "of": of,
            "finished": batch.is_finished,
            "text": self.say(text),
        }
