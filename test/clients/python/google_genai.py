from contract import serve
from google import genai
from google.genai import types


class Client:
    def __init__(self, origin, key, model, retries):
        options = types.HttpOptions(base_url=origin, retry_options=types.HttpRetryOptions(attempts=retries + 1))
        self.client = genai.Client(api_key=key, http_options=options)
        self.model = model

    def contents(self, text, image):
        return [text] if image is None else [types.Part.from_bytes(data=image, mime_type="image/png"), text]

    def stream(self, text, image=None):
        for chunk in self.client.models.generate_content_stream(model=self.model, contents=self.contents(text, image)):
            yield chunk.text or ""

    def whole(self, text, image=None):
        return self.client.models.generate_content(model=self.model, contents=self.contents(text, image)).text

    def with_tool(self, text, weather):
        # Its signature becomes the tool that the model is offered; the SDK calls it by itself.
        def tool(city: str) -> str:
            return weather(city)

        tool.__name__ = "weather"
        tool.__doc__ = "The weather in a city"
        config = types.GenerateContentConfig(tools=[tool])
        return self.client.models.generate_content(model=self.model, contents=text, config=config).text


serve(Client)
