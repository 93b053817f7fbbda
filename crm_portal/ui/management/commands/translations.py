"""Keep the Hebrew catalogue whole, on a machine without gettext's own programs."""

from argparse import ArgumentParser
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation.template import templatize

Key = tuple[str | None, str, str | None]  # context, singular, plural
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
ROOTS = ("crm_portal", "routing", "inquiries", "compensation", "creditdata", "templates")


class Command(BaseCommand):
    help = "Update, check or compile the Hebrew translations. Without an option: update and compile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail on a missing, fuzzy or unused translation")
        parser.add_argument("--compile", action="store_true", help="only write the compiled catalogue")

    def handle(self, *, check: bool, compile: bool, **options: object) -> None:  # noqa: A002 - the option's name
        path = Path(settings.LOCALE_PATHS[0]) / "he" / "LC_MESSAGES" / "django.po"
        catalogue = polib.pofile(str(path))
        if check:
            self.check_whole(catalogue)
        elif not compile:
            catalogue = updated(catalogue)
            catalogue.save(str(path))
            missing = len(catalogue.untranslated_entries())
            self.stdout.write(f"{len(catalogue)} messages, {missing} without Hebrew: {path.name}")
        catalogue.save_as_mofile(str(path.with_suffix(".mo")))

    def check_whole(self, catalogue: polib.POFile) -> None:
        wanted, held = set(messages()), {key_of(entry) for entry in catalogue}
        problems = [f"not in the catalogue: {key[1]!r}" for key in sorted(wanted - held, key=str)]
        problems += [f"no longer used: {key[1]!r}" for key in sorted(held - wanted, key=str)]
        problems += [f"without Hebrew: {entry.msgid!r}" for entry in catalogue.untranslated_entries()]
        problems += [f"fuzzy: {entry.msgid!r}" for entry in catalogue.fuzzy_entries()]
        if problems:
            raise CommandError("\n".join([*problems, "Run `manage.py translations` and fill what is missing."]))
        self.stdout.write(f"{len(catalogue)} messages, all in Hebrew")


def key_of(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid, entry.msgid_plural or None


def messages() -> Iterator[Key]:
    """Every message of the code and the templates."""
    for root in ROOTS:
        folder = Path(settings.BASE_DIR) / root
        for path in sorted(folder.rglob("*")):
            if path.suffix not in {".py", ".html", ".txt"}:
                continue
            source = path.read_text(encoding="utf-8")
            if path.suffix != ".py":  # Django turns a template into something that reads like Python
                source = "\n".join(line.lstrip() for line in templatize(source).splitlines())
            for _line, found, _comments, context in extract("python", BytesIO(source.encode()), KEYWORDS):
                singular, plural = (found[0], found[1]) if isinstance(found, tuple) else (found, None)
                if singular:
                    yield context, singular, plural


def updated(catalogue: polib.POFile) -> polib.POFile:
    """The same catalogue with new messages added, unused ones dropped, sorted, so that changes merge easily."""
    held = {key_of(entry): entry for entry in catalogue}
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = catalogue.metadata
    for context, singular, plural in sorted(set(messages()), key=str):
        entry = held.get((context, singular, plural)) or polib.POEntry(
            msgctxt=context,
            msgid=singular,
            msgstr="",
            msgid_plural=plural or "",
            msgstr_plural={0: "", 1: ""} if plural else {},
        )
        entry.occurrences = []
        fresh.append(entry)
    fresh.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    return fresh
