// The commands, and what is accepted of each. Anything else is an error to the client.
import { Long } from "bson";
import { Collection } from "./collection.js";
import { CommandError } from "./errors.js";
import { FailPoint } from "./failpoint.js";

// What every command may carry. Sessions, concerns and time limits have no meaning here.
const GENERIC = ["$db", "lsid", "$clusterTime", "$readPreference", "readConcern", "writeConcern", "txnNumber", "maxTimeMS"];

const OPTIONS = {
  hello: null,
  ping: [],
  buildInfo: [],
  endSessions: [],
  dropDatabase: [],
  configureFailPoint: ["mode", "data"],
  insert: ["documents", "ordered"],
  find: ["filter", "sort", "projection", "limit", "batchSize", "singleBatch", "hint"],
  aggregate: ["pipeline", "cursor"],
  count: [],
  getMore: ["collection", "batchSize"],
  killCursors: ["cursors"],
  update: ["updates", "ordered"],
  delete: ["deletes", "ordered"],
  findAndModify: ["query", "update", "sort", "fields", "new"],
  createIndexes: ["indexes"],
  listIndexes: ["cursor"],
};

const DEFAULT_BATCH = 101;

export class Commands {
  #databases = new Map();
  #cursors = new Map();
  #nextCursor = 1;
  #failPoint = new FailPoint();

  /** The reply to one command; null to hang up. */
  run(body, session) {
    let name = Object.keys(body)[0];
    if (name.toLowerCase() === "ismaster") name = "hello";
    try {
      if (!Object.hasOwn(OPTIONS, name)) throw new CommandError(59, `The stand-in has no command '${name}'.`);
      if (OPTIONS[name]) refuseUnknown(body, [name, ...OPTIONS[name], ...GENERIC], `the command ${name}`);
      const fault = this.#failPoint.strike(name, session.appName);
      if (fault?.closeConnection) return null;
      if (fault?.errorCode) throw new CommandError(fault.errorCode, "Failing command via 'failCommand' failpoint");
      const reply = this[`_${name}`](body, session);
      return { ...reply, ...(fault?.writeConcernError ? { writeConcernError: fault.writeConcernError } : {}), ok: 1 };
    } catch (error) {
      if (error instanceof CommandError) return { ok: 0, code: error.code, codeName: `Error${error.code}`, errmsg: error.message };
      // mingo refuses with plain errors.
      return { ok: 0, code: 2, codeName: "BadValue", errmsg: `The stand-in refuses: ${error.message}` };
    }
  }

  _hello(body, session) {
    session.appName ??= body.client?.application?.name ?? null;
    const me = `127.0.0.1:${session.port}`;
    return {
      helloOk: true, isWritablePrimary: true, ismaster: true, secondary: false, setName: "standin", setVersion: 1,
      hosts: [me], primary: me, me, maxBsonObjectSize: 16 * 1024 * 1024, maxMessageSizeBytes: 48_000_000,
      maxWriteBatchSize: 100_000, localTime: new Date(), logicalSessionTimeoutMinutes: 30, connectionId: session.id,
      minWireVersion: 0, maxWireVersion: 21, readOnly: false,
    };
  }

  _ping() { return {}; }

  _buildInfo() { return { version: "7.0.0", versionArray: [7, 0, 0, 0], gitVersion: "stand-in, not MongoDB" }; }

  _endSessions() { return {}; }

  _dropDatabase(body) {
    this.#databases.delete(body.$db);
    return {};
  }

  _configureFailPoint(body) {
    this.#failPoint.configure(body);
    return {};
  }

  _insert(body) {
    const collection = this.#collection(body, body.insert);
    return writeEach(body, body.documents, (document) => {
      collection.insert(document);
      return { n: 1 };
    });
  }

  _update(body) {
    const collection = this.#collection(body, body.update);
    const nModified = { count: 0 };
    const upserted = [];
    const reply = writeEach(body, body.updates, (update, index) => {
      refuseUnknown(update, ["q", "u", "upsert", "multi"], "an update");
      if (update.multi) throw new CommandError(2, "The stand-in updates one document at a time, not many.");
      const result = collection.update(update.q, update.u, { upsert: update.upsert });
      if (result.upserted !== undefined) upserted.push({ index, _id: result.upserted });
      else if (result.before) nModified.count++;
      return { n: result.before || result.upserted !== undefined ? 1 : 0 };
    });
    return { ...reply, nModified: nModified.count, ...(upserted.length ? { upserted } : {}) };
  }

