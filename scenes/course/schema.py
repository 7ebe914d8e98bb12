"""What may stand in a lesson file; the description of a field says what is allowed in it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from scenes.course.faults import Fault, Key, shown, stray
from scenes.layout import ASPECTS
from scenes.notation import CHOICES
from scenes.words import check_template

MOST_ENTRIES: Final = 200
"""Scenes of a file, and figures."""

MOST_ITEMS: Final = 100
"""Values in a list."""

LONGEST_TEXT: Final = 1000
"""Characters of a parameter."""

LONGEST_LINE: Final = 200
"""Characters of a title."""

LONGEST_NAME: Final = 60

CAPTIONS: Final = ("drawn", "track", "none")

NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
DEVICES: Final = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
"""Names that Windows keeps for itself."""

LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def _own(words: str) -> PydanticCustomError:
    """Return an error whose words are better than the field's description."""
    # The words may have braces, which pydantic would fill.
    return PydanticCustomError("own", "{words}", {"words": words})


def _clean(text: str, more: str = "") -> str:
    found = stray(text, more)
    if found:
        raise _own(f"allowed: text without control characters; there is a {found}")
    return text


def _line(text: str) -> str:
    if len(text) > LONGEST_LINE:
        raise ValueError
    return _clean(text)


def _name(text: str) -> str:
    if not NAME.fullmatch(text) or len(text) > LONGEST_NAME or DEVICES.fullmatch(text):
        plain = unicodedata.normalize("NFKD", text[:LONGEST_NAME].casefold())
        slug = "-".join(re.findall(r"[a-z0-9]+", re.sub(r"[\u0300-\u036f]", "", plain)))
        hint = f", as in {slug}" if slug and not DEVICES.fullmatch(slug) else ""
        raise _own(
            f"allowed: small letters, digits and single hyphens, {LONGEST_NAME} at most{hint}"
        )
    return text


def _language(text: str) -> str:
    if not LANGUAGE.fullmatch(text) or len(text) > 35:
        raise ValueError
    return text


def _still(text: str) -> str:
    if not NAME.fullmatch(text) or len(text) > LONGEST_NAME:
        raise ValueError
    return text


def _template(text: str) -> str:
    try:
        check_template(_clean(text, "\n\t"))
    except ValueError as error:
        raise _own(str(error)) from None
    return text


def _parameter(value: Any) -> Any:
    """Check the form of a parameter; its kind checks the rest."""
    items = value if isinstance(value, list) else [value]
    if len(items) > MOST_ITEMS:
        raise _own(f"{len(items)} values; allowed: at most {MOST_ITEMS}")
    for item in items:
        if not isinstance(item, bool | int | float | str):
            raise ValueError
        if isinstance(item, str):
            if len(item) > LONGEST_TEXT:
                raise _own(f"allowed: at most {LONGEST_TEXT} characters")
            _clean(item, "\n\t")
    return value


Line = Annotated[str, AfterValidator(_line)]
Name = Annotated[str, AfterValidator(_name)]
Template = Annotated[str, AfterValidator(_template)]
Still = Annotated[str, AfterValidator(_still)]
Parameter = Annotated[Any, BeforeValidator(_parameter)]

_STRICT = ConfigDict(extra="forbid", strict=True)
_ENTRY = ConfigDict(extra="allow", strict=True)
_TITLE = f"text of at most {LONGEST_LINE} characters, in one line"


