"""One module a program or library; ``run`` is the only one that starts a process."""
