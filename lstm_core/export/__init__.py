"""A trained network as code of the reader's own: scripts that need no Gatescope, and all they need in one zip file.

Imports no torch, so that the app's process can show and hand out both.
"""

from lstm_core.export.archive import bundle
from lstm_core.export.scripts import keras_script, pytorch_script

__all__ = ["bundle", "keras_script", "pytorch_script"]
