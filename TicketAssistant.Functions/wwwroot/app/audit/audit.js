import { get } from '../core/api.js';
import { h } from '../core/dom.js';
import { exact, short } from '../core/format.js';
import { setQuery } from '../core/router.js';
import { has, t } from '../core/text.js';
import { field, input } from '../parts/form.js';
import { paged, results } from '../parts/paged.js';
import { empty } from '../parts/states.js';

const pageSize = 50;
const actions = [
  'role_changed', 'skills_changed', 'availability_changed', 'account_closed', 'account_reopened', 'person_exported', 'person_erased', 'mail_retried',
  'fallbacks_retried', 'ticket_retriaged', 'password_changed', 'password_reset_requested', 'password_reset', 'logins_slowed',
];

/** /audit: what admins did, and what was done to accounts, the newest first. What is chosen is in the address. */
export async function page({ query, signal }) {
  const action = h('select', { class: 'input', onchange: apply },
    h('option', { value: '' }, t('audit.action.any')),
    actions.map((value) => h('option', { value, selected: query.get('action') === value }, t(`audit.action.${value}`))));
  const from = day('from');
  const to = day('to');
  const controls = [action, from, to];
  const list = results(find, signal);

  // While a year is typed it is 0002, 0020, 0202: no day to look for yet.
  function day(name) {
    return input({ type: 'date', min: '2000-01-01', max: '9999-12-31', value: query.get(name), onchange: apply });
  }

  const dayIn = ({ value, validity }) => (validity.valid ? value : '');
  const chosen = () => ({ action: action.value, from: dayIn(from), to: dayIn(to) });

  function apply() {
    setQuery(chosen());
    for (const control of controls) control.classList.toggle('chosen', control.value !== '');
    return list.load();
  }

  async function find(stop) {
    const wanted = chosen();
    // The days of whoever looks, who sees times of theirs as well.
    const asked = { action: wanted.action, from: wanted.from && momentOf(`${wanted.from}T00:00`), to: wanted.to && momentOf(`${wanted.to}T23:59:59.999`) };
    const found = await paged('audit', async (cursor) => {
      const { entries, next } = await get('/api/audit', { query: { ...asked, cursor, limit: pageSize }, signal: stop });
      return { items: entries, next };
    }, entry);
    return h('div', { class: 'panel' }, found ?? nothing(Object.values(wanted).some(Boolean)));
  }

  const nothing = (filtered) => (filtered
    ? empty('search', t('list.nothing'), t('audit.none.filtered'), h('button', { type: 'button', class: 'button', onclick: clear }, t('filter.clear')))
    : empty('audit', t('audit.none'), t('audit.none.text')));

  function clear() {
    for (const control of controls) control.value = '';
    apply();
    action.focus();
  }

  await apply();
  return [
    h('div', { class: 'page-head' }, h('div', null, h('h1', null, t('nav.audit')), h('p', null, t('audit.text')))),
    h('form', { class: 'filters audit-filters', onsubmit: (event) => { event.preventDefault(); apply(); } },
      field('action', t('audit.action'), action), field('from', t('audit.from'), from), field('to', t('audit.to'), to)),
    list.element,
  ];
}

const momentOf = (local) => new Date(local).toISOString();

/** One thing that was done: what, to whom or what, by whom, when. */
const entry = (done) => h('li', { tabindex: '-1' },
  h('time', { class: 'soft small-text number', datetime: done.at, title: exact(done.at) }, short(done.at)),
  h('div', null,
    h('p', null, h('strong', null, has(`audit.action.${done.action}`) ? t(`audit.action.${done.action}`) : done.action), ' ', subjectOf(done)),
    done.detail && h('p', { class: 'soft small-text' }, detailOf(done))),
  h('p', { class: 'soft small-text audit-actor' }, actorOf(done)));

function subjectOf({ action, subject, subjectEmail }) {
  if (subjectEmail) return h('bdi', null, subjectEmail);
  if (action === 'ticket_retriaged') return h('a', { href: `/tickets/${subject}` }, t('ticket.number', { id: subject.slice(-8) }));
  if (subject) return h('code', null, subject);
  return ['logins_slowed', 'password_reset_requested'].includes(action) && t('audit.no-account');
}

/** From what to what: the roles' names and the numbers; else what the server says. */
function detailOf({ action, detail }) {
  const [, before, after] = /^(\w+) to (\w+)$/.exec(detail) ?? [];
  if (action === 'role_changed' && before) return t('audit.change', { before: t(`role.${before}`), after: t(`role.${after}`) });
  if (action === 'skills_changed' && before) return t('audit.change', { before, after });
  return action === 'logins_slowed' && detail === 'everywhere' ? t('audit.everywhere') : detail;
}

function actorOf({ actor, actorId }) {
  if (actor) return h('bdi', null, actor);
  return t(actorId ? 'mail.gone' : 'audit.nobody');
}
