"""Putting a file into content without reading it."""

from plone.namedfile.file import NamedBlobFile


def store_scan(
    content, path, filename, content_type="application/octet-stream", sha256=None
):
    """Make the file at ``path`` the content's scan.

    The file is *moved* into the blob: renamed where both lie on one disk, so that
    300 MB cost no more than 3 kB. Nothing of it is read here; ``received_scan``
    is called by the events of the content.

    :param path: of a file that nobody else needs any more.
    :param filename: the name under which it came.
    :param content_type: what its sender says; the content decides later.
    :param sha256: of the file, in hexadecimal, when it was computed on its way here;
        else it is computed from the blob.
    :returns: the stored ``NamedBlobFile``.
    """
    scan = NamedBlobFile(filename=filename, contentType=content_type)
    scan._blob.consumeFile(str(path))
    scan._v_sha256 = sha256
    content.scan = scan
    return scan