def _chosen(value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ValueError
    return value


class NotationTable(BaseModel):
    """How the course writes its mathematics (see `scenes.notation`)."""

    model_config = _STRICT

    rate: str | None = Field(None, description=", ".join(CHOICES["rate"]))
    variable: str | None = Field(None, description=", ".join(CHOICES["variable"]))
    derivative: str | None = Field(None, description=", ".join(CHOICES["derivative"]))
    decimal: str | None = Field(None, description=", ".join(CHOICES["decimal"]))

    @field_validator("*")
    @classmethod
    def _known(cls, value: str, info: ValidationInfo) -> str:
        return _chosen(value, CHOICES[info.field_name or ""])

    @field_validator("derivative", mode="before")
    @classmethod
    def _prime(cls, value: Any) -> Any:
        """Take the prime that is on every keyboard."""
        return "f′" if value == "f'" else value

    def given(self) -> dict[str, str]:
        """Return what is in the file."""
        return self.model_dump(exclude_unset=True)


class Entry(BaseModel):
    """A scene or a figure, and its parameters, which pass as further keys."""

    model_config = _ENTRY
    __pydantic_extra__: dict[str, Parameter]

    name: Name | None = Field(None, description="a name for the files, as in gentle-start")
    title: Line | None = Field(None, description=_TITLE)
    theme: Line | None = Field(None, description="dark, light, or the path of a theme file")
    notation: NotationTable | None = Field(
        None, description='a table, as in {rate = "α", decimal = "comma"}'
    )
    wording: dict[Still, Template] = Field(
        {}, description='captions by the name of a still, as in slope = "The slope is {slope}."'
    )


class SceneEntry(Entry):
    """An entry of `[[scenes]]`."""

    scene: Line = Field(description="the name of a scene, from: gd list")


class FigureEntry(Entry):
    """An entry of `[[figures]]`."""

    figure: Line = Field(description="the name of a figure, from: gd list")


class LessonTable(BaseModel):
    """A whole file."""

    model_config = _STRICT

    title: Line = Field("", description=_TITLE)
    author: Line = Field("", description=_TITLE)
    language: Annotated[str, AfterValidator(_language)] = Field(
        "", description="the tag of a language, as in en, de-CH or pt-BR"
    )
    theme: Line | None = Field(None, description="dark, light, or the path of a theme file")
    aspect: str | None = Field(None, description=", ".join(ASPECTS))
    captions: str | None = Field(None, description=", ".join(CAPTIONS))
    notation: NotationTable | None = Field(
        None, description='a table, as in [notation] and rate = "α" below it'
    )
    scenes: list[SceneEntry] = Field(
        [], max_length=MOST_ENTRIES, description=f"tables [[scenes]], at most {MOST_ENTRIES}"
    )
    figures: list[FigureEntry] = Field(
        [], max_length=MOST_ENTRIES, description=f"tables [[figures]], at most {MOST_ENTRIES}"
    )

    @field_validator("aspect")
    @classmethod
    def _is_aspect(cls, value: str) -> str:
        return _chosen(value, tuple(ASPECTS))

    @field_validator("captions")
    @classmethod
    def _is_captions(cls, value: str) -> str:
        return _chosen(value, CAPTIONS)


_INNER: Final[Mapping[str, type[BaseModel]]] = {
    "scenes": SceneEntry,
    "figures": FigureEntry,
    "notation": NotationTable,
}


def check(data: Mapping[str, Any]) -> tuple[LessonTable | None, list[Fault]]:
    """Check the form of a file: the table where nothing is wrong, and all that is.

    What a parameter may be depends on the scene; that is checked elsewhere.
    """
    try:
        return LessonTable.model_validate(data), []
    except ValidationError as error:
        # Without the context: an error of one's own is not asked for its traceback.
        found = error.errors(include_url=False)
    return None, list(_faults(found))


def _faults(errors: list[Any]) -> Iterator[Fault]:
    told: set[Key] = set()
    for error in errors:
        key = tuple(part for part in error["loc"] if part != "[key]")
        if key in told:
            continue
        told.add(key)
        model, allowed = _where(key)
        if "[key]" in error["loc"]:
            yield Fault(key, "there is no such beat; allowed: the name of a still, or beat-3")
            continue
        match error["type"]:
            case "extra_forbidden":
                yield Fault(key, _unknown(str(key[-1]), model))
            case "missing":
                yield Fault(key, f"missing; allowed: {allowed}")
            case "too_long":
                yield Fault(key, f"{len(error['input'])} entries; allowed: {allowed}")
            case "own":
                yield Fault(key, f" = {shown(error['input'])}: {error['msg']}")
            case _:
                yield Fault(key, f" = {shown(error['input'])}: allowed: {allowed}")


def _where(key: Key) -> tuple[type[BaseModel], str]:
    """Return the model that a key stands in, and what is allowed there."""
    model: type[BaseModel] = LessonTable
    around: type[BaseModel] = model
    allowed = "a number, text, true or false, or a list of these"
    for part in key:
        if isinstance(part, int):
            allowed = f"a table, as in [[{key[0]}]]"
            continue
        around = model
        if part in model.model_fields:
            allowed = model.model_fields[part].description or ""
            model = _INNER.get(part, model)
        elif issubclass(model, Entry) and "wording" not in key:
            allowed = "a number, text, true or false, or a list of these"
    return around, allowed


def _unknown(name: str, model: type[BaseModel]) -> str:
    near = nearest(name, model.model_fields)
    hint = f"did you mean {near}?" if near else f"allowed: {', '.join(model.model_fields)}"
    return f"there is no such key; {hint}"


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the name that was probably meant, or nothing."""
    near = difflib.get_close_matches(name[:LONGEST_NAME], list(known), 1)
    return near[0] if near else ""
