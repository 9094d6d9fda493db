import { get } from '../core/api.js';
import { h } from '../core/dom.js';
import { t } from '../core/text.js';
import { openDialog } from '../parts/dialog.js';
import { icon } from '../parts/icon.js';
import { avatar } from '../parts/person.js';
import { alert, empty, skeleton } from '../parts/states.js';

const most = 50; // of each role; whoever isn't among them is found by name
const typing = 250; // milliseconds of rest before a search begins

/**
 * A dialog in which an admin chooses somebody who works on tickets.
 * @param back what the button says that chooses nobody; without it somebody has to be chosen.
 * @returns { person }, with null for nobody; null where none was chosen.
 */
export const choosePerson = (title, { back } = {}) => openDialog(title, (close) => {
  const list = h('div', { 'aria-live': 'polite' }, skeleton(4));
  const search = h('input', { class: 'input', type: 'search', 'aria-label': t('people.search'), placeholder: t('people.search'), oninput: onTyping, data: { autofocus: '' } });
  let timer;
  let asked = 0;
  load();
  return [
    h('div', { class: 'with-icon' }, icon('search'), search),
    list,
    back && h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'button', onclick: () => close({ person: null }) }, icon('retry'), back)),
  ];

  function onTyping() {
    clearTimeout(timer);
    timer = setTimeout(load, typing);
  }

  async function load() {
    const mine = ++asked;
    try {
      const of = (role) => get('/api/auth/users', { query: { role, q: search.value.trim(), limit: most } });
      const pages = await Promise.all([of('moderator'), of('admin')]);
      if (mine !== asked) return;
      const people = pages.flatMap(({ users }) => users).filter(({ active }) => active);
      list.replaceChildren(people.length > 0 ? h('ul', { class: 'candidates' }, people.map(entry)) : empty('people', t('people.nobody')));
    } catch (error) {
      if (error.name !== 'Problem') throw error;
      list.replaceChildren(alert(error.message));
    }
  }

  function entry(person) {
    return h('li', null, h('button', { type: 'button', class: 'candidate', onclick: () => close({ person }) },
      avatar(person),
      h('span', { class: 'candidate-main' },
        h('span', { class: 'person-name' }, h('bdi', null, person.name),
          person.role === 'admin' && h('span', { class: 'badge admin' }, t('role.admin')),
          person.away && h('span', { class: 'badge away' }, t('away.badge'))),
        h('span', { class: 'soft small-text' }, person.email)),
      h('span', { class: 'candidate-end soft small-text number' },
        person.capacity === null ? t('people.open', { n: person.openTickets }) : t('people.load', { open: person.openTickets, capacity: person.capacity }))));
  }
});
