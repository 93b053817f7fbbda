def test_the_description_of_the_api_is_openapi_3_1_and_open_to_everybody(client, db):
    response = client.get("/api/v1/schema/")

    assert response.status_code == 200
    assert response.json()["openapi"] == "3.1.0"
