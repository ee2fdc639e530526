"""Many letters at once: each is looked at, done and answered for by itself.

The verbs are those of one letter, with their rules; what one letter is refused does
not keep the others. A preview does the verb and takes everything back, so it says what
the verb would say.
"""

from contextlib import contextmanager
from eakte import _
from eakte.errors import EakteError
from eakte.errors import WrongState
from eakte.jobs.interfaces import IJobQueue
from eakte.mailitem.manybook import Batch
from eakte.mailitem.manybook import batches
from eakte.mailitem.manybook import Chosen
from eakte.mailitem.manybook import ID
from eakte.mailitem.manybook import keep
from eakte.mailitem.manyinterfaces import IManyVerb
from eakte.mailitem.manyinterfaces import Outcome
from eakte.mailitem.manyinterfaces import Result
from eakte.mailitem.manyinterfaces import Verdict
from eakte.mailitem.manymarks import mark_of
from eakte.mailitem.manymarks import place_of
from eakte.mailitem.manyundoing import CannotUndo
from plone import api
from uuid import uuid4
from zope.component import getUtility
from zope.component import queryUtility

import transaction


AT_MOST = 500
"""Letters of one batch."""

AT_ONCE = 50
"""So many are done in the request, more in the background."""

JOB = "many-letters"
"""Name of the job that does a batch."""


class ManyWrong(EakteError):
    """It cannot be done with many letters like this; nothing was changed."""


NOT_YOURS = _("There is no such letter, or you may not see it.")

CHANGED = _("The letter has changed since the preview. Look at it again.")


def verb_named(name):
    """Return the ``IManyVerb``.

    :raises ManyWrong: there is none of this name.
    """
    verb = queryUtility(IManyVerb, name or " ")
    if verb is None:
        raise ManyWrong(
            _("There is no verb “${name}” for many letters.", mapping={"name": name})
        )
    return verb


def preview(name, said, uids):
    """Return a ``Verdict`` for each letter, in the order in which they were chosen.

    Nothing is changed; the caller must not go on to change the letters in the same
    transaction, which remembers what was tried.

    :param name: of the verb.
    :param said: what the verb needs, texts by name.
    :raises ManyWrong: verb, texts or number of letters are wrong.
    """
    verb, said = verb_named(name), checked(name, said)
    uids = within_bounds(uids)
    letters = letters_of(uids)
    return [_verdict(verb, said, uid, letters.get(uid)) for uid in uids]


def begin(name, said, chosen, batch_id=None):
    """Do it with the letters, or have it done, and return the ``Batch``.

    Asking again with the same id answers with what was begun the first time.

    :param chosen: ``Chosen`` letters; one that has changed since then is refused.
    :param batch_id: 32 hexadecimal digits; without them a new id is taken.
    :raises ManyWrong: verb, texts, id or number of letters are wrong.
    """
    known = _known(batch_id)
    if known is not None:
        return known
    said = checked(name, said)
    chosen = {each.uid: each for each in reversed(chosen)}
    uids = within_bounds(reversed(chosen))
    return _begun(
        Batch(batch_id or uuid4().hex, _who(), name, said, [chosen[u] for u in uids])
    )


def undo(batch, batch_id=None):
    """Undo what was done, letter by letter, and return the ``Batch`` that does it.

    :param batch: one of the user's own.
    :raises CannotUndo: the verb, the day or the batch itself is against it.
    """
    known = _known(batch_id)
    if known is not None and known.undoes == batch.id:
        return known
    if reason := reason_against_undoing(batch):
        raise CannotUndo(reason)
    chosen = [
        Chosen(each.uid, each.mark)
        for each in (batch.results[chosen.uid] for chosen in batch.chosen)
        if each.outcome == Outcome.DONE and each.trace
    ]
    undoing = Batch(
        uuid4().hex if known or not batch_id else batch_id,
        _who(),
        batch.verb,
        batch.said,
        chosen,
        undoes=batch.id,
    )
    batch.undone_by = undoing.id
    return _begun(undoing)


def reason_against_undoing(batch):
    """Return why the batch as a whole cannot be undone, or None."""
    if batch.undoes or not verb_named(batch.verb).can_be_undone:
        return _("This cannot be undone here.")
    if batch.undone_by:
        return _("It was undone already.")
    if not batch.is_finished:
        return _("It is still being done. Wait until it is finished.")
    if not batch.is_of_today:
        return _("It can be undone on the same day only.")
    if not batch.counts[Outcome.DONE]:
        return _("Nothing was done that could be undone.")
    return None


