import { app } from "../../scripts/app.js";

/** Menus that follow another one, by kind of node: `{ name, all, leader, options }`. */
const followers = new Map();

/** Take note of the menus whose inputs say what they follow; `definition` is the schema of a node. */
export function learnMenus(definition) {
  const inputs = { ...definition.input?.required, ...definition.input?.optional };
  const menus = Object.entries(inputs)
    .filter(([, [, more]]) => more?.follows)
    .map(([name, [, more]]) => ({ name, all: more.options, ...more.follows }));
  if (menus.length) followers.set(definition.name, menus);
}

const find = (node, name) => node.widgets?.find((widget) => widget.name === name);
const isWired = (node, name) => node.inputs?.some((input) => input.name === name && input.link != null);

/** What a menu offers: the options of its leader's value; all of them where nobody can know. */
function offered(node, { all, leader, options }) {
  return (!isWired(node, leader) && options[find(node, leader)?.value]) || all;
}

/** Show what is offered, and the value that is set, whatever it is. */
function narrow(node, menu) {
  const widget = find(node, menu.name);
  if (!widget) return;
  const values = offered(node, menu);
  // A new list in the old options, which Nodes 2.0 of 0.8 keeps: it compares lists by identity.
  widget.options.values = values.includes(widget.value) ? [...values] : [...values, widget.value];
  // Nodes 2.0 reads the menus anew when the list of widgets is written.
  node.widgets.splice(0, node.widgets.length, ...node.widgets);
}

/** A value that does not belong to a leader just chosen becomes the first that does. */
function take(node, menu) {
  const widget = find(node, menu.name);
  const values = offered(node, menu);
  const other = widget && !values.includes(widget.value);
  if (other) widget.value = values[0];
  narrow(node, menu);
  if (other) widget.callback?.(widget.value);
}

/** Have the menus of a node offer what belongs to the engine that is chosen on it. */
export function followMenus(node) {
  const menus = followers.get(node.comfyClass) ?? [];
  for (const menu of menus) {
    const leader = find(node, menu.leader);
    const before = leader.callback;
    leader.callback = function () {
      const result = before?.apply(this, arguments);
      take(node, menu);
      return result;
    };
    narrow(node, menu);
  }
  for (const event of menus.length ? ["onConfigure", "onConnectionsChange"] : []) {
    const before = node[event];
    node[event] = function () {
      before?.apply(this, arguments);
      for (const menu of menus) narrow(this, menu);
    };
  }
}

/** The page has read all menus from the server again; `definitions` are the schemas by name. */
export function refreshMenus(definitions) {
  for (const definition of Object.values(definitions)) learnMenus(definition);
  for (const graph of [app.graph, ...(app.graph.subgraphs?.values() ?? [])])
    for (const node of graph.nodes)
      for (const menu of followers.get(node.comfyClass) ?? []) narrow(node, menu);
}
