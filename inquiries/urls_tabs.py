"""Routes of what the tabs of an inquiry do, and of the customer file."""

from django.urls import path

from .views import activities, customers, related

patterns = [
    path("customers/<int:pk>/", customers.page, name="customer"),
    path("inquiries/<str:number>/contact/", customers.contact, name="contact"),
    path("inquiries/<str:number>/activities/<str:kind>/", activities.write, name="activity"),
    path("inquiries/<str:number>/close-together/", related.close, name="close_together"),
]
