import { api } from "../../scripts/api.js";
import { app } from "../../scripts/app.js";

const ROUTE = "/chatanything/downloads";
const PAUSE = 500; // milliseconds between two looks at a download
/** Buttons that offer a model, by node. */
const offers = new Map();

/** What the server says; an object with `error` when it refuses. */
async function ask(path, options) {
  try {
    const reply = await api.fetchApi(path, options);
    return await reply.json();
  } catch (error) {
    return { error: `ComfyUI's server does not answer: ${error}` };
  }
}

function tell(severity, detail) {
  app.extensionManager.toast.add({ severity, summary: "ChatAnything", detail, life: 15000 });
}

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`;

/** Size, licence, address and place: what a person must know before agreeing. */
function terms(model) {
  const files = model.files.map((file) => `${file.address}\n→ ${file.path}`);
  return [
    `${megabytes(model.size)}; ${model.purpose}.`,
    `Licence: ${model.licence} (${model.page})`,
    ...files,
  ].join("\n\n");
}

async function follow(id, button, label) {
  for (;;) {
    const model = await ask(`${ROUTE}/${id}`);
    if (model.error || model.status === "failed") throw new Error(model.error);
    if (model.status === "here") return;
    button.label = `${label}: ${Math.floor((100 * model.done) / model.total)} %`;
    app.canvas?.setDirty?.(true, true);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

async function fetchModel(id, button, label) {
  const model = await ask(`${ROUTE}/${id}`);
  if (model.error) return tell("error", model.error);
  const agreed = await app.extensionManager.dialog.confirm({ title: label, message: terms(model) });
  if (!agreed) return;
  const body = JSON.stringify({ id });
  const headers = { "Content-Type": "application/json" };
  const begun = await ask(ROUTE, { method: "POST", headers, body });
  if (begun.error && begun.status !== "failed") return tell("error", begun.error);
  button.disabled = true;
  try {
    await follow(id, button, label);
    for (const [node, offer] of offers) node.removeWidget(offer);
    offers.clear();
    tell("success", "The models are here. Run the workflow again.");
  } catch (error) {
    tell("error", error.message);
  } finally {
    button.disabled = false;
    button.label = label;
  }
}

/** Give the node a button that fetches a model of the catalogue, as long as that is needed. */
export async function offerModel(node, id, label) {
  if (!(await ask(`${ROUTE}/${id}`)).needed) return;
  const button = node.addWidget("button", label, null, () => fetchModel(id, button, label));
  button.serialize = false; // of workflows
  button.options.serialize = false; // of prompts
  offers.set(node, button);
}
