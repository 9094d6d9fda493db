// Everything the app asks for. The token goes into a header and nowhere else.

import { Problem } from './problem.js';
import { session } from './session.js';
import { base, reached, unreachable } from './connection.js';

let renew = null;

/** Sets what asks the person to sign in again; it answers whether they did. */
export function onExpired(ask) {
  let asking = null;
  // Ten requests that fail at once ask once.
  renew = () => (asking ??= ask().finally(() => { asking = null; }));
}

/**
 * Sends a request; the reply's body, or null where there is none.
 * @param read takes the body out of a good response.
 * @throws {Problem} what the server refused, or that it didn't answer. An aborted request throws its AbortError.
 */
export async function call(method, path, options = {}) {
  const { body, query, headers, signal, anonymous = false, read = json } = options;
  const address = base + path + search(query);
  const token = anonymous ? null : session.token;
  let response;
  try {
    response = await fetch(address, {
      method,
      signal,
      credentials: 'omit',
      cache: 'no-store',
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body && JSON.stringify(body),
    });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    unreachable();
    throw new Problem(0);
  }
  reached();
  // Renewed meanwhile, or by the person now: once more with the new token.
  if (response.status === 401 && token && (session.token !== token || await renew())) {
    return call(method, path, options);
  }
  if (response.ok) return read(response);
  throw new Problem(response.status, await json(response) ?? {}, Number(response.headers.get('Retry-After')) || null);
}

async function json(response) {
  const type = response.headers.get('Content-Type') ?? '';
  if (!type.includes('json')) return null;
  try {
    return await response.json();
  } catch {
    return null; // cut off in the middle: the status has to do
  }
}

function search(query) {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length ? `?${new URLSearchParams(given)}` : '';
}

export const get = (path, options) => call('GET', path, options);
export const post = (path, body, options) => call('POST', path, { ...options, body });
export const patch = (path, body, options) => call('PATCH', path, { ...options, body });

/** A reply as a file. */
export const download = (path, type, options) => call('GET', path, { ...options, headers: { Accept: type }, read: (response) => response.blob() });
