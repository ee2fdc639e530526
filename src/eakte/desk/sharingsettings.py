"""The page of the control panel that says how long a case file can be shared."""

from eakte import _
from eakte.access.sharing import ISharingSettings
from plone.app.registry.browser.controlpanel import ControlPanelFormWrapper
from plone.app.registry.browser.controlpanel import RegistryEditForm


class SharingSettingsForm(RegistryEditForm):
    id = "eakte-sharing-settings"
    label = _("Sharing case files")
    schema = ISharingSettings


class SharingSettings(ControlPanelFormWrapper):
    form = SharingSettingsForm
