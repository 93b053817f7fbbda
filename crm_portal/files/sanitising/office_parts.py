"""The XML parts of Word and Excel files: what they run, load or link."""

import re
from xml.parsers import expat

from crm_portal.files.rules.failures import Failure, Unclean

_FORBIDDEN_RELATIONS = {
    "vbaproject": Failure.MACROS,
    "wordvbadata": Failure.MACROS,
    "xlmacrosheet": Failure.MACROS,
    "xlintlmacrosheet": Failure.MACROS,
    "oleobject": Failure.EMBEDDED_OBJECT,
    "afchunk": Failure.EMBEDDED_OBJECT,  # a whole HTML or RTF document
    "control": Failure.ACTIVE_CONTENT,
    "activexcontrolbinary": Failure.ACTIVE_CONTENT,
}
_LINKS = re.compile(r"(https?|mailto|tel|ftp|file):|[^:]*$", re.IGNORECASE)  # what a person may click on
_LOCAL_TEMPLATE = re.compile(r"(file:/*)?[a-z]:[\\/]", re.IGNORECASE)  # the writer's own disk, which is not ours
_DDE_FIELD = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_FORMULA = re.compile(
    r"\w+\s*\|[^!]*!|\b(WEBSERVICE|CALL|REGISTER|REGISTER\.ID|EXEC|RTD)\s*\(", re.IGNORECASE
)  # DDE, and functions that call out


def check_part(name: str, content: bytes) -> None:
    """
    Read one part and refuse what it would run or load.

    :raises Unclean: at the first such thing, or when it is not XML
    """
    try:
        _Part(name).read(content)
    except expat.ExpatError as error:
        if not name.endswith(".vml"):  # Excel itself writes drawings that are not quite XML
            raise Unclean(Failure.UNREADABLE, name) from error
        if re.search(rb"<\s*(\w+:)?script|javascript:", content, re.IGNORECASE):
            raise Unclean(Failure.ACTIVE_CONTENT, name) from error


class _Part:
    def __init__(self, name: str) -> None:
        self.name = name
        self.field: list[str] = []  # the instructions of the field that is open, in however many pieces
        self.formula: list[str] = []
        self.inside = ""
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.document_type
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text

    def read(self, content: bytes) -> None:
        self.parser.Parse(content, True)
        self.check_field()

    def document_type(self, *_declaration: object) -> None:
        raise Unclean(Failure.ACTIVE_CONTENT, f"{self.name}: document type")  # entities; no office program writes one

    def start(self, element: str, attributes: dict[str, str]) -> None:
        kind, given = _local(element), {_local(key): value for key, value in attributes.items()}
        if kind == "Relationship":
            self.check_relation(given)
        elif kind in ("Override", "Default"):
            self.check_type(given.get("ContentType", ""))
        elif kind in ("ddeLink", "ddeItem", "script"):
            raise Unclean(Failure.ACTIVE_CONTENT, f"{self.name}: {kind}")
        elif kind == "fldChar" and given.get("fldCharType") == "begin":
            self.check_field()
        elif kind == "fldSimple":
            self.field.append(f"\n{given.get('instr', '')}\n")
        elif kind in ("instrText", "delInstrText", "f", "definedName"):
            self.inside = kind
        if self.name.endswith(".svg") and any(key.lower().startswith("on") for key in given):
            raise Unclean(Failure.ACTIVE_CONTENT, f"{self.name}: event")

    def text(self, text: str) -> None:
        if self.inside in ("instrText", "delInstrText"):
            self.field.append(text)
        elif self.inside:
            self.formula.append(text)

    def end(self, element: str) -> None:
        if self.inside == _local(element):
            if self.formula and _FORMULA.search(_QUOTED.sub('""', "".join(self.formula))):
                raise Unclean(Failure.ACTIVE_CONTENT, f"{self.name}: formula")
            self.inside, self.formula = "", []

    def check_field(self) -> None:
        if _DDE_FIELD.search("".join(self.field)):
            raise Unclean(Failure.ACTIVE_CONTENT, f"{self.name}: DDE")
        self.field = []

    def check_type(self, content_type: str) -> None:
        if "macroenabled" in content_type.lower() or "vbaproject" in content_type.lower():
            raise Unclean(Failure.MACROS, content_type)

    def check_relation(self, given: dict[str, str]) -> None:
        kind, target = given.get("Type", "").rpartition("/")[2].lower(), given.get("Target", "")
        if kind in _FORBIDDEN_RELATIONS:
            raise Unclean(_FORBIDDEN_RELATIONS[kind], f"{self.name}: {kind}")
        if given.get("TargetMode", "").lower() != "external":
            return
        if kind == "attachedtemplate" and _LOCAL_TEMPLATE.match(target):
            return
        if kind != "hyperlink" or not _LINKS.match(target.strip()):
            raise Unclean(Failure.EXTERNAL_LINK, f"{self.name}: {kind}")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
