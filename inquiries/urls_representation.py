"""Routes of section-60 representatives, and of the representation box of an inquiry."""

from django.urls import path

from .views import representation, section_60

pages = [  # before the number of an inquiry is read
    path("inquiries/section-60/", section_60.section_60_page, name="section_60"),
    path("inquiries/section-60/<int:pk>/", section_60.switch, name="switch_section_60"),
]
patterns = [
    path("inquiries/<str:number>/own-name/", representation.mark, name="own_name"),
    path("inquiries/<str:number>/own-name/remove/", representation.unmark, name="unmark_own_name"),
    path("inquiries/<str:number>/representation/", representation.check, name="check_representation"),
]
