"""Thin ComfyUI adapters: one file per node, no logic."""

from comfy_api.v0_0_2 import ComfyExtension, io

from .animatable_portrait import AnimatablePortrait
from .card import LoadCharacterCard, SaveCharacterCard
from .casting import Casting
from .character import CharacterNode
from .chat import Chat
from .comfy import download_routes, facetime_routes
from .comfy.runtime import use_comfyui
from .diffuser_mixer import DiffuserMixer
from .drawing import DrawingNode
from .duet import Duet
from .evaluate import Evaluate
from .expert import ExpertNode
from .expert_loader import ExpertLoader
from .face_check import FaceCheck
from .facetime import Facetime
from .history import EditHistory
from .idle_head import IdleHead
from .inversion import Inversion
from .landmark_guidance import LandmarkGuidance
from .persona import LLMPersona
from .portrait import PortraitNode
from .portrait_try import PortraitTry
from .save_video import SaveTalkingVideo
from .speak import Speak
from .starter import Starter
from .talking_head import TalkingHead
from .timeline import TimelineOfAudio
from .video_frames import VideoFrames
from .video_join import VideoJoin
from .voice_mixer import VoiceMixer

NODES: list[type[io.ComfyNode]] = [
    CharacterNode,
    LLMPersona,
    LoadCharacterCard,
    Chat,
    EditHistory,
    Casting,
    VoiceMixer,
    ExpertNode,
    DiffuserMixer,
    ExpertLoader,
    Starter,
    LandmarkGuidance,
    Inversion,
    DrawingNode,
    PortraitNode,
    AnimatablePortrait,
    PortraitTry,
    FaceCheck,
    Speak,
    TimelineOfAudio,
    TalkingHead,
    IdleHead,
    Facetime,
    Duet,
    VideoJoin,
    VideoFrames,
    SaveCharacterCard,
    SaveTalkingVideo,
    Evaluate,
]


class ChatAnythingExtension(ComfyExtension):
    """The ordered list of our nodes."""

    async def get_node_list(self) -> list[type[io.ComfyNode]]:
        return NODES


async def comfy_entrypoint() -> ChatAnythingExtension:
    """What ComfyUI's loader calls, once and before any node is asked for its inputs."""
    use_comfyui()
    download_routes.add_routes()
    facetime_routes.add_routes()
    return ChatAnythingExtension()
