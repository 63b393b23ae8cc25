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

        tool = FunctionTool.from_defaults(weather)
        messages = self.question(text, None)
        call = self.llm.chat_with_tools([tool], chat_history=messages)
        messages.append(call.message)
        for wanted in self.llm.get_tool_calls_from_response(call):
            result = tool(**wanted.tool_kwargs).content
            messages.append(ChatMessage(role="tool", content=result, additional_kwargs={"tool_call_id": wanted.tool_id}))
        return self.llm.chat_with_tools([tool], chat_history=messages).message.content


serve(Client)
