"""Run by start.sh, once: the demo office, its people, case files and letters."""

from eakte.demo.founding import found_site
from eakte.demo.founding import open_case_files
from eakte.demo.founding import receive_letters
from eakte.org.reading import read_office
from pathlib import Path
from Testing.makerequest import makerequest

import os


here = Path("instance/office").resolve()
password = os.environ["EAKTE_DEMO_PASSWORD"]
print("Founding the office", flush=True)
site = found_site(makerequest(app), here, password)  # noqa: F821
open_case_files(site)
for done, all_letters in receive_letters(site):
    print(f"\rReceiving the post: letter {done} of {all_letters}", end="", flush=True)
print()

plan = read_office(here)
jobs = {}
for function, people in plan.mailroom.items():
    for person in people:
        jobs.setdefault(person, []).append(f"Poststelle ({function})")
for department in plan.departments:
    for person in department.head:
        jobs.setdefault(person, []).append(f"{department.title}, Leitung")
    for person in department.registry:
        jobs.setdefault(person, []).append(f"{department.title}, Registratur")
    for person in department.records_managers:
        jobs.setdefault(person, []).append(f"{department.title}, Schriftgut")
for team in plan.teams:
    for person in team.lead:
        jobs.setdefault(person, []).append(f"Teamleitung {team.title}")
for desk in plan.desks:
    for person in desk.people:
        jobs.setdefault(person, []).append(desk.title)
for person in plan.data_protection_officers:
    jobs.setdefault(person, []).append("Datenschutz")
lines = [
    f"    {person.id:12} {', '.join(jobs.get(person.id, []))}" for person in plan.people
]
accounts = Path(os.environ["EAKTE_VAR"]) / "demo-accounts.txt"
accounts.write_text(
    "\n".join([f"  Everybody's password: {password}", *lines, ""]), "utf-8"
)
