"""The two containers show no listing: the boxes and the search are the way in."""

from eakte.desk.screen import Screen


class ToBoxes(Screen):
    """Whoever comes to the mail store is led to the own box."""

    def __call__(self):
        return self.request.response.redirect(f"{self.portal_url}/@@desk")


class ToSearch(Screen):
    """Whoever comes to the case file store is led to the search."""

    def __call__(self):
        return self.request.response.redirect(
            f"{self.portal_url}/@@find?kind=case_file"
        )
