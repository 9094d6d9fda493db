import { post } from '../core/api.js';
import { h } from '../core/dom.js';
import { begin } from '../core/session.js';
import { t } from '../core/text.js';
import { field, form, input, passwordField } from '../parts/form.js';

/** /sign-in: who has an account begins here, and goes on to where they wanted. */
export const page = () => [
  h('div', { class: 'gate' },
    h('div', { class: 'panel' },
      h('div', null, h('h1', null, t('sign-in.title')), h('p', { class: 'soft' }, t('sign-in.text'))),
      signInForm(),
      h('p', { class: 'gate-other' }, h('a', { href: '/reset-password' }, t('reset.link'))),
      h('p', { class: 'gate-other' }, t('sign-in.other'), ' ', h('a', { href: `/sign-up${location.search}` }, t('sign-up.verb'))))),
];

/** The form alone. @param email the only account that may sign in, where it is known. */
export function signInForm(email) {
  return form(
    {
      verb: t('sign-in.verb'),
      submitProperties: { class: 'button primary wide' },
      check: (values) => missing({ email: email ?? values.email, password: values.password }),
      send: async (values) => {
        begin(await post('/api/auth/login', { email: email ?? values.email, password: values.password }, { anonymous: true }));
      },
    },
    email
      ? h('input', { type: 'hidden', name: 'email', value: email, autocomplete: 'username' })
      : field('email', t('field.email'), input({ type: 'email', autocomplete: 'username', required: true, data: { autofocus: '' } })),
    passwordField('password', t('field.password'), { autocomplete: 'current-password', autofocus: email !== undefined }));
}

/** An error for each field in which nothing is written. */
export const missing = (values) => Object.fromEntries(
  Object.entries(values).filter(([, value]) => !value?.trim()).map(([name]) => [name, t(`missing.${name}`)]));
