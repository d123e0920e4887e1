import { app } from "../../scripts/app.js";
import { offerModel } from "./face_models.js";
import { placeFace } from "./face_place.js";

/** Nodes that play what they made; ComfyUI's page gives a player only to nodes of its own. */
const PLAYERS = ["ChatAnythingVoiceMixer"];

app.registerExtension({
  name: "ChatAnything",

  beforeRegisterNodeDef(nodeType, nodeData) {
    if (PLAYERS.includes(nodeData.name)) nodeData.input.required.audioUI = ["AUDIO_UI", {}];
  },

  nodeCreated(node) {
    if (!node.comfyClass?.startsWith("ChatAnything")) return;
    if (node.comfyClass === "ChatAnythingFaceCheck") offerModel(node, "face", "Get the face models");
    if (node.comfyClass === "ChatAnythingDrawing") placeFace(node, "face");
    for (const widget of node.widgets ?? []) {
      // A seed that moves by itself would repaint the portrait at every new message.
      if (widget.name === "control_after_generate") widget.value = "fixed";
      // The player is not an input: keep it out of prompts.
      if (widget.name === "audioUI") widget.options.serialize = false;
    }
  },
});
