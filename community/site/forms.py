from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=settings.LANGUAGES)


class CookieForm(forms.Form):
    choice = forms.ChoiceField(
        label=_("Your choice"),
        choices=[("necessary", _("Only what is needed")), ("measuring", _("Count my visits too"))],
        widget=forms.RadioSelect,
    )


class SampleForm(forms.Form):
    """Shown on the style page, never saved."""

    title = forms.CharField(label=_("Title"), max_length=120, help_text=_("In one line, what is it about?"))
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("discussion", _("Discussion")), ("question", _("Question")), ("idea", _("Idea"))],
        widget=forms.RadioSelect,
        initial="discussion",
    )
    board = forms.ChoiceField(
        label=_("Board"), choices=[("kitchen", _("Kitchen")), ("books", _("Books"))], required=False
    )
    body = forms.CharField(label=_("Text"), widget=forms.Textarea)
    watch = forms.BooleanField(label=_("Tell me when someone replies"), required=False)
