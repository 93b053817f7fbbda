"""The forms of a page, as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

IGNORED = {"submit", "button", "image", "reset"}


@dataclass
class Form:
    """One form: where it goes, how, and what stands in its fields."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.forms, self.by_id = page, [], {}
        self.form: Form | None = None
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = Form(given.get("action") or self.page, given.get("method", "get").lower())
            self.forms.append(self.form)
            self.by_id[given.get("id")] = self.form
        form = self.by_id.get(given["form"]) if "form" in given else self.form
        name = given.get("name", "")
        if form is None:
            return
        if tag == "input" and name and given.get("type", "text") not in IGNORED:
            form.kinds[name] = given.get("type", "text")
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                form.fields[name] = given.get("value", "on" if "checked" in given else "")
        elif tag == "button" and name:
            form.kinds.setdefault(name, "button")
        elif tag == "select":
            self.select = name
            form.kinds[name] = "select"
            form.fields.setdefault(name, "")
        elif tag == "option" and self.select and "selected" in given:
            form.fields[self.select] = given.get("value", "")
        elif tag == "textarea":
            self.area = name
            form.kinds[name] = "textarea"
            form.fields[name] = ""

    def handle_data(self, data: str) -> None:
        if self.area and self.form is not None:
            self.form.fields[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""


def forms_of(html: str, page: str) -> list[Form]:
    """The forms of a page."""
    reader = _Reader(page)
    reader.feed(html)
    return reader.forms


def typed_in(html: str, name: str) -> set[str]:
    """What stands in the fields of this name, in all the page's forms."""
    return {form.fields[name].removeprefix("\n") for form in forms_of(html, "") if name in form.fields}


@dataclass
class _Element:
    attrs: dict[str, str]
    text: str = ""


class _Elements(HTMLParser):
    """Every element with an id or a name, and the text inside those with an id."""

    VOID = {"input", "img", "br", "link", "meta", "hr", "use"}

    def __init__(self) -> None:
        super().__init__()
        self.named: dict[str, list[_Element]] = {}
        self.by_id: dict[str, _Element] = {}
        self.open: list[tuple[str, _Element | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = _Element({name: value or "" for name, value in attrs})
        if name := element.attrs.get("name"):
            self.named.setdefault(name, []).append(element)
        if identity := element.attrs.get("id"):
            self.by_id[identity] = element
        if tag not in self.VOID:
            self.open.append((tag, element))

    def handle_endtag(self, tag: str) -> None:
        if any(tag == opened for opened, _element in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        for _tag, element in self.open:
            if element is not None:
                element.text += data


def error_at(html: str, name: str) -> str:
    """What the page says is wrong with a field, as a screen reader finds it: the field is invalid and described."""
    page = _Elements()
    page.feed(html)
    for control in page.named.get(name, []):
        group = page.by_id.get(f"{control.attrs.get('id', '').rpartition('_')[0]}_field", _Element({}))
        described = control.attrs.get("aria-describedby") or group.attrs.get("aria-describedby", "")
        said = [page.by_id[one].text for one in described.split() if one.endswith("error")]
        if said:
            assert control.attrs.get("aria-invalid") == "true", f"{name} is not marked as invalid"
            return " ".join(" ".join(said).split())
    return ""
