import { get } from '../core/api.js';
import { h, replace } from '../core/dom.js';
import { setQuery } from '../core/router.js';
import { shortcut } from '../core/shortcuts.js';
import { t } from '../core/text.js';
import { icon } from '../parts/icon.js';
import { paged, results } from '../parts/paged.js';
import { avatar } from '../parts/person.js';
import { segments } from '../parts/segments.js';
import { empty } from '../parts/states.js';
import { editPerson } from './person.js';
import { skillTag, teamSkills } from './skills.js';

const pageSize = 50;
const typing = 250; // milliseconds of rest before a search begins
const roles = ['', 'user', 'moderator', 'admin'];

/** /people: everybody with an account; who they are, what they can, what they have to do. */
export async function page({ query, signal }) {
  const found = results(find, signal);
  const search = h('input', { class: 'input', type: 'search', 'aria-label': t('people.search'), placeholder: t('people.search'), value: query.get('q'), oninput: onTyping });
  let role = roles.includes(query.get('role') ?? '') ? query.get('role') ?? '' : '';
  const chosen = () => ({ q: search.value.trim(), role });
  let timer;

  function onTyping() {
    clearTimeout(timer);
    timer = setTimeout(apply, typing);
  }

  function apply() {
    clearTimeout(timer);
    setQuery(chosen());
    return found.load();
  }

  async function find(stop) {
    const wanted = chosen();
    const list = await paged('people', async (cursor) => {
      const { users, next } = await get('/api/auth/users', { query: { ...wanted, cursor, limit: pageSize }, signal: stop });
      return { items: users, next };
    }, personRow);
    return h('div', { class: 'panel' }, list ?? empty('people', t('people.nobody'), t('list.nothing.text')));
  }

  function personRow(user) {
    const element = h('li');
    draw(user);
    function draw(person) {
      replace(element,
        avatar(person, 'large'),
        h('div', null,
          h('p', { class: 'person-name' }, h('bdi', null, person.name),
            h('span', { class: `badge ${person.role}` }, t(`role.${person.role}`)),
            !person.active && h('span', { class: 'badge away' }, t('people.closed')),
            person.away && h('span', { class: 'badge away' }, t('away.badge'))),
          h('p', { class: 'person-mail' }, person.email)),
        h('div', { class: 'tags' }, person.skills.map((skill) => skillTag(skill))),
        load(person),
        h('button', { type: 'button', class: 'button quiet', data: { focus: `edit-${person.id}` }, onclick: () => edit(person), 'aria-label': t('people.edit', { name: person.name }) }, icon('edit', 'small'), h('span', null, t('edit'))));
    }
    async function edit(person) {
      const changed = await editPerson(person, [...new Set(await teamSkills(signal))].sort());
      if (changed) draw(changed);
    }
    return element;
  }

  shortcut('/', 'shortcuts.search', () => search.focus(), { signal });
  await apply();
  return [
    h('div', { class: 'page-head' }, h('h1', null, t('nav.people'))),
    h('form', { class: 'filters', role: 'search', onsubmit: (event) => { event.preventDefault(); apply(); } },
      h('div', { class: 'with-icon' }, icon('search'), search),
      segments('role', t('field.role'), roles.map((value) => ({ value, name: t(`people.role.${value || 'any'}`) })), role,
        (value) => { role = value; apply(); }, { visibleLabel: false })),
    found.element,
  ];
}

/** How much somebody has to do, and of how much. */
function load({ role, openTickets, capacity, name }) {
  if (role === 'user' && openTickets === 0) return h('div', { class: 'load' });
  const text = capacity === null ? t('people.open', { n: openTickets }) : t('people.load', { open: openTickets, capacity });
  return h('div', { class: 'load' }, h('span', { class: 'number' }, text),
    capacity > 0 && h('meter', { min: 0, max: capacity, low: capacity * 0.75, high: capacity * 0.99, optimum: 0, value: Math.min(openTickets, capacity), 'aria-label': t('people.load.label', { name }) }));
}
