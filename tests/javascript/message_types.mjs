/** Reads message.d.ts, and holds what Python sends against it: names and kinds of all fields, nested, both ways. */

const TOKEN = /"[^"]*"|\w+|[^\s\w]/g;
const TYPED_ARRAYS = new Set(["Float32Array", "Float64Array", "Int32Array"]);

/**
 * The declarations by name, each with its parameter, the types that it extends, and its own; a type is a node of what
 * the file uses.
 * @param {string} text @returns {Map<string, any>} any: nodes are made and read here alone
 */
export function declarations(text) {
  const tokens = text.replace(/\/\*[\s\S]*?\*\//g, "").match(TOKEN) ?? [];
  const found = new Map();
  while (tokens.length) {
    const [, kind, name] = tokens.splice(0, 3); // export interface Name
    const parameter = tokens[0] === "<" ? tokens.splice(0, 3)[1] : null;
    const bases = tokens[0] === "extends" ? (tokens.shift(), list(tokens)) : [];
    if (kind === "type") tokens.shift(); // "="
    const type = kind === "type" ? union(tokens) : primary(tokens);
    if (tokens[0] === ";") tokens.shift();
    found.set(name, { name, parameter, bases, type });
  }
  return found;
}

function list(tokens) {
  const all = [union(tokens)];
  while (tokens[0] === ",") all.push((tokens.shift(), union(tokens)));
  return all;
}

function union(tokens) {
  const all = [postfixed(tokens)];
  while (tokens[0] === "|" || tokens[0] === "&") all.push((tokens.shift(), postfixed(tokens)));
  return all.length > 1 ? { kind: "union", all } : all[0];
}

function postfixed(tokens) {
  let node = primary(tokens);
  while (tokens[0] === "[") {
    tokens.shift();
    node = tokens[0] === "]" ? { kind: "array", of: node } : { kind: "at", of: node, key: tokens.shift() };
    tokens.shift();
  }
  return node;
}

function primary(tokens) {
  const token = tokens.shift();
  if (token === "(") return enclosed(tokens, union, ")");
  if (token === "[") return { kind: "tuple", all: enclosed(tokens, list, "]") };
  if (token === "{") return fieldsOf(tokens);
  if (token.startsWith('"')) return { kind: "text", text: token.slice(1, -1) };
  return { kind: "name", name: token, given: tokens[0] === "<" ? (tokens.shift(), enclosed(tokens, list, ">")) : [] };
}

function enclosed(tokens, rule, end) {
  const node = rule(tokens);
  if (tokens.shift() !== end) throw new Error(`message.d.ts: ${end} expected`);
  return node;
}

/** Fields, an index ([name: string]: ...) among them, or a mapped type ([Name in keyof Of]: ...). */
function fieldsOf(tokens) {
  const node = { kind: "fields", fields: [], index: null, mapped: null };
  while (tokens[0] !== "}") {
    const name = tokens.shift();
    if (name === "[") {
      const [key, how] = [tokens.shift(), tokens.shift()];
      const over = how === "in" ? (tokens.shift(), tokens.shift()) : tokens.shift();
      tokens.splice(0, 2); // "]" and ":"
      if (how === "in") node.mapped = { key, over, type: union(tokens) };
      else node.index = union(tokens);
    } else {
      const optional = tokens[0] === "?" && Boolean(tokens.shift());
      tokens.shift();
      node.fields.push({ name, optional, type: union(tokens) });
    }
    if (tokens[0] === ";") tokens.shift();
  }
  tokens.shift();
  return node;
}

/**
 * Holds headers against the types that are named for them.
 * @param {string} text of message.d.ts @param {[string, any][]} sent type of a header, and the header, decoded
 * @returns {{problems: string[], unseen: string[]}} fields that do not fit; declared fields that never came
 */
export function compared(text, sent) {
  const known = declarations(text);
  const [declared, seen, problems] = [new Set(), new Set(), new Set()];
  const check = checker(known, declared, seen);
  for (const [type, header] of sent) check(header, { node: union(type.match(TOKEN)), given: {} }, type).forEach((each) => problems.add(each));
  return { problems: [...problems].sort(), unseen: [...declared].filter((each) => !seen.has(each)).sort() };
}

function checker(known, declared, seen) {
  return check;

  /** What does not fit. given: the types that stand for parameters. */
  function check(value, { node, given }, path) {
    const alternatives = spread(node, given);
    if (value === null) return alternatives.some(({ node: each }) => each.name === "null") ? [] : [`${path}: null`];
    const answers = alternatives.filter(({ node: each }) => each.name !== "null").map((each) => against(value, each, path));
    return answers.find((each) => !each.length) ?? answers[0];
  }

  /** A union's members, names resolved. */
  function spread(node, given) {
    if (node.kind === "union") return node.all.flatMap((each) => spread(each, given));
    if (node.kind === "at") return spread(fieldOf(node.of.name, node.key, given), {});
    if (node.kind !== "name") return [{ node, given, owner: "" }];
    if (given[node.name]) return spread(given[node.name].node, given[node.name].given);
    const declaration = known.get(node.name);
    if (!declaration) return [{ node, given, owner: "" }];
    const own = declaration.parameter ? { [declaration.parameter]: { node: node.given[0], given } } : {};
    if (declaration.type.kind !== "fields") return spread(declaration.type, own);
    return [{ node: declaration.type, given: own, owner: node.name, bases: declaration.bases }];
  }

  /** A key of `of`, or what stands for it. */
  function fieldOf(of, key, given) {
    const wanted = given[key]?.node.text ?? key;
    return known.get(of).type.fields.find(({ name }) => name === wanted).type;
  }

  function against(value, { node, given, owner, bases = [] }, path) {
    if (node.kind === "fields") return againstFields(value, allFields({ node, given, bases }), owner || path, path);
    if (node.kind === "array") return Array.isArray(value) ? value.flatMap((each) => check(each, { node: node.of, given }, `${path}[]`)) : [`${path}: no list`];
    if (node.kind === "tuple") {
      if (!Array.isArray(value) || value.length !== node.all.length) return [`${path}: no list of ${node.all.length}`];
      return value.flatMap((each, at) => check(each, { node: node.all[at], given }, `${path}[${at}]`));
    }
    if (node.kind === "text") return value === node.text ? [] : [`${path}: not "${node.text}"`];
    if (node.name === "Record") return againstFields(value, { fields: [], index: { node: node.given[1], given } }, path, path);
    if (TYPED_ARRAYS.has(node.name)) return value?.constructor.name === node.name ? [] : [`${path}: no ${node.name}`];
    return typeof value === node.name ? [] : [`${path}: no ${node.name}`];
  }

  /** Own fields and those of what it extends, each with what stands for its parameters. */
  function allFields({ node, given, bases }) {
    const inherited = bases.flatMap((base) => (base.name === "Partial" ? [{ node: base.given[0], given, partial: true }] : spread(base, given)));
    const others = inherited.map((each) => allFields({ bases: [], ...each }));
    const optional = inherited.map(({ partial }) => Boolean(partial));
    const own = node.mapped ? mappedFields(node.mapped) : node.fields.map((each) => ({ ...each, given }));
    return {
      fields: [...own, ...others.flatMap(({ fields }, at) => fields.map((each) => ({ ...each, optional: each.optional || optional[at] })))],
      index: node.index ? { node: node.index, given } : null,
    };
  }

  function mappedFields({ key, over, type }) {
    const standsFor = (text) => ({ [key]: { node: { kind: "text", text } } });
    return known.get(over).type.fields.map(({ name }) => ({ name, optional: false, type, given: standsFor(name) }));
  }

  function againstFields(value, { fields, index }, owner, path) {
    if (typeof value !== "object" || Array.isArray(value) || ArrayBuffer.isView(value)) return [`${path}: no fields`];
    fields.forEach(({ name }) => declared.add(`${owner}.${name}`));
    const names = new Map(fields.map((each) => [each.name, each]));
    const lacking = fields.filter(({ name, optional }) => !optional && !(name in value)).map(({ name }) => `${owner}.${name}: did not come`);
    const others = Object.entries(value).flatMap(([name, each]) => {
      const field = names.get(name);
      if (!field && !index) return [`${owner}.${name}: not declared`];
      if (!field) return check(each, index, `${path}.${name}`);
      seen.add(`${owner}.${name}`);
      return check(each, { node: field.type, given: field.given }, `${owner}.${name}`);
    });
    return [...lacking, ...others];
  }
}
