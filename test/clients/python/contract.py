"""One question from the first line of stdin to a client, and what comes of it by lines on stdout."""

import base64
import json
import sys
import traceback


def tell(**said):
    print("#contract " + json.dumps(said), flush=True)


def ask(**said):
    tell(**said)
    return json.loads(sys.stdin.readline())


def serve(client_class):
    """The class takes an address, and has stream(text, image), whole(text, image) and with_tool(text, weather)."""
    question = json.loads(sys.stdin.readline())
    text = question["text"]
    image = question["image"] and base64.b64decode(question["image"])
    try:
        client = client_class(question["origin"], question["key"], question["model"], question["retries"])
        if question["do"] == "stream":
            answer = streamed(client.stream(text, image))
        elif question["do"] == "whole":
            answer = client.whole(text, image)
        else:
            answer = client.with_tool(text, lambda city: ask(city=city)["answer"])
        tell(done=answer)
    except Exception as error:  # Whatever a client raises is what its user would see.
        traceback.print_exc()
        tell(error=f"{type(error).__name__}: {error}")


def streamed(pieces):
    answer = ""
    for piece in pieces:
        answer += piece
        if piece and not ask(text=answer)["goOn"]:
            pieces.close()
            break
    return answer


def data_url(image):
    return "data:image/png;base64," + base64.b64encode(image).decode()


def chat_content(text, image):
    """The content of a user's message as OpenAI's chat API has it."""
    if image is None:
        return text
    return [{"type": "text", "text": text}, {"type": "image_url", "image_url": {"url": data_url(image)}}]


weather_tool = {
    "type": "function",
    "function": {
        "name": "weather",
        "description": "The weather in a city",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}
