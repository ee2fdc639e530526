"""Pages of the control panel on which an administrator sets what the office decided."""

from eakte import _
from eakte.deadlines.settings import IDeadlineSettings
from eakte.journal.interfaces import IJournalSettings
from plone.app.registry.browser.controlpanel import ControlPanelFormWrapper
from plone.app.registry.browser.controlpanel import RegistryEditForm


class DeadlineSettingsForm(RegistryEditForm):
    id = "eakte-deadline-settings"
    label = _("Deadlines and daily mail")
    description = _(
        "The sender of the daily mail and the mail server are set on Plone's page of "
        "the mail settings; without a sender no mail goes out."
    )
    schema = IDeadlineSettings

    def updateWidgets(self):
        super().updateWidgets()
        # All kinds at once: a line each.
        self.widgets["kinds"].rows = len(self.getContent().kinds) + 1


class DeadlineSettings(ControlPanelFormWrapper):
    form = DeadlineSettingsForm


class JournalSettingsForm(RegistryEditForm):
    id = "eakte-journal-settings"
    label = _("How long the journal remembers")
    schema = IJournalSettings


class JournalSettings(ControlPanelFormWrapper):
    form = JournalSettingsForm
