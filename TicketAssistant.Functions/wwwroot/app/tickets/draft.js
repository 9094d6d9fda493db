// What somebody is writing, kept in this browser until it is sent, so that no reload and no lost connection costs it.

import { local } from '../core/storage.js';
import { session } from '../core/session.js';

/** The draft under a name; each person has their own. */
export function draftOf(name) {
  const key = `draft:${session.user.id}:${name}`;
  return {
    read: () => local.get(key) ?? {},
    write: (values) => local.set(key, values),
    remove: () => local.set(key, null),
  };
}
