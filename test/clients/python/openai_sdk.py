import json

from contract import chat_content, serve, weather_tool
from openai import OpenAI


class Client:
    def __init__(self, origin, key, model, retries):
        self.completions = OpenAI(base_url=f"{origin}/v1", api_key=key, max_retries=retries).chat.completions
        self.model = model

    def stream(self, text, image=None):
        messages = [{"role": "user", "content": chat_content(text, image)}]
        with self.completions.create(model=self.model, messages=messages, stream=True) as chunks:
            for chunk in chunks:
                yield (chunk.choices[0].delta.content or "") if chunk.choices else ""

    def whole(self, text, image=None):
        messages = [{"role": "user", "content": chat_content(text, image)}]
        return self.completions.create(model=self.model, messages=messages).choices[0].message.content

    def with_tool(self, text, weather):
        messages = [{"role": "user", "content": text}]
        call = self.completions.create(model=self.model, messages=messages, tools=[weather_tool]).choices[0].message
        messages.append(call)
        for wanted in call.tool_calls:
            result = weather(json.loads(wanted.function.arguments)["city"])
            messages.append({"role": "tool", "tool_call_id": wanted.id, "content": result})
        answer = self.completions.create(model=self.model, messages=messages, tools=[weather_tool])
        return answer.choices[0].message.content


serve(Client)
