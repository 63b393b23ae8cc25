"""LangChain's standard tests for its three chat classes, each over the API that it speaks."""

import os

from langchain_anthropic import ChatAnthropic
from langchain_ollama import ChatOllama
from langchain_openai import ChatOpenAI
from langchain_tests.integration_tests import ChatModelIntegrationTests

address = os.environ["HEARTH_URL"]
key = os.environ["HEARTH_KEY"]
model = os.environ["HEARTH_MODEL"]


class Standard(ChatModelIntegrationTests):
    supports_json_mode = True

    @property
    def model_override_value(self):
        return model


class TestOpenAI(Standard):
    chat_model_class = ChatOpenAI
    chat_model_params = {"model": model, "base_url": f"{address}/v1", "api_key": key, "stream_usage": True}


class TestResponses(Standard):
    chat_model_class = ChatOpenAI
    chat_model_params = {
        "model": model,
        "base_url": f"{address}/v1",
        "api_key": key,
        "use_responses_api": True,
    }


class TestAnthropic(Standard):
    chat_model_class = ChatAnthropic
    supports_json_mode = False
    chat_model_params = {"model": model, "base_url": address, "api_key": key, "max_tokens": 1000}


class TestOllama(Standard):
    chat_model_class = ChatOllama
    chat_model_params = {
        "model": model,
        "base_url": address,
        "client_kwargs": {"headers": {"authorization": f"Bearer {key}"}},
    }


del Standard, ChatModelIntegrationTests
