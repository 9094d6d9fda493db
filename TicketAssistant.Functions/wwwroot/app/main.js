import { get, onExpired } from './core/api.js';
import { navigate, onPage, show } from './core/router.js';
import { onSession, restore, session, update } from './core/session.js';
import { shortcut, showShortcuts } from './core/shortcuts.js';
import { loadLanguage } from './core/text.js';
import { renew } from './accounts/renew.js';
import { drawShell, places } from './parts/shell.js';

history.scrollRestoration = 'manual';
onExpired(renew);
await Promise.all([loadLanguage(), restore()]);

let page = null;
onPage((route) => {
  page = route.page;
  drawShell(page);
});
onSession((what) => {
  if (what === 'changed') drawShell(page);
  else navigate(what === 'in' ? location.href : '/sign-in', { replace: true });
});

const isSignedIn = () => session.user !== null;
const placeOf = (of) => places().find(({ page: candidate }) => candidate === of);
const place = (keys, label, of) => shortcut(keys, label, () => navigate(placeOf(of).href), { when: () => isSignedIn() && placeOf(of) });
shortcut('?', 'shortcuts.help', showShortcuts);
shortcut('c', 'shortcuts.new', () => navigate('/tickets/new'), { when: isSignedIn });
place('g q', 'shortcuts.queue', 'queue');
place('g t', 'shortcuts.tickets', 'tickets');
place('g r', 'shortcuts.triage', 'triage');
place('g n', 'shortcuts.statistics', 'statistics');
place('g p', 'shortcuts.people', 'people');
place('g s', 'shortcuts.system', 'system');

if (session.user) refresh();
await show({ first: true });

/** What the session knows of the person may be an hour old. */
async function refresh() {
  try {
    update((await get('/api/auth/me')).user);
  } catch {
    // The page itself will say what is wrong.
  }
}
