"""
Facts read from plain data, each checked where it is read: what no rule can use is refused with its path.

The data come from a JSON file, the API, or the draft of a form, so nothing about them is taken for granted. Rules and
doors of any app read by it; an app with facts of its own kind extends `Facts`.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Self, TypeVar

from crm_portal.errors import Code

Choice = TypeVar("Choice", bound=StrEnum)
HIGHEST = Decimal(10) ** 10  # of any amount, unless its reader says otherwise
_LONGEST = 40  # characters of a number
_YEARS = range(1900, 2200)  # of any day; a clock can be reckoned from each


class InvalidInput(Exception):  # noqa: N818 - it is what the caller gave
    """Input that no rule can read: the code, and the path of the field (`wages.wage_base`, `employees.0.days.2`)."""

    def __init__(self, code: StrEnum, where: str, **details: object) -> None:
        super().__init__(f"{code}: {where}")
        self.code = code
        self.where = where
        self.details = details


class Facts:
    """The named facts of one case or of a part of it; a fact that is missing or null has its default."""

    __slots__ = ("_data", "_path", "_read")

    def __init__(self, data: object, path: str = "") -> None:
        if not isinstance(data, Mapping):
            raise InvalidInput(Code.INVALID_VALUE, path or "inputs")
        self._data: Mapping[Any, Any] = data
        self._path = path
        self._read: set[str] = set()

    def where(self, name: str) -> str:
        """The path of a fact, as `InvalidInput` tells it."""
        return f"{self._path}.{name}" if self._path else name

    def has(self, *names: str) -> bool:
        """Whether any of these facts is given."""
        for name in names:  # noqa: SIM110 - asked a hundred times a case, and `any` is three times as slow
            if self._data.get(name) is not None:
                return True
        return False

    def names(self) -> tuple[str, ...]:
        """The names of all that is given, in its order."""
        return tuple(str(name) for name in self._data)

    def raw(self, name: str) -> Any:
        """A fact as it was given; None when it was not."""
        self._read.add(name)
        return self._data.get(name)

    def number(
        self,
        name: str,
        default: Decimal | None = None,
        *,
        least: Decimal | None = Decimal(0),
        most: Decimal = HIGHEST,
        places: int | None = None,
        code: StrEnum = Code.INVALID_VALUE,
    ) -> Decimal:
        """
        A number, written as a string or a JSON number.

        :raises InvalidInput: when it is missing without a default, not a finite number, or out of its range
        """
        given = self.raw(name)
        if given is None:
            if default is None:
                raise InvalidInput(Code.FIELD_REQUIRED, self.where(name))
            return default
        number = _decimal(given)
        if number is None or (least is not None and number < least) or number > most:
            raise InvalidInput(code, self.where(name))
        if least is None and number < -most:
            raise InvalidInput(code, self.where(name))
        if places is not None and number != round(number, places):
            raise InvalidInput(code, self.where(name))
        return number

    def fraction(
        self, name: str, default: Decimal | None = None, *, places: int | None = 4, code: StrEnum = Code.INVALID_VALUE
    ) -> Decimal:
        """A rate from 0 to 1, of as many decimals as the specification keeps."""
        return self.number(name, default, most=Decimal(1), places=places, code=code)

    def whole(
        self,
        name: str,
        default: int | None = None,
        *,
        least: int = 0,
        most: int = 10**10,
        code: StrEnum = Code.INVALID_VALUE,
    ) -> int:
        """A whole number."""
        given = None if default is None else Decimal(default)
        return int(self.number(name, given, least=Decimal(least), most=Decimal(most), places=0, code=code))

    def flag(self, name: str, default: bool) -> bool:
        """True or false, and nothing that only looks like it."""
        given = self.raw(name)
        if given is None:
            return default
        if not isinstance(given, bool):
            raise InvalidInput(Code.INVALID_VALUE, self.where(name))
        return given

    def day(self, name: str, default: date | None = None, *, code: StrEnum = Code.INVALID_VALUE) -> date | None:
        """An ISO date."""
        given = self.raw(name)
        if given is None:
            return default
        try:
            if not isinstance(given, str) or len(given) != len("2023-10-07"):
                raise ValueError
            day = date.fromisoformat(given)
            if day.year not in _YEARS:
                raise ValueError
            return day
        except ValueError:
            raise InvalidInput(code, self.where(name)) from None

    def known_day(self, name: str) -> date:
        """An ISO date that must be given."""
        day = self.day(name)
        if day is None:
            raise InvalidInput(Code.FIELD_REQUIRED, self.where(name))
        return day

    def text(self, name: str, default: str = "") -> str:
        """Words."""
        given = self.raw(name)
        if given is None:
            return default
        if not isinstance(given, str):
            raise InvalidInput(Code.INVALID_VALUE, self.where(name))
        return given

    def choice(
        self, name: str, among: type[Choice], default: Choice | None = None, also: Mapping[str, Choice] | None = None
    ) -> Choice:
        """
        One value of an enumeration, in small or capital letters; `also` has the golden file's other names.

        :raises InvalidInput: when it is missing without a default, or no value of the enumeration
        """
        given = self.text(name)
        if not given and not self.has(name):
            if default is None:
                raise InvalidInput(Code.FIELD_REQUIRED, self.where(name))
            return default
        if also and given.lower() in also:
            return also[given.lower()]
        try:
            return among(given.upper())
        except ValueError:
            raise InvalidInput(Code.INVALID_VALUE, self.where(name)) from None

    def part(self, name: str) -> Self:
        """The facts under one name; none when they are missing or null."""
        given = self.raw(name)
        return type(self)({} if given is None else given, self.where(name))

    def parts(self, name: str) -> tuple[Self, ...]:
        """The facts of each item of a list."""
        return tuple(type(self)(item, f"{self.where(name)}.{place}") for place, item in enumerate(self.items(name)))

    def items(self, name: str) -> tuple[Any, ...]:
        """The items of a list, whatever each of them is."""
        given = self.raw(name)
        if given is None:
            return ()
        if not isinstance(given, list | tuple):
            raise InvalidInput(Code.INVALID_VALUE, self.where(name))
        return tuple(given)

    def nothing_else(self, also: Iterable[str] = ()) -> None:
        """
        Refuse a fact that nobody read: a misspelled exclusion must not pass for one that was not named.

        :raises InvalidInput: at the first such fact
        """
        for name in self._data:
            if name not in self._read and name not in also:
                raise InvalidInput(Code.INVALID_VALUE, self.where(str(name)), because="unknown_fact")


def _decimal(given: object) -> Decimal | None:
    """A finite number; a float counts as the digits it is written with."""
    if isinstance(given, bool) or not isinstance(given, str | int | float | Decimal):
        return None
    if isinstance(given, int) and not -(10**_LONGEST) < given < 10**_LONGEST:
        return None
    text = str(given)
    if len(text) > _LONGEST or "_" in text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    return number or Decimal(0)  # minus nought is nought
