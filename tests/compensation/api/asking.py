"""How the tests ask the API of compensation: signed in as somebody, JSON both ways."""

from django.urls import reverse


def get(client, user, name, /, *args, **query):
    client.force_login(user)
    return client.get(reverse(f"compensation_api:{name}", args=args), query)


def post(client, user, name, /, *args, **body):
    client.force_login(user)
    return client.post(reverse(f"compensation_api:{name}", args=args), body, content_type="application/json")


def said(answer):
    """The codes of a problem document with their fields."""
    return [(one["code"], one["field"]) for one in answer.json()["errors"]]
