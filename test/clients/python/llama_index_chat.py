from contract import serve
from llama_index.core.llms import ChatMessage, ImageBlock, TextBlock
from llama_index.core.tools import FunctionTool
from llama_index.llms.openai_like import OpenAILike


class Client:
    def __init__(self, origin, key, model, retries):
        self.llm = OpenAILike(
            model=model,
            api_base=f"{origin}/v1",
            api_key=key,
            max_retries=retries,
            is_chat_model=True,
            is_function_calling_model=True,
        )

    def question(self, text, image):
        blocks = [TextBlock(text=text), *([] if image is None else [ImageBlock(image=image, image_mimetype="image/png")])]
        return [ChatMessage(role="user", blocks=blocks)]

    def stream(self, text, image=None):
        for chunk in self.llm.stream_chat(self.question(text, image)):
            yield chunk.delta or ""

    def whole(self, text, image=None):
        return self.llm.chat(self.question(text, image)).message.content

    def with_tool(self, text, answer):
        def weather(city: str) -> str:
            """The weather in a city"""
            return answer(city)

        return self.llm.predict_and_call([FunctionTool.from_defaults(weather)], text).response


serve(Client)
