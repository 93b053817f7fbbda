"""The calculation sheet of a wage claim, and the employees' own page."""

from django.urls import path

from .views import declaration, employee_files, employees

app_name = "claim_employees"
urlpatterns = [
    path("declare/<str:token>/", declaration.declaration, name="declaration"),
    path("employees/<str:number>/", employees.sheet, name="sheet"),
    path("employees/<str:number>/add/", employees.add, name="add"),
    path("employees/<str:number>/template.xlsx", employee_files.template, name="template"),
    path("employees/<str:number>/upload/", employee_files.upload, name="upload"),
    path("employees/<str:number>/<int:pk>/", employees.employee, name="employee"),
    path("employees/<str:number>/<int:pk>/days/", employees.add_days, name="add_days"),
    path("employees/<str:number>/<int:pk>/days/drop/", employees.drop_days, name="drop_days"),
    path("employees/<str:number>/<int:pk>/drop/", employees.drop, name="drop"),
    path("employees/<str:number>/<int:pk>/remove/", employees.remove, name="remove"),
    path("employees/<str:number>/<int:pk>/correct/", employees.correct, name="correct"),
    path("employees/<str:number>/<int:pk>/resend/", employees.resend, name="resend"),
]
