/** As much of a document as the tools write to, so that Node can read what they show and press what they offer. */

class Node {
  // any: what a view writes there a test reads
  /** @type {any} */ attributes;
  /** @type {any} */ dataset;
  /** @type {any} */ listeners;
  /** @type {any} */ parent;
  /** @type {string} */ tag;

  constructor(tag) {
    Object.assign(this, { tag, children: [], attributes: {}, dataset: {}, style: style(), listeners: {}, own: "" });
    Object.assign(this, { hidden: false, disabled: false, value: "", clientWidth: 400, parent: null });
    this.validity = { valid: true };
    this.classList = {
      toggle: (name, on) => this.setAttribute("class", classes(this, name, on)),
      add: (name) => this.setAttribute("class", classes(this, name, true)),
    };
  }

  setAttribute(name, value) {
    this.attributes[name] = String(value);
    if (name.startsWith("data-")) this.dataset[name.slice(5).replace(/-(\w)/g, (_, letter) => letter.toUpperCase())] = value;
    if (name === "hidden") this.hidden = true;
    if (name === "value") this.value = String(value);
  }

  getAttribute(name) {
    return this.attributes[name] ?? null;
  }

  append(...nodes) {
    for (const each of nodes.map((one) => (typeof one === "string" ? textNode(one) : one))) {
      each.remove();
      this.children.push(each);
      each.parent = this;
    }
  }

  replaceChildren(...nodes) {
    this.children = [];
    this.own = "";
    this.append(...nodes);
  }

  insertBefore(node, before) {
    node.remove();
    const at = before ? this.children.indexOf(before) : this.children.length;
    this.children.splice(at, 0, node);
    node.parent = this;
  }

  after(node) {
    this.parent.insertBefore(node, this.parent.children[this.parent.children.indexOf(this) + 1]);
  }

  get childElementCount() {
    return this.children.length;
  }

  get tagName() {
    return this.tag.toUpperCase();
  }

  remove() {
    if (this.parent) this.parent.children = this.parent.children.filter((each) => each !== this);
  }

  contains(node) {
    return node === this || this.children.some((each) => each.contains(node));
  }

  addEventListener(name, listener) {
    (this.listeners[name] ??= []).push(listener);
  }

  /** @param {string} name @param {any} [event] */
  fire(name, event = {}) {
    for (const listener of this.listeners[name] ?? []) listener({ preventDefault() {}, target: this, ...event });
  }

  get textContent() {
    return this.own + this.children.map((each) => each.textContent).join("");
  }

  set textContent(text) {
    this.children = [];
    this.own = String(text);
  }
}

const style = () => ({ setProperty() {} });

const textNode = (text) => Object.assign(new Node("#text"), { own: text });

function classes(node, name, on) {
  const others = (node.attributes.class ?? "").split(" ").filter((each) => each && each !== name);
  return [...others, ...(on ? [name] : [])].join(" ");
}

/** Puts it in the place of the browser's. */
export function installDocument() {
  const document = { createElement: (tag) => new Node(tag), createElementNS: (_, tag) => new Node(tag), activeElement: null };
  Object.assign(globalThis, { document, window: { devicePixelRatio: 1 }, getComputedStyle: () => ({ fontSize: "13px" }) });
}

/** Everything below a node that is shown. @returns {any[]} */
export function shown(node) {
  if (node.hidden) return [];
  return [node, ...node.children.flatMap(shown)];
}

/** What is read there, piece by piece: texts, names and explanations. @returns {string[]} */
export function readIn(node) {
  const words = ["aria-label", "title", "aria-valuetext"];
  return shown(node).flatMap((each) => [each.own, ...words.map((name) => each.attributes[name] ?? "")]).filter(Boolean);
}

/** The text of a part by its test id, "" where it is hidden. */
export const textOf = (node, id) => partOf(node, id)?.textContent ?? "";

export const partOf = (node, id, whose = "stage") =>
  shown(node).find((each) => each.attributes["data-testid"] === `${whose}-${id}`);
