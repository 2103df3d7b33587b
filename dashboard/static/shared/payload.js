/**
 * Reads one message of the app: "GATE", the header's length (uint32), the header as JSON, the buffer.
 * Array references in the header ({dtype, offset, shape}) become typed arrays with a `shape`.
 */

export const VERSION = 1;

/** @type {Record<string, Float32ArrayConstructor | Float64ArrayConstructor | Int32ArrayConstructor>} */
const TYPES = { float32: Float32Array, float64: Float64Array, int32: Int32Array };

/**
 * @param {Uint8Array} bytes
 * @returns {any} the header, arrays in place; any: what it is message.d.ts says, component by component
 */
export function decode(bytes) {
  const own = bytes.slice(); // aligned, and ours: Streamlit may reuse its memory
  if (String.fromCharCode(...own.subarray(0, 4)) !== "GATE") throw new Error("stage: this is no message for the stage");
  const length = new DataView(own.buffer).getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(own.subarray(8, 8 + length)));
  if (header.version !== VERSION) throw new Error(`stage: message version ${header.version}, expected ${VERSION}`);
  return withArrays(header, own.buffer, 8 + length);
}

/** Any: whatever JSON can hold. @param {any} node @param {ArrayBuffer} buffer @param {number} start @returns {any} */
function withArrays(node, buffer, start) {
  if (Array.isArray(node)) return node.map((each) => withArrays(each, buffer, start));
  if (node === null || typeof node !== "object") return node;
  if ("dtype" in node && "offset" in node) return arrayAt(node, buffer, start);
  return Object.fromEntries(Object.entries(node).map(([name, each]) => [name, withArrays(each, buffer, start)]));
}

/**
 * @param {{dtype: string, offset: number, shape: number[]}} reference
 * @param {ArrayBuffer} buffer
 * @param {number} start
 */
function arrayAt(reference, buffer, start) {
  const size = reference.shape.reduce((product, each) => product * each, 1);
  const array = new TYPES[reference.dtype](buffer, start + reference.offset, size);
  return Object.assign(array, { shape: reference.shape });
}
