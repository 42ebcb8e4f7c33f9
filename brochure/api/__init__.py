"""The calls: open a project, check it, build its editions, begin a new one.

This is where the rooms are wired together; each function here takes the clinic's files to a
result, and reports everything it found on the way.
"""

from brochure.api.beginning import init
from brochure.api.brochures import Report, build, check
from brochure.api.translations import stamp, status
from brochure.pages.edition import edition_named
from brochure.project import Project, open_project

__all__ = [
    "Project",
    "Report",
    "build",
    "check",
    "edition_named",
    "init",
    "open_project",
    "stamp",
    "status",
]
