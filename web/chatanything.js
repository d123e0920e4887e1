import { app } from "../../scripts/app.js";

/** Nodes that play what they made; ComfyUI's page gives a player only to nodes of its own. */
const PLAYERS = ["ChatAnythingVoiceMixer"];
/** Nodes that say something worth reading where it was said. */
const SPEAKERS = ["ChatAnythingChat"];

/** A read-only text on a node that shows what its last run said. */
function addReply(node) {
  const text = document.createElement("textarea");
  text.readOnly = true;
  text.className = "comfy-multiline-input";
  text.placeholder = "the reply";
  node.addDOMWidget("said", "chatanything-text", text, {
    getValue: () => text.value,
    setValue: (value) => (text.value = value ?? ""),
    serialize: false,
  }).serialize = false;
  const { onExecuted } = node;
  node.onExecuted = function (output) {
    onExecuted?.apply(this, arguments);
    text.value = (output.text ?? []).join("");
  };
}

app.registerExtension({
  name: "ChatAnything",

  beforeRegisterNodeDef(nodeType, nodeData) {
    if (PLAYERS.includes(nodeData.name)) nodeData.input.required.audioUI = ["AUDIO_UI", {}];
  },

  nodeCreated(node) {
    if (!node.comfyClass?.startsWith("ChatAnything")) return;
    for (const widget of node.widgets ?? []) {
      // A seed that moves by itself would repaint the portrait at every new message.
      if (widget.name === "control_after_generate") widget.value = "fixed";
      // The player is no input: keep it out of prompts.
      if (widget.name === "audioUI") widget.options.serialize = false;
    }
    if (SPEAKERS.includes(node.comfyClass)) addReply(node);
  },
});
