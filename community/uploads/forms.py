from django import forms
from django.utils.translation import gettext_lazy as _

from community.uploads import conf


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG, GIF or WebP, up to 10 MB. Where and with what it was taken is removed."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/gif,image/webp"}),
    )
    alt = forms.CharField(
        label=_("Description"),
        help_text=_("What does it show? For those who cannot see it."),
        max_length=conf.ALT_LENGTH,
        required=False,
    )


class DescriptionForm(forms.Form):
    alt = forms.CharField(label=_("Description"), max_length=conf.ALT_LENGTH, required=False)
