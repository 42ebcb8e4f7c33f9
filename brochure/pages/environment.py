"""The Jinja environment: the clinic's templates first, autoescape on, nothing undefined.

Templates come from the clinic's own folder and from the package; content is never a template.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jinja2

from brochure.assets import Assets
from brochure.diagnostics import BrochureError, Location, diagnose


def make_environment(assets: Assets) -> jinja2.Environment:
    """The environment that every template of this project is rendered in."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader([str(path) for path in assets.folders("templates")]),
        autoescape=jinja2.select_autoescape(("html",)),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def render_template(environment: jinja2.Environment, name: str, values: Mapping[str, Any]) -> str:
    """Render the template `name`; raises `BrochureError` with `template-fault`."""
    try:
        return environment.get_template(name).render(values)
    except jinja2.TemplateSyntaxError as error:
        raise _fault(error.name or name, error.lineno, str(error.message)) from error
    except jinja2.TemplateNotFound as error:
        file, line = _origin(error, name)
        raise _fault(file, line, f"the template {error.name} is not there") from error
    except UnicodeDecodeError as error:
        raise _fault(name, None, "it is not UTF-8 text") from error
    except Exception as error:  # whatever an expression of the clinic's own template does
        file, line = _origin(error, name)
        raise _fault(file, line, str(getattr(error, "message", None) or error)) from error


def _origin(error: BaseException, name: str) -> tuple[str, int | None]:
    """The innermost template line of a traceback."""
    file, line = name, None
    trace = error.__traceback__
    while trace:
        code = trace.tb_frame.f_code
        if "__jinja_template__" in trace.tb_frame.f_globals or code.co_filename.endswith(".html"):
            file, line = code.co_filename.rsplit("templates/", 1)[-1], trace.tb_lineno
        trace = trace.tb_next
    return file, line


def _fault(name: str, line: int | None, message: str) -> BrochureError:
    fault = diagnose(
        "template-fault",
        Location(path=f"templates/{name}", line=line),
        problem=f"The template cannot be used: {message}",
        cause="A template of the project does not fit this version of brochure.",
        fix="Undo the last change to this template, or delete it to use the one that comes with "
        "brochure.",
    )
    return BrochureError([fault])
