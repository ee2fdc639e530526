"""Scans through plone.restapi."""

from eakte.rest.seen import if_seen
from eakte.scans.browser import image_answer
from eakte.scans.browser import ScanState
from eakte.scans.delivery import seal
from eakte.scans.images import WIDTHS
from eakte.scans.interfaces import IScanPages
from eakte.scans.interfaces import ScanStatus
from eakte.scans.retrying import retry
from eakte.scans.unlocking import unlock
from plone.protect.interfaces import IDisableCSRFProtection
from plone.restapi.batching import HypermediaBatch
from plone.restapi.deserializer import json_body
from plone.restapi.services import Service
from zope.interface import alsoProvides


class ScanGet(Service):
    """What is known of the scan."""

    def reply(self):
        return scan_answer(self.context, self.request)


class PagesGet(Service):
    """The pages, in batches."""

    def reply(self):
        seal(self.request.response)
        pages = IScanPages(self.context)
        batch = HypermediaBatch(self.request, range(1, pages.page_count + 1))
        sizes = pages.sizes
        answer = {
            "@id": batch.canonical_url,
            "items_total": batch.items_total,
            "items": [self.page(pages, sizes, number) for number in batch],
        }
        if batch.links:
            answer["batching"] = batch.links
        return answer

    def page(self, pages, sizes, number):
        base = self.context.absolute_url()
        width, height = sizes[number - 1]
        return {
            "@id": f"{base}/@@page-text/{number}",
            "number": number,
            "width": round(width, 1),
            "height": round(height, 1),
            "images": {
                str(pixels): f"{base}/@@page/{number}/{pixels}" for pixels in WIDTHS
            },
            "status": self.status(pages, number),
            "image": image_answer(pages.image(number)),
        }

    def status(self, pages, number):
        if number in pages.broken_pages:
            return str(ScanStatus.FAILED)
        if pages.is_read(number):
            return str(ScanStatus.DONE)
        return str(pages.status)


class RetryPost(Service):
    """Read what is missing once more, and the pages that are named."""

    def reply(self):
        alsoProvides(self.request, IDisableCSRFProtection)
        pages = json_body(self.request).get("pages", [])
        retry(self.context, pages if isinstance(pages, list) else [pages])
        return scan_answer(self.context, self.request)


class UnlockPost(Service):
    """Open a scan with its password. Answers 400 when it does not open the file."""

    def reply(self):
        alsoProvides(self.request, IDisableCSRFProtection)
        unlock(self.context, str(json_body(self.request).get("password", "")))
        return scan_answer(self.context, self.request)


def scan_answer(content, request):
    """Return what is known of a content's scan."""
    seal(request.response)
    pages = IScanPages(content)
    state = ScanState(content, request)
    state.pages = pages
    base = content.absolute_url()
    return {
        "@id": f"{base}/@scan",
        **state.state(),
        "sha256": pages.sha256,
        "size": pages.byte_size,
        "filename": pages.filename,
        "content-type": pages.media_type,
        "duplicate_of": if_seen(pages.duplicate_of),
        "download": f"{base}/@@scan",
        "pages": f"{base}/@pages",
    }
