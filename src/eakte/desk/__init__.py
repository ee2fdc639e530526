"""What a person sees first: boxes, the letter, the case file, the search.

Verbs of the room: ``steps.take`` (a button's step), ``describing.describe`` (what is
known of a letter), ``placing.open_from`` and ``placing.file_in_new`` (into a new case
file), ``adding.add_document``, ``places.places`` (where the person works),
``boxes.neighbours`` (what lies before and after a letter), ``failedjobs.start_anew`` and
``failedjobs.discard`` (jobs that were given up).
"""
