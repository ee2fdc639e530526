"""A long list goes out by the page, with the addresses of the others."""

from eakte import _
from eakte.rest.body import RequestWrong
from eakte.rest.body import text_of_query
from urllib.parse import parse_qsl
from urllib.parse import urlencode


USUAL = 25
"""Entries of a page, when the request does not say."""

AT_MOST = 200
"""Entries of a page, whatever the request says."""


class Page:
    """The part of a list that the request asks for: ``b_start`` and ``b_size``.

    :raises RequestWrong: one of them is no number, or below zero.
    """

    def __init__(self, request):
        self.request = request
        self.start = self._number("b_start", 0)
        self.size = min(self._number("b_size", USUAL), AT_MOST) or USUAL

    def _number(self, name, default):
        value = text_of_query(self.request, name) or default
        try:
            number = int(value)
        except ValueError:
            number = -1
        if number < 0:
            raise RequestWrong(
                _("“${name}” must be a number from 0.", mapping={"name": name})
            )
        return number

    @property
    def address(self):
        """The address of the list itself, whichever page was asked for."""
        return self._address(
            [(n, v) for n, v in self._query() if n not in ("b_start", "b_size")]
        )

    def answer(self, items, total):
        """Return the page as plone.restapi's own lists look.

        :param items: the entries of this page.
        :param total: how many entries the whole list has.
        """
        result = {"@id": self.address, "items": items, "items_total": total}
        if total > self.size or self.start:
            result["batching"] = self._links(total)
        return result

    def _links(self, total):
        last = max(0, (total - 1) // self.size * self.size)
        links = {
            "@id": self._at(self.start),
            "first": self._at(0),
            "last": self._at(last),
        }
        if self.start + self.size < total:
            links["next"] = self._at(self.start + self.size)
        if self.start:
            links["prev"] = self._at(max(0, self.start - self.size))
        return links

    def _at(self, start):
        others = [(n, v) for n, v in self._query() if n not in ("b_start", "b_size")]
        batch = [("b_start", start), ("b_size", self.size)]
        return self._address([*others, *batch])

    def _query(self):
        return parse_qsl(self.request.get("QUERY_STRING", ""), keep_blank_values=True)

    def _address(self, query):
        url = self.request["ACTUAL_URL"]
        return f"{url}?{urlencode(query)}" if query else url
