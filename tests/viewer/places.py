"""Where a mark lies on the page that a browser shows."""

ROUNDING = 0.004
"""Of a page's side; boxes are laid to whole pixels."""


def place_on_page(mark):
    """Return the box of a mark as fractions of the page that it lies on."""
    return mark.evaluate(
        """mark => {
            const box = mark.getBoundingClientRect();
            const paper = mark.closest(".dv-paper").getBoundingClientRect();
            return [
                (box.left - paper.left) / paper.width,
                (box.top - paper.top) / paper.height,
                (box.right - paper.left) / paper.width,
                (box.bottom - paper.top) / paper.height,
            ];
        }"""
    )
