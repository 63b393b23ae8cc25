import asyncio

from contract import serve
from openai import AsyncOpenAI
from pydantic_ai import Agent, BinaryContent
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider


class Client:
    def __init__(self, origin, key, model, retries):
        client = AsyncOpenAI(base_url=f"{origin}/v1", api_key=key, max_retries=retries)
        self.agent = Agent(OpenAIChatModel(model, provider=OpenAIProvider(openai_client=client)))

    def prompt(self, text, image):
        return text if image is None else [text, BinaryContent(data=image, media_type="image/png")]

    def stream(self, text, image=None):
        with self.agent.run_stream_sync(self.prompt(text, image)) as run:
            yield from run.stream_text(delta=True, debounce_by=None)

    def whole(self, text, image=None):
        return self.agent.run_sync(self.prompt(text, image)).output

    def with_tool(self, text, answer):
        @self.agent.tool_plain
        def weather(city: str) -> str:
            """The weather in a city"""
            return answer(city)

        return self.agent.run_sync(text).output


serve(Client)
