import base64

from anthropic import Anthropic
from contract import serve, weather_tool

tool = {
    "name": "weather",
    "description": "The weather in a city",
    "input_schema": weather_tool["function"]["parameters"],
}


class Client:
    def __init__(self, origin, key, model, retries):
        self.messages = Anthropic(base_url=origin, api_key=key, max_retries=retries).messages
        self.model = model

    def question(self, text, image):
        content = [{"type": "text", "text": text}]
        if image is not None:
            source = {"type": "base64", "media_type": "image/png", "data": base64.b64encode(image).decode()}
            content.append({"type": "image", "source": source})
        return [{"role": "user", "content": content}]

    def stream(self, text, image=None):
        with self.messages.stream(model=self.model, max_tokens=200, messages=self.question(text, image)) as stream:
            yield from stream.text_stream

    def whole(self, text, image=None):
        answer = self.messages.create(model=self.model, max_tokens=200, messages=self.question(text, image))
        return answer.content[0].text

    def with_tool(self, text, weather):
        messages = self.question(text, None)
        call = self.messages.create(model=self.model, max_tokens=200, messages=messages, tools=[tool])
        results = [
            {"type": "tool_result", "tool_use_id": block.id, "content": weather(block.input["city"])}
            for block in call.content
            if block.type == "tool_use"
        ]
        messages += [{"role": "assistant", "content": call.content}, {"role": "user", "content": results}]
        answer = self.messages.create(model=self.model, max_tokens=200, messages=messages, tools=[tool])
        return answer.content[0].text


serve(Client)
