import { base } from '../core/connection.js';
import { h } from '../core/dom.js';
import { t } from '../core/text.js';
import { icon } from '../parts/icon.js';
import { mails } from './mails.js';
import { readiness } from './readiness.js';

const parts = ['store', 'durable', 'mail', 'model'];
const places = ['runs', 'mailbox'];

/** /system: how the app itself is, for admins, and where they can look further. */
export async function page({ signal }) {
  const [health, ledger] = await Promise.all([readiness(signal), mails(signal)]);
  // Not every server has such pages; each says itself which ones.
  const links = places.filter((place) => health.links?.[place]);
  return [
    h('div', { class: 'page-head' }, h('div', null, h('h1', null, t('nav.system')), h('p', null, t(`system.${health.status}`)))),
    h('div', { class: 'stack narrow' },
      h('section', { class: 'panel', 'aria-label': t('system.parts') },
        h('ul', { class: 'health' }, parts.map((part) => h('li', { data: { health: health[part] } },
          icon(health[part] === 'ok' || health[part] === 'offline' ? 'check' : 'alert'),
          h('div', null, h('p', { class: 'choice-title' }, t(`system.${part}`)), h('p', { class: 'soft' }, t(`system.${part}.${health[part]}`)),
            part === 'model' && health.modelError && h('p', { class: 'user-text small-text' }, health.modelError)))))),
      ledger,
      links.length > 0 && h('section', { class: 'panel padded stack', 'aria-labelledby': 'further' },
        h('h2', { id: 'further' }, t('system.further')),
        h('ul', { class: 'stack' }, links.map((place) => h('li', null,
          h('a', { href: addressOf(health.links[place]), target: '_blank', rel: 'noopener' }, t(`system.${place}`)),
          h('p', { class: 'soft small-text' }, t(`system.${place}.text`))))))),
  ];
}

/** A path is one of the server's, which may be elsewhere than the page; anything but http is no place to go to. */
function addressOf(link) {
  if (link.startsWith('/')) return base + link;
  return /^https?:$/.test(new URL(link).protocol) ? link : null;
}
