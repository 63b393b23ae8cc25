from contract import chat_content, serve
from langchain_core.messages import HumanMessage
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI


class Client:
    def __init__(self, origin, key, model, retries):
        self.chat = ChatOpenAI(base_url=f"{origin}/v1", api_key=key, model=model, max_retries=retries)

    def question(self, text, image):
        return [HumanMessage(content=chat_content(text, image))]

    def stream(self, text, image=None):
        for chunk in self.chat.stream(self.question(text, image)):
            yield chunk.text

    def whole(self, text, image=None):
        return self.chat.invoke(self.question(text, image)).text

    def with_tool(self, text, answer):
        @tool
        def weather(city: str) -> str:
            """The weather in a city"""
            return answer(city)

        bound = self.chat.bind_tools([weather])
        messages = self.question(text, None)
        call = bound.invoke(messages)
        return bound.invoke([*messages, call, *(weather.invoke(wanted) for wanted in call.tool_calls)]).text


serve(Client)
