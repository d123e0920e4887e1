import { api } from "../../scripts/api.js";
import { app } from "../../scripts/app.js";
import { keepHistory } from "./chat_history.js";
import { offerModel } from "./face_models.js";
import { placeFace } from "./face_place.js";
import { facetimeTab, meet } from "./facetime_panel.js";
import { editFace } from "./face_points.js";
import { followMenus, learnMenus, refreshMenus } from "./follow_menu.js";
import { playFilm } from "./play_film.js";
import { showText } from "./shown_text.js";

/** Nodes that play what they made; ComfyUI's page gives a player only to nodes of its own. */
const PLAYERS = ["ChatAnythingVoiceMixer"];
/** Nodes that show a video; the page of ComfyUI 0.8 takes it for a picture in Nodes 2.0. */
const FILMS = ["TalkingHead", "IdleHead", "VideoJoin", "SaveVideo", "Duet"].map((n) => `ChatAnything${n}`);

/** Nodes whose face can be dragged. */
const FACES = ["ChatAnythingFaceCheck", "ChatAnythingLandmarkGuidance"];

/** Set by pages that have App mode; the linear view before it showed every knob and no film. */
const APP_MODE = "Comfy.AppBuilder.VueNodeSwitchDismissed";

/** Dates and values of other nodes in a file name, such as %date:yyyy-MM-dd%. */
const filled = (name) => window.comfyAPI?.utils?.applyTextReplacements?.(app, name) ?? name;

/** A player for a video, and a picture for the loops that are none. */
function showFilm(node) {
  node.previewMediaType = "video";
  const before = node.onExecuted;
  node.onExecuted = function (output) {
    const name = output?.images?.[0]?.filename ?? "";
    this.previewMediaType = /\.(gif|webp)$/.test(name) ? "image" : "video";
    before?.apply(this, arguments);
  };
}

app.registerExtension({
  name: "ChatAnything",

  setup() {
    const { extensionManager } = app;
    extensionManager.registerSidebarTab(facetimeTab);
    api.addEventListener("executed", ({ detail }) => {
      playFilm(detail?.output);
      const [character] = detail?.output?.facetime ?? [];
      if (character) meet(extensionManager, character).catch((error) => console.warn("ChatAnything:", error));
    });
  },

  beforeConfigureGraph(graph) {
    const ours = graph?.nodes?.some((node) => node.type?.startsWith("ChatAnything"));
    if (!ours || !graph.extra?.linearData) return;
    if (app.extensionManager.setting.get(APP_MODE) === undefined) delete graph.extra.linearMode;
  },

  beforeRegisterNodeDef(nodeType, nodeData) {
    if (nodeData.name?.startsWith("ChatAnything")) learnMenus(nodeData);
    if (PLAYERS.includes(nodeData.name)) nodeData.input.required.audioUI = ["AUDIO_UI", {}];
  },

  refreshComboInNodes(definitions) {
    refreshMenus(definitions);
  },

  nodeCreated(node) {
    if (!node.comfyClass?.startsWith("ChatAnything")) return;
    showText(node);
    followMenus(node);
    if (FILMS.includes(node.comfyClass)) showFilm(node);
    if (node.comfyClass === "ChatAnythingFaceCheck") offerModel(node, "face", "Get the face models");
    if (node.comfyClass === "ChatAnythingChat") keepHistory(node);
    if (FACES.includes(node.comfyClass)) editFace(node);
    if (node.comfyClass === "ChatAnythingDrawing") placeFace(node, "face");
    for (const widget of node.widgets ?? []) {
      // A seed that moves by itself would repaint the portrait at every new message.
      if (widget.name === "control_after_generate") widget.value = "fixed";
      // As the page does for its own Save nodes.
      if (widget.name === "filename_prefix") widget.serializeValue = () => filled(widget.value);
      // The player is not an input: keep it out of prompts.
      if (widget.name === "audioUI") widget.options.serialize = false;
    }
  },
});
