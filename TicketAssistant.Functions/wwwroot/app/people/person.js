import { post } from '../core/api.js';
import { h } from '../core/dom.js';
import { session, update } from '../core/session.js';
import { t } from '../core/text.js';
import { openDialog } from '../parts/dialog.js';
import { field, form, input } from '../parts/form.js';
import { avatar } from '../parts/person.js';
import { segments } from '../parts/segments.js';
import { tagField } from '../parts/tags.js';
import { toast } from '../parts/toast.js';

const maxCapacity = 1000;

/** A dialog in which an admin says what somebody may and can. Resolves to the changed person, or null. */
export function editPerson(person, knownSkills) {
  return openDialog(person.name, (close) => {
    const skills = tagField('skills', t('field.skills'), person.skills, { known: knownSkills, hint: t('skills.hint') });
    const away = h('input', { type: 'checkbox', role: 'switch', checked: person.away });
    return [
      h('div', { class: 'person-head' }, avatar(person, 'large'), h('div', null, h('p', null, person.email), h('p', { class: 'soft small-text' }, t('people.open', { n: person.openTickets })))),
      form(
        {
          verb: t('save'),
          check: ({ capacity }) => (isCapacity(capacity) ? {} : { capacity: t('capacity.wrong', { max: maxCapacity }) }),
          send: async ({ role, capacity }) => {
            const { user } = await post('/api/auth/update-user', {
              email: person.email, role, skills: skills.value(), away: away.checked, capacity: capacity.trim() === '' ? null : Number(capacity),
            });
            if (user.id === session.user.id) update(user);
            toast(t('people.saved', { name: user.name }));
            close(user);
          },
          actions: [h('button', { type: 'button', class: 'button', onclick: () => close() }, t('cancel'))],
        },
        segments('role', t('field.role'), ['user', 'moderator', 'admin'].map((value) => ({ value, name: t(`role.${value}`) })), person.role),
        skills.element,
        h('div', { class: 'two' },
          field('capacity', t('field.capacity'), input({ inputmode: 'numeric', autocomplete: 'off', value: person.capacity, placeholder: t('capacity.any') }), { hint: t('capacity.hint') }),
          h('div', { class: 'field' }, h('p', { class: 'label' }, t('away.title')), h('label', { class: 'switch' }, away, h('span', null, t('away.other'))))))];
  });
}

const isCapacity = (text) => text.trim() === '' || /^\d+$/.test(text.trim()) && Number(text) <= maxCapacity;
