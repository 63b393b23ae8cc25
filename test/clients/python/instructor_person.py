"""A model's answer as an object of a class."""

import instructor
from contract import serve
from openai import OpenAI
from pydantic import BaseModel


class Person(BaseModel):
    name: str
    age: int


class Client:
    def __init__(self, origin, key, model, retries):
        openai = OpenAI(base_url=f"{origin}/v1", api_key=key, max_retries=retries)
        modes = {"tools": instructor.Mode.TOOLS, "schema": instructor.Mode.JSON_SCHEMA}
        self.clients = {name: instructor.from_openai(openai, mode=mode) for name, mode in modes.items()}
        self.model = model

    def whole(self, text, _image=None):
        mode, _, question = text.partition(" ")
        messages = [{"role": "user", "content": question}]
        create = self.clients[mode].chat.completions.create
        return create(model=self.model, messages=messages, response_model=Person).model_dump_json()


serve(Client)
