import asyncio

from agents import Agent, ModelSettings, OpenAIResponsesModel, Runner, function_tool, set_tracing_disabled
from contract import data_url, serve
from openai import AsyncOpenAI

set_tracing_disabled(True)


class Client:
    """Over the Responses API, its own default."""

    def __init__(self, origin, key, model, retries):
        client = AsyncOpenAI(base_url=f"{origin}/v1", api_key=key, max_retries=retries)
        self.model = OpenAIResponsesModel(model=model, openai_client=client)

    def agent(self, tools=()):
        return Agent(name="assistant", model=self.model, tools=list(tools))

    def question(self, text, image):
        content = [{"type": "input_text", "text": text}]
        if image is not None:
            content.append({"type": "input_image", "image_url": data_url(image), "detail": "auto"})
        return [{"role": "user", "content": content}]

    def stream(self, text, image=None):
        loop = asyncio.new_event_loop()
        events = self.deltas(text, image)
        try:
            while True:
                yield loop.run_until_complete(anext(events))
        except StopAsyncIteration:
            pass
        finally:
            loop.run_until_complete(events.aclose())

    async def deltas(self, text, image):
        run = Runner.run_streamed(self.agent(), self.question(text, image))
        try:
            async for event in run.stream_events():
                if event.type == "raw_response_event" and event.data.type == "response.output_text.delta":
                    yield event.data.delta
        finally:
            run.cancel()

    def whole(self, text, image=None):
        return Runner.run_sync(self.agent(), self.question(text, image)).final_output

    def with_tool(self, text, answer):
        @function_tool
        def weather(city: str) -> str:
            """The weather in a city"""
            return answer(city)

        return Runner.run_sync(self.agent([weather]), text).final_output


serve(Client)
