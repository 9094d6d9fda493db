import { h } from '../core/dom.js';
import { end, session } from '../core/session.js';
import { t } from '../core/text.js';
import { openDialog } from '../parts/dialog.js';
import { signInForm } from './sign-in.js';

/** Asks the person to sign in again without leaving the page, so that nothing is lost. Resolves to whether they did. */
export async function renew() {
  if (!session.user) return false;
  const { email } = session.user;
  const renewed = await openDialog(t('renew.title'), (close) => [
    h('p', { class: 'soft' }, t('renew.text', { email })),
    signInForm(email, () => close(true)),
    h('button', { type: 'button', class: 'button quiet wide', onclick: () => close(false) }, t('renew.leave')),
  ], { dismissable: false });
  if (!renewed) end();
  return renewed === true;
}
