// Everything the page asks for. The key goes into a header and nowhere else.

const storage = 'runs.key';
const data = '/runtime/runs/data';
const management = '/runtime/webhooks/durabletask/instances';

export class KeyNeeded extends Error {}

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export const hasKey = () => sessionStorage.getItem(storage) !== null;
export const forgetKey = () => sessionStorage.removeItem(storage);
export const rememberKey = (key) => sessionStorage.setItem(storage, key);

/** Whether a key opens the door; throws when nobody answers. */
export async function isRight(key) {
  const response = await fetch(`${data}?search=`, { headers: { 'x-functions-key': key }, cache: 'no-store' });
  return response.ok;
}

async function call(path, { method = 'GET', signal } = {}) {
  const key = sessionStorage.getItem(storage);
  if (key === null) throw new KeyNeeded();
  let response;
  try {
    response = await fetch(path, { method, signal, headers: { 'x-functions-key': key }, cache: 'no-store' });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Refused(0, 'The host does not answer. It may have been stopped.');
  }
  if (response.status === 401) {
    forgetKey();
    throw new KeyNeeded();
  }
  const text = await response.text();
  const body = text ? JSON.parse(text) : null;
  if (!response.ok) throw new Refused(response.status, body?.Message ?? reasons[response.status] ?? `The host answered ${response.status}.`);
  return body;
}

const reasons = {
  404: 'There is no such run (any more).',
  410: 'The run has moved on meanwhile, so this can no longer be done.',
  412: 'The run has moved on meanwhile, so this can no longer be done.',
  500: 'Something went wrong in the host; its log says what.',
};

const query = (values) => new URLSearchParams(Object.entries(values).filter(([, value]) => value)).toString();
const path = (id) => encodeURIComponent(id);

export const list = (filter, signal) => call(`${data}?${query(filter)}`, { signal });
export const run = (id, signal) => call(`${data}/${path(id)}`, { signal });
export const runPayload = (id) => call(`${data}/${path(id)}/payload`);
export const stepPayload = (id, number) => call(`${data}/${path(id)}/steps/${number}`);
export const command = (id, verb, values) => call(`${management}/${path(id)}/${verb}?${query(values)}`, { method: 'POST' });
