from eakte.clock import today
from eakte.filingplan.numbers import take


def give_number(mail_item, event):
    """Give a new mail item, a copied one too, a number of its own."""
    year = today().year
    mail_item.number = f"PE-{year}-{take(f'PE/{year}'):06}"
