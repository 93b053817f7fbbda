"""Views that forgot to say which action they perform."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views import View
from rest_framework.response import Response
from rest_framework.views import APIView

from crm_portal.errors import Code, refuse
from crm_portal.people.permissions import public
from crm_portal.people.rules.access import PeopleAction


def silent(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


@public
def refusing(request: HttpRequest) -> HttpResponse:
    raise refuse(Code.INQUIRY_CLOSED)


class Rest(APIView):
    def get(self, request):
        return Response({})


class RestForSome(APIView):
    required_action = PeopleAction.ENTER_ADMIN_SITE

    def get(self, request):
        return Response({})


class ByMethod(View):
    required_action = {"GET": PeopleAction.ENTER}

    def get(self, request):
        return HttpResponse("open")

    def post(self, request):
        return HttpResponse("open")


urlpatterns = [
    path("silent/", silent),
    path("refusing/", refusing),
    path("rest/", Rest.as_view()),
    path("rest-for-some/", RestForSome.as_view()),
    path("by-method/", ByMethod.as_view()),
    path("", include("crm_portal.people.urls")),
    path("", include("crm_portal.ui.urls")),
]
