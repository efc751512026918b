"""Snapshots as files, for ``bin/gengap measure``: neither a broker nor Kafka's client is needed."""

from pathlib import Path

from gengap import network, safetensors


def save(model, folder, step, *, input=None):
    """Writes the weights of ``model`` after ``step`` steps to ``folder``, and gives the file's path.

    Beside it comes network.json, the model in the network language. ``input`` is the shape of one
    example, where the first layer is not linear. Whoever watches the folder finds whole files only.
    """
    described = network.describe(model, input)
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    text, written = f"{described.text()}\n".encode(), folder / "network.json"
    if not written.is_file() or written.read_bytes() != text:
        safetensors.replace(written, text)
    file = folder / f"step-{step:012d}.safetensors"
    safetensors.write(file, described.weights(), {"step": str(step)})
    return file
