import json

import litellm
from contract import chat_content, serve, weather_tool


class Client:
    def __init__(self, origin, key, model, retries):
        self.settings = {"model": f"openai/{model}", "api_base": f"{origin}/v1", "api_key": key, "num_retries": retries}

    def ask(self, messages, **options):
        return litellm.completion(messages=messages, **self.settings, **options)

    def stream(self, text, image=None):
        chunks = self.ask([{"role": "user", "content": chat_content(text, image)}], stream=True)
        for chunk in chunks:
            yield chunk.choices[0].delta.content or ""

    def whole(self, text, image=None):
        return self.ask([{"role": "user", "content": chat_content(text, image)}]).choices[0].message.content

    def with_tool(self, text, weather):
        messages = [{"role": "user", "content": text}]
        call = self.ask(messages, tools=[weather_tool]).choices[0].message
        messages.append(call)
        for wanted in call.tool_calls:
            result = weather(json.loads(wanted.function.arguments)["city"])
            messages.append({"role": "tool", "tool_call_id": wanted.id, "content": result})
        return self.ask(messages, tools=[weather_tool]).choices[0].message.content


serve(Client)
