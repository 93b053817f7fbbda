"""What belongs to the API as a whole."""

from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.permissions import AllowAny


class SchemaView(SpectacularJSONAPIView):
    """The API's own description (OpenAPI 3.1)."""

    permission_classes = [AllowAny]
    authentication_classes = []
