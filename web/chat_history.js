import { app } from "../../scripts/app.js";

/** Where a node keeps the conversation as it was before its last turn; saved with the workflow. */
const BEFORE = "chatanything_before";

const widgetOf = (node, name) => node.widgets?.find((widget) => widget.name === name);
const isWired = (node, name) => node.inputs?.some((input) => input.name === name && input.link != null);

/** The message of the last turn of a conversation; undefined when there is none. */
function lastMessage(text) {
  try {
    return JSON.parse(text).turns?.at(-1)?.message;
  } catch {
    return undefined;
  }
}

/**
 * What is sent: the whole conversation with a new message; with the same message once more, the
 * conversation before it, so that a graph that runs again does not say everything twice.
 */
function sent(node, history) {
  const before = node.properties?.[BEFORE];
  if (typeof before !== "string" || isWired(node, "message")) return history.value;
  const message = widgetOf(node, "message")?.value ?? "";
  return lastMessage(history.value) === message.trim() ? before : history.value;
}

/** Have a Chat keep its conversation in its own widget, and begin a new one at a click. */
export function keepHistory(node) {
  const history = widgetOf(node, "history_json");
  if (!history) return;
  history.serializeValue = () => sent(node, history);
  const executed = node.onExecuted;
  node.onExecuted = function (output) {
    executed?.apply(this, arguments);
    const [told] = output?.history ?? [];
    // A wired conversation belongs to the node that it comes from.
    if (!told || isWired(node, "history") || isWired(node, "history_json") || told === history.value) return;
    const before = sent(node, history);
    node.setProperty(BEFORE, before);
    history.value = told;
    app.graph.setDirtyCanvas?.(true, true);
  };
  const button = node.addWidget("button", "New conversation", null, () => {
    node.setProperty(BEFORE, "");
    history.value = "";
    app.graph.setDirtyCanvas?.(true, true);
  });
  button.serialize = false; // of workflows
  button.options.serialize = false; // of prompts
}
