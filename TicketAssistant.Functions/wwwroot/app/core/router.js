// One page at a time, each with an address of its own.

import { announce, h } from './dom.js';
import { t } from './text.js';
import { session } from './session.js';
import { failed, skeleton } from '../parts/states.js';
import { routes } from '../routes.js';

const main = document.getElementById('main');
const listeners = new Set();
let leave = null;

const patterns = routes.map((route) => ({
  ...route,
  pattern: new RegExp(`^${route.path.replace('{id}', '([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})')}/?$`),
}));

/** Calls back with the route whenever another page is shown. */
export const onPage = (listener) => listeners.add(listener);

/** Goes to another page. */
export function navigate(address, { replace = false } = {}) {
  remember();
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  return show();
}

/** Writes what is chosen on this page into its address, without leaving it. */
export function setQuery(values) {
  const given = Object.entries(values).filter(([, value]) => value);
  history.replaceState(history.state, '', location.pathname + (given.length ? `?${new URLSearchParams(given)}` : ''));
}

/** The page where somebody begins. */
export const home = () => (session.user?.role === 'moderator' ? '/queue' : '/tickets');

/** Shows the page that the address names. */
export async function show({ scroll = 0, first = false } = {}) {
  const path = location.pathname;
  if (path === '/') {
    history.replaceState(null, '', session.user ? home() : '/sign-in');
    return show({ first });
  }
  const found = patterns.find(({ pattern }) => pattern.test(path));
  const route = found ?? { page: 'lost', load: () => import('../parts/lost.js') };
  if (found && !route.anonymous && !session.user) {
    history.replaceState(null, '', `/sign-in?next=${encodeURIComponent(path + location.search)}`);
    return show({ first });
  }
  if (route.onlyAnonymous && session.user) {
    history.replaceState(null, '', nextAddress());
    return show({ first });
  }
  const allowed = !route.roles || route.roles.includes(session.user?.role);

  leave?.abort();
  const here = leave = new AbortController();
  for (const listener of listeners) listener(route);
  const waiting = setTimeout(() => main.replaceChildren(h('div', { class: 'panel' }, skeleton())), first ? 0 : 150);
  try {
    const module = allowed ? await route.load() : await import('../parts/lost.js');
    if (here.signal.aborted) return;
    const content = await module.page({
      params: found ? found.pattern.exec(path).slice(1) : [],
      query: new URLSearchParams(location.search),
      signal: here.signal,
    });
    clearTimeout(waiting);
    if (!here.signal.aborted) put(content, { scroll, first });
  } catch (error) {
    clearTimeout(waiting);
    if (here.signal.aborted || error.name === 'AbortError') return;
    // A module that isn't there any more: the app was deployed anew while this page was open.
    if (error instanceof TypeError && /import|module/i.test(error.message) && reloadOnce()) return;
    put([failed(error, () => show())], { scroll, first });
  }
}

function put(content, { scroll, first }) {
  main.replaceChildren(...content);
  const heading = main.querySelector('h1');
  document.title = heading ? `${heading.textContent} · ${t('app.name')}` : t('app.name');
  window.scrollTo(0, scroll);
  const focus = main.querySelector('[data-autofocus]');
  if (focus) focus.focus();
  else if (!first && heading) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
  if (focus && heading) announce(heading.textContent);
}

/** Where a person who signs in was going; only ever inside the app. */
export function nextAddress() {
  const next = new URLSearchParams(location.search).get('next');
  return next && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-') ? next : home();
}

function remember() {
  history.replaceState({ ...history.state, scroll: window.scrollY }, '');
}

function reloadOnce() {
  if (sessionStorage.getItem('reloaded') === location.href) return false;
  sessionStorage.setItem('reloaded', location.href);
  location.reload();
  return true;
}

window.addEventListener('popstate', () => show({ scroll: history.state?.scroll ?? 0 }));
document.addEventListener('click', (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest('a[href]');
  if (!link || link.target || link.origin !== location.origin || link.dataset.leave !== undefined) return;
  event.preventDefault();
  if (link.getAttribute('href').startsWith('#')) {
    // Within the page: the address stays.
    document.getElementById(link.hash.slice(1))?.focus();
    return;
  }
  navigate(link.pathname + link.search);
});
