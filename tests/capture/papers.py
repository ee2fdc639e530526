"""Small files such as a scanner, or a person, drops."""

from io import BytesIO
from PIL import Image
from PIL import ImageDraw
from time import gmtime


def image(text="Brief", kind="PNG", **options):
    """Return an image of a slip of paper with a few words, as bytes."""
    paper = Image.new("L", (240, 80), 255)
    ImageDraw.Draw(paper).text((10, 20), text, fill=0, font_size=28)
    target = BytesIO()
    paper.save(target, kind, dpi=(150, 150), **options)
    return target.getvalue()


def pdf(text="Brief"):
    """Return a PDF of one scanned page."""
    day = gmtime(0)
    return image(text, "PDF", resolution=150, creationDate=day, modDate=day)
