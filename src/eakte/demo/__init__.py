"""The demo office: its people, its case files and the letters it receives."""
