"""The calls: open a project, check it, build its editions, begin a new one.

This is where the rooms are wired together; each function here takes the clinic's files to a
result, and reports everything it found on the way. `api.email` and `api.merge` are imported where
they are used: they bring along what no other call needs.
"""

from brochure.api.beginning import init
from brochure.api.booklets import BookletReport, booklet
from brochure.api.brochures import Report, build, check
from brochure.api.handouts import (
    HandoutReport,
    Rack,
    deliver_handouts,
    every_handout,
    find_handout,
    handout_language,
    handouts,
    rack_of,
)
from brochure.api.keeping import Kept, kept
from brochure.api.memory import moment, remember_run
from brochure.api.originals import is_pdf_named
from brochure.api.preflight import preflight
from brochure.api.printers import printers
from brochure.api.translations import stamp, status
from brochure.pages.edition import edition_named
from brochure.pdf.imposition import Binding, FlipEdge, Layout
from brochure.production.booklets import Arrangement
from brochure.production.ingredients import Explanation
from brochure.project import Project, open_project
from brochure.workers import workers

__all__ = [
    "Arrangement",
    "Binding",
    "BookletReport",
    "Explanation",
    "FlipEdge",
    "HandoutReport",
    "Kept",
    "Layout",
    "Project",
    "Rack",
    "Report",
    "booklet",
    "build",
    "check",
    "deliver_handouts",
    "edition_named",
    "every_handout",
    "find_handout",
    "handout_language",
    "handouts",
    "init",
    "is_pdf_named",
    "kept",
    "moment",
    "open_project",
    "preflight",
    "printers",
    "rack_of",
    "remember_run",
    "stamp",
    "status",
    "workers",
]
