"""The pictures of one composition: prepared when asked for, kept as resources, each once."""

from __future__ import annotations

from pathlib import Path

from brochure.cache import NO_CACHE, Cache
from brochure.catalogue.model import Treatment
from brochure.diagnostics import Diagnostic, Location, diagnose
from brochure.digests import digest_of, toolchain_digest
from brochure.pages.colours import Hue
from brochure.pages.composition import ADDRESS, Resource
from brochure.pages.frames import Frame
from brochure.pages.images import PictureError, PreparedPicture, placeholder, prepare_picture
from brochure.separation import Separation
from brochure.settings import FILE_NAME

_CENTRE = (50.0, 50.0)


class Gallery:
    """Hands out addresses of prepared pictures; `faults` are `image-unreadable`.

    With a `separation` they are in inks. What the `cache` has is not prepared again.
    """

    def __init__(
        self,
        families: tuple[str, ...],
        separation: Separation | None = None,
        cache: Cache = NO_CACHE,
    ) -> None:
        self.faults: list[Diagnostic] = []
        self._cache = cache
        self._families = families
        self._separation = separation
        self._resources: dict[str, Resource] = {}

    @property
    def resources(self) -> tuple[Resource, ...]:
        """Every picture asked for, by name."""
        return tuple(self._resources[name] for name in sorted(self._resources))

    def of_treatment(
        self, treatment: Treatment, path: Path | None, kind: str, frame: Frame, hue: Hue[str]
    ) -> str:
        """The address of a treatment's picture, or of a placeholder if there is none."""
        prepared = self._prepare(path, frame, treatment.focus, treatment.place) if path else None
        if prepared is None:
            prepared = placeholder(treatment.title, hue, frame, self._families)
        return self._keep(f"{kind}/{treatment.card_anchor}", prepared)

    def of_body(self, treatment: Treatment, name: str, frame: Frame) -> str | None:
        """The address of a picture inside a text, if there is one of that name."""
        files = [picture for picture in treatment.body_pictures if picture.name == name]
        if not files:
            return None
        prepared = self._prepare(files[0].path, frame, _CENTRE, treatment.place)
        number = treatment.body_pictures.index(files[0])
        return self._keep(f"body/{treatment.anchor}-{number}", prepared) if prepared else None

    def of_clinic(self, path: Path | None, name: str, frame: Frame) -> str:
        """The address of the cover's picture or the logo; empty if there is none."""
        if path is None or not path.is_file():
            return ""
        if path.suffix.lower() == ".svg":
            drawing = PreparedPicture(data=path.read_bytes(), media_type="image/svg+xml")
            return self._keep(name, drawing)
        prepared = self._prepare(path, frame, _CENTRE, Location(path=FILE_NAME))
        return self._keep(name, prepared) if prepared else ""

    def _prepare(
        self, path: Path, frame: Frame, focus: tuple[float, float], place: Location
    ) -> PreparedPicture | None:
        facts = (path, frame, focus, self._separation, toolchain_digest())
        key = digest_of(facts) if self._cache else ""
        if known := self._cache.get(key):
            return PreparedPicture(data=known, media_type="image/jpeg")
        try:
            prepared = prepare_picture(
                path, path.stat().st_mtime_ns, frame, focus, self._separation
            )
        except PictureError as error:
            self.faults.append(_unreadable(path.name, str(error), place))
            return None
        self._cache.put(key, prepared.data)
        return prepared

    def _keep(self, name: str, prepared: PreparedPicture) -> str:
        self._resources[name] = Resource(
            name=name, media_type=prepared.media_type, data=prepared.data
        )
        return f"{ADDRESS}{name}"


def _unreadable(name: str, why: str, place: Location) -> Diagnostic:
    return diagnose(
        "image-unreadable",
        place,
        problem=f"The picture {name} cannot be used: {why}",
        cause="A plain panel is printed in its place.",
        fix="Save the picture again as JPEG, PNG or WebP.",
    )
