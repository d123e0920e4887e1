import { app } from "../../scripts/app.js";

app.registerExtension({
  name: "ChatAnything",

  /** Seeds of a new node stay as they are: a new message must not repaint the portrait. */
  nodeCreated(node) {
    if (!node.comfyClass?.startsWith("ChatAnything")) return;
    for (const widget of node.widgets ?? [])
      if (widget.name === "control_after_generate") widget.value = "fixed";
  },
});
