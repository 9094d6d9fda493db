// The wire protocol's framing: OP_MSG both ways, and OP_QUERY for the greeting that drivers still send in the old form.
import { deserialize, serialize } from "bson";

const OP_REPLY = 1, OP_QUERY = 2004, OP_MSG = 2013;
const CHECKSUM_PRESENT = 1, MORE_TO_COME = 2;

/** Cuts a stream of bytes into messages. */
export class MessageReader {
  #rest = Buffer.alloc(0);

  /** The messages that the chunk completes. */
  *read(chunk) {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    while (this.#rest.length >= 16) {
      const length = this.#rest.readInt32LE(0);
      if (this.#rest.length < length) return;
      const message = this.#rest.subarray(0, length);
      this.#rest = this.#rest.subarray(length);
      yield decode(message);
    }
  }
}

function decode(message) {
  const id = message.readInt32LE(4);
  const opCode = message.readInt32LE(12);
  if (opCode === OP_QUERY) {
    const name = message.indexOf(0, 20);
    return { id, opCode, body: deserialize(message.subarray(name + 9)) };
  }
  if (opCode !== OP_MSG) throw new Error(`Operation code ${opCode} is not supported.`);

  const flags = message.readUInt32LE(16);
  if (flags & (CHECKSUM_PRESENT | MORE_TO_COME)) throw new Error(`OP_MSG flags ${flags} are not supported.`);
  let body = {};
  const sequences = {};
  for (let at = 20; at < message.length; ) {
    const kind = message[at++];
    const size = message.readInt32LE(at);
    const section = message.subarray(at, at + size);
    at += size;
    if (kind === 0) {
      body = deserialize(section);
    } else if (kind === 1) {
      const nameEnd = section.indexOf(0, 4);
      const documents = [];
      for (let from = nameEnd + 1; from < size; from += section.readInt32LE(from)) {
        documents.push(deserialize(section.subarray(from, from + section.readInt32LE(from))));
      }
      sequences[section.toString("utf8", 4, nameEnd)] = documents;
    } else {
      throw new Error(`OP_MSG section kind ${kind} is not supported.`);
    }
  }
  return { id, opCode, body: { ...body, ...sequences } };
}

/** The reply to a message, in the form in which it came. */
export function encode(reply, to) {
  const document = serialize(reply);
  const isQuery = to.opCode === OP_QUERY;
  const header = Buffer.alloc(isQuery ? 36 : 21);
  header.writeInt32LE(header.length + document.length, 0);
  header.writeInt32LE(to.id, 8);
  header.writeInt32LE(isQuery ? OP_REPLY : OP_MSG, 12);
  if (isQuery) header.writeInt32LE(1, 32);
  return Buffer.concat([header, document]);
}
