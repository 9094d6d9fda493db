// Which mails somebody gets: none but the welcome before they have shown that they read them.

import { patch, post } from '../core/api.js';
import { h } from '../core/dom.js';
import { session, update } from '../core/session.js';
import { t } from '../core/text.js';
import { icon } from '../parts/icon.js';
import { segments } from '../parts/segments.js';
import { toast } from '../parts/toast.js';

/** Says that the address has yet to be confirmed; nothing where it is. */
export function unconfirmed() {
  const { user } = session;
  if (user.emailConfirmed) return null;
  return h('div', { class: 'alert calm' }, icon('mail'),
    h('div', null,
      h('p', null, t('confirm.text', { email: user.email })),
      h('p', null, h('button', { type: 'button', class: 'link', onclick: sendAgain }, t('confirm.again')))));
}

async function sendAgain() {
  try {
    await post('/api/auth/confirm/mail');
    toast(t('confirm.sent'));
  } catch (error) {
    toast(error.message);
  }
}

/** Which mails about tickets are wanted. */
export function mailChoice() {
  const choices = ['all', 'mine', 'none'].map((value) => ({ value, name: t(`mails.${value}`) }));
  return [
    segments('mails', t('mails.label'), choices, session.user.mails, choose),
    h('p', { class: 'soft small-text' }, t('mails.hint')),
  ];
}

async function choose(mails) {
  try {
    update((await patch('/api/auth/me', { mails })).user);
    toast(t('account.saved'));
  } catch (error) {
    toast(error.message);
  }
}
