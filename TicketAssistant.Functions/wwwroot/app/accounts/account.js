import { get, patch } from '../core/api.js';
import { h } from '../core/dom.js';
import { begin, session, update } from '../core/session.js';
import { chooseLanguage, language, languageNames, t } from '../core/text.js';
import { field, form, input, passwordField } from '../parts/form.js';
import { segments } from '../parts/segments.js';
import { skillTag } from '../people/skills.js';
import { toast } from '../parts/toast.js';
import { awayFields } from './away.js';
import { mailChoice, unconfirmed } from './mails.js';
import { missing } from './sign-in.js';
import { passwordProblem } from './password.js';

/** /account: what a person says about themselves, and how they like the app. */
export async function page({ signal }) {
  const { user } = await get('/api/auth/me', { signal });
  update(user);
  return [
    h('div', { class: 'narrow stack' },
      h('div', { class: 'page-head' }, h('div', null, h('h1', null, t('account.title')), h('p', null, user.email))),
      unconfirmed(),
      panel('account.profile', profile(user)),
      session.isStaff && panel('account.work', work(user)),
      panel('account.mails', mailChoice()),
      panel('account.looks', looks()),
      panel('account.password', password())),
  ];
}

const panel = (title, ...content) => h('section', { class: 'panel padded stack' }, h('h2', null, t(title)), content);

const profile = (user) => form(
  {
    verb: t('save'),
    check: missing,
    send: async ({ name }) => {
      update((await patch('/api/auth/me', { name })).user);
      toast(t('account.saved'));
    },
  },
  field('name', t('field.name'), input({ autocomplete: 'name', maxlength: 100, value: user.name, required: true }), { hint: t('account.name.hint') }));

const work = (user) => [
  awayFields(),
  h('div', null,
    h('p', { class: 'label' }, t('field.skills')),
    user.skills.length > 0
      ? h('div', { class: 'tags' }, user.skills.map((skill) => skillTag(skill)))
      : h('p', { class: 'soft' }, t('skills.none'))),
];

const looks = () => [
  h('div', { class: 'two' },
    segments('appearance', t('appearance.label'), ['system', 'light', 'dark'].map((value) => ({ value, name: t(`appearance.${value}`) })),
      document.documentElement.dataset.appearance ?? 'system', chooseAppearance),
    segments('language', t('language.label'), languageNames.map(({ code, name }) => ({ value: code, name })), language(), chooseLanguage)),
];

function chooseAppearance(appearance) {
  // Not as JSON: the script in the head of the page reads it before anything else runs.
  if (appearance === 'system') {
    localStorage.removeItem('appearance');
    delete document.documentElement.dataset.appearance;
  } else {
    localStorage.setItem('appearance', appearance);
    document.documentElement.dataset.appearance = appearance;
  }
}

function password() {
  const element = form(
    {
      verb: t('account.password.verb'),
      check: ({ oldPassword, password: next }) => ({ ...passwordProblem('password', next), ...missing({ oldPassword }) }),
      send: async ({ oldPassword, password: next }) => {
        begin(await patch('/api/auth/me', { oldPassword, password: next }));
        element.reset();
        toast(t('account.password.changed'));
      },
    },
    passwordField('oldPassword', t('field.oldPassword'), { autocomplete: 'current-password' }),
    passwordField('password', t('field.newPassword'), { autocomplete: 'new-password', hint: t('password.hint') }));
  return element;
}
