"""The sockets between the nodes: one frozen record each."""

from comfy_api.v0_0_2 import io

Persona = io.Custom("CHATANYTHING_PERSONA")
Voice = io.Custom("CHATANYTHING_VOICE")
Timeline = io.Custom("CHATANYTHING_TIMELINE")
Mixture = io.Custom("CHATANYTHING_EXPERT")
Guide = io.Custom("CHATANYTHING_GUIDE")
Start = io.Custom("CHATANYTHING_START")
Drawing = io.Custom("CHATANYTHING_DRAWING")
Face = io.Custom("CHATANYTHING_FACE")
History = io.Custom("CHATANYTHING_HISTORY")
Tries = io.Custom("CHATANYTHING_TRIES")
FaceLandmarks = io.Custom("FACE_LANDMARKS")
"""A socket of ComfyUI's own, which older versions lack."""
