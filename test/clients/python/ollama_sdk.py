from contract import serve, weather_tool
from ollama import Client as Ollama


class Client:
    def __init__(self, origin, key, model, _retries):
        self.ollama = Ollama(host=origin, headers={"authorization": f"Bearer {key}"})
        self.model = model

    def question(self, text, image):
        return [{"role": "user", "content": text, **({} if image is None else {"images": [image]})}]

    def stream(self, text, image=None):
        for chunk in self.ollama.chat(model=self.model, messages=self.question(text, image), stream=True):
            yield chunk.message.content or ""

    def whole(self, text, image=None):
        return self.ollama.chat(model=self.model, messages=self.question(text, image)).message.content

    def with_tool(self, text, weather):
        messages = self.question(text, None)
        call = self.ollama.chat(model=self.model, messages=messages, tools=[weather_tool]).message
        messages.append(call)
        for wanted in call.tool_calls:
            result = weather(wanted.function.arguments["city"])
            messages.append({"role": "tool", "tool_name": "weather", "content": result})
        return self.ollama.chat(model=self.model, messages=messages, tools=[weather_tool]).message.content


serve(Client)
