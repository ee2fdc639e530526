"""The page of the control panel on which an administrator sets how scans are read."""

from eakte import _
from eakte.scans.interfaces import IScanSettings
from plone.app.registry.browser.controlpanel import ControlPanelFormWrapper
from plone.app.registry.browser.controlpanel import RegistryEditForm


class ScanSettingsForm(RegistryEditForm):
    id = "eakte-scan-settings"
    label = _("Reading scans")
    description = _(
        "Languages and disk space hold at once, all else from the next start of the "
        "server."
    )
    schema = IScanSettings


class ScanSettings(ControlPanelFormWrapper):
    form = ScanSettingsForm
