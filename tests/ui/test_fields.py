"""Each field has its label, its hint above, its error below, and says so to assistive technology."""

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

from crm_portal.errors import Code, Refusal, Refused
from crm_portal.ui.forms import FilesField, explain


class ExampleForm(forms.Form):
    name = forms.CharField(help_text="as in the register")
    email = forms.EmailField(required=False)
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    amount = forms.DecimalField(required=False)
    agreed = forms.BooleanField()
    files = FilesField(required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False)


def draw(source, **context):
    return Template("{% load portal %}" + source).render(Context(context))


def test_a_field_names_its_hint_and_its_error():
    html = draw("{% field form.name %}", form=ExampleForm({}))

    assert '<label class="label" for="id_name">' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert html.index("id_name_helptext") < html.index("<input") < html.index('class="error"')


def test_the_same_field_without_a_mistake_names_its_hint_only():
    html = draw("{% field form.name %}", form=ExampleForm())

    assert 'aria-describedby="id_name_helptext"' in html
    assert "aria-invalid" not in html


def test_a_group_of_choices_is_a_fieldset_with_a_legend():
    html = draw("{% field form.kind %}", form=ExampleForm({}))

    assert "<fieldset" in html
    assert "<legend" in html
    assert html.count('type="radio"') == 2
    assert 'aria-describedby="id_kind_error"' in html


def test_latin_fields_are_typed_left_to_right_and_attributes_pass_through():
    html = draw('{% field form.email hx_get="/x/" autocomplete="email" %}', form=ExampleForm())

    assert 'dir="ltr"' in html
    assert 'hx-get="/x/"' in html
    assert 'autocomplete="email"' in html


def test_a_check_box_is_inside_its_label_and_a_hidden_field_is_bare():
    assert re.search(r"<label[^>]*><input[^>]*checkbox", draw("{% field form.agreed %}", form=ExampleForm()))
    assert draw("{% field form.key %}", form=ExampleForm()).startswith('<input type="hidden"')


def test_django_draws_whole_forms_with_the_same_field():
    assert '<div class="field" id="id_name_field">' in str(ExampleForm())


def test_the_error_summary_links_to_each_field_and_takes_the_focus():
    form = ExampleForm({})
    form.add_error(None, "on the whole")

    html = draw("{% error_summary form %}", form=form)

    assert '<a href="#id_name">' in html
    assert '<a href="#id_kind_0">' in html
    assert "on the whole" in html
    assert 'tabindex="-1"' in html


def test_a_form_not_sent_yet_has_no_summary():
    assert "error-summary" not in draw("{% error_summary form %}", form=ExampleForm())


def test_a_refusal_is_shown_at_its_field_and_elsewhere_on_top():
    form = ExampleForm({"name": "x", "kind": "a", "agreed": "1"})
    assert form.is_valid()

    explain(
        form,
        Refused(Refusal(Code.FIELD_REQUIRED, ("full_name",)), Refusal(Code.VIEW_ONLY), Refusal(Code.DUPLICATE, ("x",))),
        {"full_name": "name"},
    )

    assert list(form.errors) == ["name", "__all__"]
    assert len(form.non_field_errors()) == 2


def test_one_field_takes_several_files():
    two = [SimpleUploadedFile("a.pdf", b"a"), SimpleUploadedFile("b.pdf", b"b")]

    form = ExampleForm({"name": "x", "kind": "a", "agreed": "1"}, MultiValueDict({"files": two}))

    assert form.is_valid()
    assert [file.name for file in form.cleaned_data["files"]] == ["a.pdf", "b.pdf"]
    assert "multiple" in str(form["files"])


def test_every_icon_that_a_template_names_is_in_the_sprite():
    root = Path(settings.BASE_DIR)
    sprite = (root / "static/portal/icons.svg").read_text(encoding="utf-8")
    named = set()
    for path in (root / "templates").rglob("*.html"):
        named |= set(re.findall(r"{% icon [\"']([\w-]+)", path.read_text(encoding="utf-8")))

    assert {name for name in named if f'id="i-{name}"' not in sprite} == set()


@pytest.mark.parametrize("pattern", [r"\sstyle=", r"\son(click|change|submit|load|input)=", r"<style", r"<script>"])
def test_no_template_carries_inline_style_or_scripts(pattern):
    found = [
        path.name
        for path in (Path(settings.BASE_DIR) / "templates").rglob("*.html")
        if re.search(pattern, path.read_text(encoding="utf-8"))
    ]

    assert found == []
