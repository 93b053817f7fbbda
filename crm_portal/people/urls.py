"""The doors of the portal."""

from django.urls import path

from .views import code, contact, password, registration, second_factor, sign_in

app_name = "people"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/code/", code.code, name="code"),
    path("sign-in/code/again/", code.send_again, name="code_again"),
    path("sign-in/second-factor/", second_factor.second_factor, name="second_factor"),
    path("sign-in/second-factor/enrol/", second_factor.enrol, name="enrol"),
    path("sign-in/recovery-codes/", second_factor.recovery_codes, name="recovery_codes"),
    path("sign-in/password/<str:uid>/<str:token>/", password.choose, name="choose_password"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("register/", registration.identity, name="register"),
    path("register/contact/", registration.contact, name="register_contact"),
    path("register/confirm/", registration.confirm, name="register_confirm"),
    path("register/again/", registration.send_again, name="register_again"),
    path("my/contact/", contact.contact, name="contact"),
    path("my/contact/confirm/", contact.confirm, name="contact_confirm"),
]
