import { post } from '../core/api.js';
import { h } from '../core/dom.js';
import { begin } from '../core/session.js';
import { t } from '../core/text.js';
import { field, form, input, passwordField } from '../parts/form.js';
import { missing } from './sign-in.js';
import { passwordProblem } from './password.js';

/** /sign-up: an account for who writes tickets. */
export const page = () => [
  h('div', { class: 'gate' },
    h('div', { class: 'panel' },
      h('div', null, h('h1', null, t('sign-up.title')), h('p', { class: 'soft' }, t('sign-up.text'))),
      form(
        {
          verb: t('sign-up.verb'),
          submitProperties: { class: 'button primary wide' },
          check: ({ name, email, password }) => ({ ...passwordProblem('password', password), ...missing({ name, email, password }) }),
          send: async ({ name, email, password }) => begin(await post('/api/auth/signup', { name, email, password }, { anonymous: true })),
        },
        field('name', t('field.name'), input({ autocomplete: 'name', required: true, maxlength: 100, data: { autofocus: '' } })),
        field('email', t('field.email'), input({ type: 'email', autocomplete: 'username', required: true })),
        passwordField('password', t('field.password'), { autocomplete: 'new-password', hint: t('password.hint') })),
      h('p', { class: 'gate-other' }, t('sign-up.other'), ' ', h('a', { href: `/sign-in${location.search}` }, t('sign-in.verb'))))),
];
