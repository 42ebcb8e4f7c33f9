"""A finished file handed to the program that the desktop opens such files with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def open_on_desktop(path: Path) -> bool:
    """Open a file as a double click would; whether the desktop took it."""
    if sys.platform == "win32":
        os.startfile(path)
        return True
    program = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if program is None:
        return False
    return subprocess.run([program, path], check=False, capture_output=True).returncode == 0
