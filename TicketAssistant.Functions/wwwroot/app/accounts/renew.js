import { h } from '../core/dom.js';
import { end, onSession, session } from '../core/session.js';
import { t } from '../core/text.js';
import { openDialog } from '../parts/dialog.js';
import { signInForm } from './sign-in.js';

/** Asks the person to sign in again without leaving the page, so that nothing is lost. Resolves to whether they did. */
export async function renew() {
  if (!session.user) return false;
  const { user: { email }, token } = session;
  const over = new AbortController();
  const renewed = await openDialog(t('renew.title'), (close) => {
    // Done in another tab, or signed out there: nothing is left to ask here.
    onSession(() => { if (session.token !== token) close(session.token !== null); }, over.signal);
    return [
      h('p', { class: 'soft' }, t('renew.text', { email })),
      signInForm(email),
      h('button', { type: 'button', class: 'button quiet wide', onclick: () => close(false) }, t('renew.leave')),
    ];
  }, { dismissable: false });
  over.abort();
  if (!renewed && session.user) end();
  return renewed === true;
}
