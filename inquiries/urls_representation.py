"""Routes of the representation box of an inquiry."""

from django.urls import path

from .views import representation

patterns = [
    path("inquiries/<str:number>/own-name/", representation.mark, name="own_name"),
    path("inquiries/<str:number>/own-name/remove/", representation.unmark, name="unmark_own_name"),
    path("inquiries/<str:number>/representation/", representation.check, name="check_representation"),
]
