"""Every guided form by its name, as it is kept."""

from __future__ import annotations

from dialogs.adding import ADDING
from dialogs.booking import BOOKING
from dialogs.engine import Dialog
from dialogs.moving import MOVING
from discussions.needs import KeptDialog, Means

FORMS = {dialog.name: dialog for dialog in (BOOKING, MOVING, ADDING)}


def form_of(kept: KeptDialog) -> Dialog:
    return FORMS[kept.name]


def form_called(means: Means, id: str) -> Dialog:
    """Which form the kept one is; of one that is gone none is known, and the engine says so."""
    kept = means.store.dialogs.dialog(id)
    return FORMS.get(kept.name, BOOKING) if kept else BOOKING
