import { get } from '../core/api.js';
import { base } from '../core/connection.js';
import { h } from '../core/dom.js';
import { session } from '../core/session.js';
import { t } from '../core/text.js';
import { icon } from '../parts/icon.js';
import { mails } from './mails.js';

const parts = ['store', 'durable', 'mail', 'model'];

/** /system: how the app itself is, for admins, and where they can look further. */
export async function page({ signal }) {
  const [health, links, ledger] = await Promise.all([readiness(signal), offered(signal), mails(signal)]);
  return [
    h('div', { class: 'page-head' }, h('div', null, h('h1', null, t('nav.system')), h('p', null, t(`system.${health.status}`)))),
    h('div', { class: 'stack narrow' },
      h('section', { class: 'panel', 'aria-label': t('system.parts') },
        h('ul', { class: 'health' }, parts.map((part) => h('li', { data: { health: health[part] } },
          icon(health[part] === 'ok' || health[part] === 'offline' ? 'check' : 'alert'),
          h('div', null, h('p', { class: 'choice-title' }, t(`system.${part}`)), h('p', { class: 'soft' }, t(`system.${part}.${health[part]}`))))))),
      ledger,
      links.length > 0 && h('section', { class: 'panel padded stack' },
        h('h2', null, t('system.further')),
        h('ul', { class: 'stack' }, links.map(({ href, name }) => h('li', null,
          h('a', { href, target: '_blank', rel: 'noopener' }, t(`${name}`)),
          h('p', { class: 'soft small-text' }, t(`${name}.text`))))))),
  ];
}

/** What the server says of itself; it says it with a 503 as well. */
async function readiness(signal) {
  try {
    return await get('/api/health/ready', { signal });
  } catch (error) {
    if (error.status === 503 && error.reply?.status) return error.reply;
    throw error;
  }
}

/** The pages beside the app that this server has: not every flavour has them. */
async function offered(signal) {
  const candidates = [
    { href: `${base}/runtime/runs/`, probe: `${base}/runtime/runs/icon.svg`, type: 'image/svg+xml', name: 'system.runs' },
    { href: `${base}/dev/mail`, probe: `${base}/dev/mail`, type: 'text/html', name: 'system.mailbox' },
  ];
  const there = await Promise.all(candidates.map(({ probe, type }) => answers(probe, type, signal)));
  return candidates.filter((_, i) => there[i]);
}

async function answers(address, type, signal) {
  try {
    const response = await fetch(address, { signal, credentials: 'omit', headers: { Authorization: `Bearer ${session.token}`, Accept: type === 'text/html' ? '*/*' : type } });
    return response.ok && (response.headers.get('Content-Type') ?? '').startsWith(type);
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    return false;
  }
}
