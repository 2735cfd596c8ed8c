from django import forms

from homepage.common.uploads import ImageUploadField, PDFUploadField

from .models import Profile


class ProfileForm(forms.ModelForm):
    class Meta:
        model = Profile
        fields = ()  # those that the fieldsets of the admin name
        field_classes = {"photo": ImageUploadField, "cv": PDFUploadField}
