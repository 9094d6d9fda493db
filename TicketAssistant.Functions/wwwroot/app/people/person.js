import { post } from '../core/api.js';
import { h } from '../core/dom.js';
import { dayInput, valueOfDay } from '../accounts/away.js';
import { session, update } from '../core/session.js';
import { t } from '../core/text.js';
import { confirm, openDialog } from '../parts/dialog.js';
import { field, form, input } from '../parts/form.js';
import { avatar } from '../parts/person.js';
import { segments } from '../parts/segments.js';
import { tagField } from '../parts/tags.js';
import { toast } from '../parts/toast.js';
import { erase, exportButton } from './data.js';
import { grades, readSkill, writeSkill } from './skills.js';

const maxCapacity = 1000;

/** A dialog in which an admin says what somebody may and can. Resolves to the changed person, or null. */
export function editPerson(person, knownSkills) {
  return openDialog(person.name, (close) => {
    const skills = tagField('skills', t('field.skills'), person.skills, { known: knownSkills, hint: t('skills.hint'), nameOf: (skill) => readSkill(skill).name, extra: gradeChoice });
    const away = h('input', { type: 'checkbox', role: 'switch', checked: person.away, onchange: () => { until.disabled = !away.checked; } });
    const until = dayInput(person.awayUntil);
    until.disabled = !person.away;
    return [
      h('div', { class: 'person-head' }, avatar(person, 'large'), h('div', null, h('p', null, person.email), h('p', { class: 'soft small-text' }, t('people.open', { n: person.openTickets })),
        person.emailConfirmed ? null : h('span', { class: 'badge' }, t('people.unconfirmed')))),
      form(
        {
          verb: t('save'),
          check: ({ capacity }) => (isCapacity(capacity) ? {} : { capacity: t('capacity.wrong', { max: maxCapacity }) }),
          send: async ({ role, capacity }) => {
            const { user } = await post('/api/auth/update-user', {
              email: person.email, role, skills: skills.value(), away: away.checked,
              ...(away.checked && { awayUntil: valueOfDay(until) }), capacity: capacity.trim() === '' ? null : Number(capacity),
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
          h('div', { class: 'field' }, h('p', { class: 'label' }, t('away.title')), h('label', { class: 'switch' }, away, h('span', null, t('away.other'))),
            h('label', { for: until.id, class: 'hint' }, t('away.until')), until))),
      h('div', { class: 'danger-zone' }, h('p', { class: 'soft small-text' }, t(person.active ? 'close.hint' : 'open.hint')), h('div', { class: 'buttons' }, activity(person, close), exportButton(person), !person.active && eraseButton(person, close))),
    ];
  });
}

/** How well somebody can do it, within its tag. */
function gradeChoice(skill, change) {
  const { name, grade } = readSkill(skill);
  return h('select', { class: 'grade-choice', 'aria-label': t('skills.grade.of', { name }), onchange: (event) => change(writeSkill({ name, grade: event.target.value })) },
    h('option', { value: '' }, '–'),
    grades.map((value) => h('option', { value, selected: value === grade }, value)));
}

/** Has a closed account forgotten, after a question. */
const eraseButton = (person, close) => h('button', { type: 'button', class: 'button danger', onclick: async () => {
  const erased = await erase(person);
  if (erased) close(erased);
} }, t('data.erase'));

/** Closes the account, after a question, or opens it again. */
function activity(person, close) {
  const verb = t(person.active ? 'close.verb' : 'open.verb');
  return h('button', { type: 'button', class: person.active ? 'button danger' : 'button', onclick }, verb);

  async function onclick() {
    if (person.active && !await confirm(t('close.title', { name: person.name }), t('close.text'), verb, { danger: true })) return;
    try {
      const { user } = await post('/api/auth/update-user', { email: person.email, active: !person.active });
      toast(t('people.saved', { name: user.name }));
      close(user);
    } catch (error) {
      toast(error.message);
    }
  }
}

const isCapacity = (text) => text.trim() === '' || /^\d+$/.test(text.trim()) && Number(text) <= maxCapacity;
