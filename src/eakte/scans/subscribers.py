from eakte.scans.receiving import received_scan


def take_note_of_scan(content, event):
    """Content came with a scan, or was changed."""
    received_scan(content)