def go_on(batch, at_most=AT_ONCE):
    """Do the next letters of the batch; what has a result is not done again."""
    verb = verb_named(batch.verb)
    for chosen in batch.left[:at_most]:
        do = _undone if batch.undoes else _done
        batch.results[chosen.uid] = do(verb, batch, chosen)


def checked(name, said):
    """Return the texts that the verb needs, and those that were said besides.

    :raises ManyWrong: one is missing, unknown or no text.
    """
    verb = verb_named(name)
    reasons = []
    for key, value in said.items():
        if key not in verb.needed and key not in verb.possible:
            reasons.append(_("“${name}” is not known here.", mapping={"name": key}))
        elif value is not None and not isinstance(value, str):
            reasons.append(_("“${name}” must be a text.", mapping={"name": key}))
    reasons += [
        _("“${name}” is missing.", mapping={"name": key})
        for key in verb.needed
        if not said.get(key)
    ]
    if reasons:
        raise ManyWrong(reasons)
    return {key: value.strip() for key, value in said.items() if value}


def within_bounds(uids):
    """Return the UIDs, each once.

    :raises ManyWrong: there is none, or there are too many.
    """
    uids = list(dict.fromkeys(uids))
    if not uids:
        raise ManyWrong(_("Choose at least one letter."))
    if len(uids) > AT_MOST:
        raise ManyWrong(
            _(
                "These are ${count} letters; ${most} at most are done at once.",
                mapping={"count": str(len(uids)), "most": str(AT_MOST)},
            )
        )
    return uids


def letters_of(uids):
    """Return ``{UID: letter}`` of those letters that the user may see."""
    catalog = api.portal.get_tool("portal_catalog")
    found = (
        (brain.UID, brain._unrestrictedGetObject())
        for brain in catalog(UID=list(uids), portal_type="mail_item")
    )
    return {
        uid: letter
        for uid, letter in found
        if api.user.has_permission("View", obj=letter)
    }


def _verdict(verb, said, uid, letter):
    if letter is None:
        return Verdict(uid, reasons=(NOT_YOURS,))
    mark, now = mark_of(letter), transaction.savepoint()
    try:
        after, _trace = verb.do(letter, **said)
        return Verdict(uid, letter, mark, after=place_of(after))
    except EakteError as refused:
        return Verdict(uid, letter, mark, reasons=refused.reasons)
    finally:
        now.rollback()


def _done(verb, batch, chosen):
    letter = letters_of([chosen.uid]).get(chosen.uid)
    if letter is None:
        return Result(chosen.uid, reasons=(NOT_YOURS,))
    try:
        with _whole():
            if mark_of(letter) != chosen.mark:
                raise WrongState(CHANGED)
            after, trace = verb.do(letter, **batch.said)
    except EakteError as refused:
        return Result(chosen.uid, letter.number, refused.reasons)
    return Result(chosen.uid, after.number, (), mark_of(after), trace)


def _undone(verb, batch, chosen):
    done = batches()[batch.undoes].results[chosen.uid]
    # What the person sent away is out of its sight; that is what brings it back.
    brains = api.portal.get_tool("portal_catalog").unrestrictedSearchResults(
        UID=chosen.uid, portal_type="mail_item"
    )
    if not brains:
        return Result(chosen.uid, done.number, (NOT_YOURS,))
    letter = brains[0]._unrestrictedGetObject()
    is_seen = api.user.has_permission("View", obj=letter)
    try:
        with _whole():
            verb.undo(letter, done.trace, chosen.mark)
    except EakteError as refused:
        # What happened to it elsewhere is nobody's business here.
        return Result(
            chosen.uid, done.number, refused.reasons if is_seen else (NOT_YOURS,)
        )
    return Result(chosen.uid, done.number, (), mark_of(letter))


@contextmanager
def _whole():
    """Nothing half done: what is refused leaves nothing of the letter's own behind."""
    now = transaction.savepoint()
    try:
        yield
    except EakteError:
        now.rollback()
        raise


def _known(batch_id):
    if not batch_id:
        return None
    if not ID.fullmatch(batch_id):
        raise ManyWrong(_("An id has 32 hexadecimal digits."))
    known = batches().get(batch_id)
    if known is not None and known.who != _who():
        raise ManyWrong(_("An id has 32 hexadecimal digits."))
    return known


def _begun(batch):
    keep(batch)
    if len(batch.chosen) > AT_ONCE:
        getUtility(IJobQueue).put(JOB, batch.id)
    else:
        go_on(batch)
    return batch


def _who():
    user = api.user.get_current()
    return (user and user.getId()) or ""
