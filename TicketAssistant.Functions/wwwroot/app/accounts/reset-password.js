import { post } from '../core/api.js';
import { h, replace } from '../core/dom.js';
import { navigate } from '../core/router.js';
import { end, session } from '../core/session.js';
import { t } from '../core/text.js';
import { field, form, input, passwordField } from '../parts/form.js';
import { toast } from '../parts/toast.js';
import { missing } from './sign-in.js';
import { passwordProblem } from './password.js';

/** /reset-password: asks for the mail; with the token of its link (#token=...) sets the new password. */
export function page() {
  const panel = h('div', { class: 'panel' });
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  replace(panel, token ? choose(token, panel) : ask(panel));
  return [h('div', { class: 'gate' }, panel)];
}

const head = (title, text) => h('div', null, h('h1', null, t(title)), h('p', { class: 'soft' }, t(text)));

const back = () => h('p', { class: 'gate-other' }, h('a', { href: '/sign-in' }, t('sign-in.verb')));

const ask = (panel) => [
  head('reset.ask.title', 'reset.ask.text'),
  form(
    {
      verb: t('reset.ask.verb'),
      submitProperties: { class: 'button primary wide' },
      check: missing,
      send: async ({ email }) => {
        await post('/api/auth/forgot', { email }, { anonymous: true });
        replace(panel, head('reset.sent.title', 'reset.sent.text'), back());
        panel.querySelector('h1').tabIndex = -1;
        panel.querySelector('h1').focus();
      },
    },
    field('email', t('field.email'), input({ type: 'email', autocomplete: 'username', required: true, data: { autofocus: '' } }))),
  back(),
];

const choose = (token, panel) => [
  head('reset.title', 'reset.text'),
  form(
    {
      verb: t('reset.verb'),
      submitProperties: { class: 'button primary wide' },
      check: ({ password }) => ({ ...passwordProblem('password', password), ...missing({ password }) }),
      send: async ({ password }) => {
        try {
          await post('/api/auth/reset', { token, password }, { anonymous: true });
        } catch (error) {
          if (!error.errors?.token) throw error;
          history.replaceState(null, '', '/reset-password');
          replace(panel, head('reset.bad.title', 'reset.bad.text'), ask(panel).slice(1));
          return;
        }
        if (session.user) end();
        toast(t('reset.done'));
        navigate('/sign-in', { replace: true });
      },
    },
    passwordField('password', t('field.newPassword'), { autocomplete: 'new-password', hint: t('password.hint'), autofocus: true })),
  back(),
];
