import { Query, find } from "mingo";
import { updateOne } from "mingo/updater";
import { CommandError } from "./errors.js";

// Only these: mingo knows more, but some of it less exactly than MongoDB does.
const QUERY_OPERATORS = ["$and", "$or", "$in", "$ne", "$gt", "$gte", "$lt", "$lte", "$elemMatch"];
const UPDATE_OPERATORS = ["$set", "$inc", "$push", "$pull"];

/** Documents in memory, in the order in which they came, with the unique indexes watched over. */
export class Collection {
  indexes = [{ v: 2, key: { _id: 1 }, name: "_id_" }];
  #documents = new Map();
  #namespace;

  constructor(namespace) {
    this.#namespace = namespace;
  }

  /** One document with only the fields asked for. */
  static project(document, fields) {
    if (!fields || Object.keys(fields).length === 0) return document;
    return find([document], {}, fields).all()[0];
  }

  insert(document) {
    this.#assertUnique(document, undefined);
    this.#documents.set(document._id, document);
  }

  find(filter = {}, { sort, projection, limit, hint }) {
    assertKnown(filter);
    if (hint !== undefined && !this.indexes.some((index) => index.name === hint)) {
      throw new CommandError(2, "error processing query: hint provided does not correspond to an existing index");
    }
    let cursor = find(this.#candidates(filter), filter, projection ?? {});
    if (sort && Object.keys(sort).length) cursor = cursor.sort(sort);
    if (limit) cursor = cursor.limit(Number(limit));
    return cursor.all();
  }

  /** Changes the first match, or all of it with a replacement: {before, after}, {upserted} or nothing. */
  update(filter = {}, change, { sort, upsert = false } = {}) {
    const before = this.find(filter, { sort, limit: 1 })[0];
    const isReplacement = !Object.keys(change).some((key) => key.startsWith("$"));
    if (!before) {
      if (!upsert) return {};
      if (!isReplacement || filter._id === undefined) throw new CommandError(2, "The stand-in upserts replacements by _id only.");
      this.insert({ _id: filter._id, ...change });
      return { upserted: filter._id };
    }

    let after;
    if (isReplacement) {
      after = { _id: before._id, ...change };
    } else {
      const unknown = Object.keys(change).find((key) => !UPDATE_OPERATORS.includes(key));
      if (unknown) throw new CommandError(9, `The stand-in does not know the update operator '${unknown}'.`);
      const positional = Object.values(change).flatMap(Object.keys).find((path) => path.includes("$"));
      if (positional) throw new CommandError(2, `The stand-in does not know the path '${positional}'.`);
      const copy = [structuredCopy(before)];
      updateOne(copy, {}, change);
      after = copy[0];
    }
    if (after._id !== before._id) throw new CommandError(66, "The _id of a document can't be changed.");
    this.#assertUnique(after, before._id);
    this.#documents.set(before._id, after);
    return { before, after };
  }

  /** Removes the first so many matches, or all (0); how many there were. */
  remove(filter, limit) {
    const found = this.find(filter, { limit });
    for (const { _id } of found) this.#documents.delete(_id);
    return found.length;
  }

  createIndex(index) {
    const existing = this.indexes.find((i) => i.name === index.name || sameText(i.key, index.key));
    if (!existing) {
      if (index.unique && Object.keys(index.key).length !== 1) throw new CommandError(2, "The stand-in has unique indexes over one field only.");
      this.indexes.push({ v: 2, ...index });
    } else if (!sameText({ ...existing, v: 0 }, { v: 0, ...index })) {
      throw new CommandError(86, `An index named ${existing.name} exists with another definition.`);
    }
  }

  // The one thing that is looked up instead of walked to, so that tests with thousands of documents end.
  #candidates(filter) {
    if (typeof filter._id === "string") {
      const found = this.#documents.get(filter._id);
      return found ? [found] : [];
    }
    return [...this.#documents.values()];
  }

  #assertUnique(document, replacedId) {
    if (typeof document._id !== "string") throw new CommandError(2, "The stand-in takes text as _id only.");
    for (const { name, key, unique, partialFilterExpression } of this.indexes) {
      const isId = name === "_id_";
      if (isId ? document._id !== replacedId && this.#documents.has(document._id) : unique && this.#collides(document, replacedId, key, partialFilterExpression)) {
        throw new CommandError(11000, `E11000 duplicate key error collection: ${this.#namespace} index: ${name}`);
      }
    }
  }

  #collides(document, replacedId, key, where = {}) {
    const field = Object.keys(key)[0];
    const query = new Query(where);
    if (Array.isArray(document[field])) throw new CommandError(2, "The stand-in has no unique indexes over lists.");
    if (!query.test(document)) return false;
    for (const other of this.#documents.values()) {
      if (other._id !== replacedId && other[field] === document[field] && query.test(other)) return true;
    }
    return false;
  }
}

function assertKnown(condition) {
  if (Array.isArray(condition)) {
    condition.forEach(assertKnown);
  } else if (condition !== null && typeof condition === "object" && Object.getPrototypeOf(condition) === Object.prototype) {
    for (const [key, value] of Object.entries(condition)) {
      if (key.startsWith("$") && !QUERY_OPERATORS.includes(key)) throw new CommandError(2, `The stand-in does not know the query operator '${key}'.`);
      assertKnown(value);
    }
  }
}

/** Objects and lists are copied; values, dates and ids, which never change, are shared. */
function structuredCopy(value) {
  if (Array.isArray(value)) return value.map(structuredCopy);
  if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, structuredCopy(inner)]));
}

function sameText(a, b) {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

// The order of an index's keys is part of its definition, that of its options isn't.
function sorted(index) {
  return index.key ? Object.entries(index).sort(([a], [b]) => (a < b ? -1 : 1)) : index;
}
