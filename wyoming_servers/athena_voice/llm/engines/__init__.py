"""What runs a model, the best first. Add a file, add its class here."""

from typing import Final

ALL: Final = {
    "llama-server": "athena_voice.llm.engines.llama_server:LlamaServerEngine",
    "llama-cpp-python": "athena_voice.llm.engines.llama_cpp_python:LlamaCppPythonEngine [llm]",
}
