import { get } from '../core/api.js';
import { h } from '../core/dom.js';
import { percent } from '../core/format.js';
import { t } from '../core/text.js';
import { openDialog } from '../parts/dialog.js';
import { form } from '../parts/form.js';
import { icon } from '../parts/icon.js';
import { avatar } from '../parts/person.js';
import { alert, empty, skeleton } from '../parts/states.js';
import { tagField } from '../parts/tags.js';
import { skillTag } from '../people/skills.js';

/** Who could take the ticket, best first and with reasons. Resolves to the change to make, or null. */
export const reassign = (ticket) => openDialog(t('reassign.title'), (close) => {
  const list = h('div', null, skeleton(4));
  load();
  return [
    h('p', { class: 'soft' }, t('reassign.text')),
    list,
    ticket.assignedTo && h('div', { class: 'buttons' },
      h('button', { type: 'button', class: 'button', onclick: () => close({ assignedTo: null }) }, icon('retry'), t('reassign.back'))),
  ];

  async function load() {
    try {
      const { candidates } = await get(`/api/tickets/${ticket.id}/candidates`);
      list.replaceChildren(candidates.length > 0 ? h('ul', { class: 'candidates' }, candidates.map(row)) : empty('people', t('reassign.nobody')));
    } catch (error) {
      list.replaceChildren(alert(error.message));
    }
  }

  function row({ user, score, matchedSkills, openTickets, capacity, away, full, isAdmin, reason }) {
    const has = user.id === ticket.assignedTo?.id;
    return h('li', null,
      h('button', { type: 'button', class: 'candidate', disabled: has, onclick: () => close({ assignedTo: user }) },
        avatar(user),
        h('span', { class: 'candidate-main' },
          h('span', { class: 'person-name' }, h('bdi', null, user.name),
            isAdmin && h('span', { class: 'badge admin' }, t('role.admin')),
            away && h('span', { class: 'badge away' }, t('away.badge')),
            full && h('span', { class: 'badge away' }, t('reassign.full')),
            has && h('span', { class: 'badge' }, t('reassign.has'))),
          h('span', { class: 'soft small-text' }, reason),
          matchedSkills.length > 0 && h('span', { class: 'tags' }, matchedSkills.map((skill) => skillTag(skill, { match: true })))),
        h('span', { class: 'candidate-end soft small-text number' },
          score > 0 && h('span', null, t('reassign.fits', { percent: percent(score) })),
          h('span', null, capacity === null ? t('people.open', { n: openTickets }) : t('people.load', { open: openTickets, capacity })))));
  }
});

/** The skills that the ticket asks for, the most important first. Resolves to the change to make, or null. */
export const editSkills = (ticket) => openDialog(t('ticket.skills.edit'), (close) => {
  const skills = tagField('relatedSkills', t('field.skills'), ticket.relatedSkills, { hint: t('ticket.skills.hint'), max: 8 });
  return [form({ verb: t('save'), send: async () => close({ relatedSkills: skills.value() }) }, skills.element)];
});