  _delete(body) {
    const collection = this.#collection(body, body.delete);
    return writeEach(body, body.deletes, (removal) => {
      refuseUnknown(removal, ["q", "limit"], "a delete");
      return { n: collection.remove(removal.q, removal.limit) };
    });
  }

  _findAndModify(body) {
    const { before, after } = this.#collection(body, body.findAndModify).update(body.query, body.update, { sort: body.sort });
    const value = before ? Collection.project(body.new ? after : before, body.fields) : null;
    return { lastErrorObject: { n: before ? 1 : 0, updatedExisting: Boolean(before) }, value };
  }

  _find(body) {
    const documents = this.#collection(body, body.find).find(body.filter, body);
    return this.#cursor(`${body.$db}.${body.find}`, documents, body.batchSize ?? DEFAULT_BATCH, body.singleBatch);
  }

  // What a driver makes of a count, and nothing else.
  _aggregate(body) {
    const [match, group, ...others] = body.pipeline;
    const counts = group && JSON.stringify(group) === JSON.stringify({ $group: { _id: 1, n: { $sum: 1 } } });
    if (!match?.$match || !counts || others.length) throw new CommandError(2, "The stand-in aggregates counts only.");
    const n = this.#collection(body, body.aggregate).find(match.$match, {}).length;
    return this.#cursor(`${body.$db}.${body.aggregate}`, n ? [{ _id: 1, n }] : [], DEFAULT_BATCH, true);
  }

  _count(body) {
    return { n: this.#collection(body, body.count).find({}, {}).length };
  }

  _getMore(body) {
    const id = Number(body.getMore);
    const cursor = this.#cursors.get(id);
    if (!cursor) throw new CommandError(43, `cursor id ${id} not found`);
    const nextBatch = cursor.documents.splice(0, body.batchSize || cursor.documents.length);
    if (cursor.documents.length === 0) this.#cursors.delete(id);
    return { cursor: { nextBatch, id: Long.fromNumber(cursor.documents.length ? id : 0), ns: cursor.ns } };
  }

  _killCursors(body) {
    for (const id of body.cursors) this.#cursors.delete(Number(id));
    return { cursorsKilled: body.cursors, cursorsNotFound: [], cursorsAlive: [], cursorsUnknown: [] };
  }

  _createIndexes(body) {
    const collection = this.#collection(body, body.createIndexes);
    const numIndexesBefore = collection.indexes.length;
    for (const index of body.indexes) {
      refuseUnknown(index, ["key", "name", "unique", "partialFilterExpression"], "an index");
      collection.createIndex(index);
    }
    return { numIndexesBefore, numIndexesAfter: collection.indexes.length, createdCollectionAutomatically: false };
  }

  _listIndexes(body) {
    return this.#cursor(`${body.$db}.${body.listIndexes}`, [...this.#collection(body, body.listIndexes).indexes], DEFAULT_BATCH);
  }

  #collection(body, name) {
    if (!this.#databases.has(body.$db)) this.#databases.set(body.$db, new Map());
    const database = this.#databases.get(body.$db);
    if (!database.has(name)) database.set(name, new Collection(`${body.$db}.${name}`));
    return database.get(name);
  }

  #cursor(ns, documents, batchSize, singleBatch = false) {
    const firstBatch = documents.splice(0, batchSize);
    const isOpen = documents.length > 0 && !singleBatch;
    const id = isOpen ? this.#nextCursor++ : 0;
    if (isOpen) this.#cursors.set(id, { ns, documents });
    return { cursor: { firstBatch, id: Long.fromNumber(id), ns } };
  }
}

function refuseUnknown(object, known, where) {
  const unknown = Object.keys(object).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new CommandError(2, `The stand-in does not know '${unknown}' in ${where}.`);
}

/** Writes one by one; the first that a unique index refuses ends an ordered list. */
function writeEach(body, items, write) {
  let n = 0;
  const writeErrors = [];
  for (const [index, item] of items.entries()) {
    try {
      n += write(item, index).n;
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      writeErrors.push({ index, code: error.code, errmsg: error.message });
      if (body.ordered !== false) break;
    }
  }
  return { n, ...(writeErrors.length ? { writeErrors } : {}) };
}
