"""The peers that are nothing but a tool: bare tesseract, bare PDFium."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import io
import os
import pypdfium2
import subprocess


READING_DPI = 300
POINTS_PER_INCH = 72

JPEG_QUALITY = 85


def page_images(paths, folder):
    """Write every page of the PDFs as an image of ``READING_DPI``; return the paths."""
    images = []
    for path in paths:
        with closing(pypdfium2.PdfDocument(path)) as document:
            for page in document:
                image = folder / f"page-{len(images)}.png"
                picture = page.render(scale=READING_DPI / POINTS_PER_INCH).to_pil()
                picture.save(image, dpi=(READING_DPI, READING_DPI))
                images.append(image)
    return images


def read_all(images, languages, processes):
    """Return the text of each image, by as many ``tesseract``s at a time."""
    with ThreadPoolExecutor(processes) as pool:
        return list(pool.map(lambda image: read(image, languages), images))


def read(image, languages):
    """Return the text of an image, by the program ``tesseract`` with one thread."""
    return subprocess.run(
        ["tesseract", image, "stdout", "-l", languages],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    ).stdout


def render(path, page, width):
    """Return a page of a PDF as JPEG, made by PDFium at that width in pixels."""
    target = io.BytesIO()
    with closing(pypdfium2.PdfDocument(path)) as document:
        sheet = document[page - 1]
        picture = sheet.render(scale=width / sheet.get_width()).to_pil()
        picture.convert("RGB").save(target, "JPEG", quality=JPEG_QUALITY)
    return target.getvalue()
