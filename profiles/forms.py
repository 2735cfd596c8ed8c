from homepage.common.conflicts import GuardedForm
from homepage.common.uploads import ImageUploadField, PDFUploadField

from .models import Profile


class ProfileForm(GuardedForm):
    class Meta:
        model = Profile
        fields = ()  # those that the fieldsets of the admin name
        field_classes = {"photo": ImageUploadField, "icon": ImageUploadField, "cv": PDFUploadField}
