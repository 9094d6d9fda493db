// What is around every page: where one can go, and who one is.

import { h, replace } from '../core/dom.js';
import { session } from '../core/session.js';
import { chooseLanguage, language, languageNames, t } from '../core/text.js';
import { awaySwitch } from '../accounts/away.js';
import { signOut } from '../accounts/sign-out.js';
import { icon } from './icon.js';
import { menu } from './menu.js';
import { avatar } from './person.js';
import { showShortcuts } from '../core/shortcuts.js';

const frame = document.getElementById('frame');
const bar = document.getElementById('bar');
const brand = bar.querySelector('.brand');

/** The places that the person can go to; where there is little room, the minor ones are in the account menu. */
export const places = () => [
  session.isStaff && { page: 'queue', href: '/queue', picture: 'queue', name: 'nav.queue' },
  { page: 'tickets', href: '/tickets', picture: 'ticket', name: session.isStaff ? 'nav.all' : 'nav.mine' },
  session.isStaff && { page: 'triage', href: '/triage', picture: 'spark', name: 'nav.triage', minor: true },
  session.isStaff && { page: 'statistics', href: '/statistics', picture: 'statistics', name: 'nav.statistics', minor: true },
  session.isAdmin && { page: 'people', href: '/people', picture: 'people', name: 'nav.people' },
  session.isAdmin && { page: 'audit', href: '/audit', picture: 'audit', name: 'nav.audit', minor: true },
  session.isAdmin && { page: 'system', href: '/system', picture: 'system', name: 'nav.system', minor: true },
].filter(Boolean);

/** Draws it for the person who is signed in, or for nobody. */
export function drawShell(page) {
  brand.lastChild.textContent = t('app.name');
  document.querySelector('.skip').textContent = t('skip');
  frame.classList.toggle('alone', session.user === null);
  replace(bar, brand, session.user ? [newTicket(), navigation(page), me()] : languageChoice());
}

const newTicket = () => h('a', { class: 'button primary new-ticket', href: '/tickets/new', data: { focus: 'new' } }, icon('plus'), t('nav.new'));

function navigation(page) {
  const link = ({ page: of, href, picture, name }, className) =>
    h('a', { href, class: className, 'aria-current': page === of ? 'page' : null, data: { focus: `nav-${of}` } }, icon(picture), h('span', null, t(name)));
  return h('nav', { class: 'nav', 'aria-label': t('nav.label') },
    places().map((place) => link(place, place.minor && 'minor')),
    link({ page: 'new', href: '/tickets/new', picture: 'plus', name: 'nav.new.short' }, 'nav-new'));
}

function me() {
  const { user } = session;
  const button = h('button', { type: 'button', class: 'me', 'aria-label': t('me.label', { name: user.name }), data: { focus: 'me' } },
    avatar(user), h('span', { class: 'me-name' }, user.name, h('span', { class: 'me-role' }, t(`role.${user.role}`))), icon('down', 'small'));
  return h('div', { class: 'bar-end' },
    session.isStaff && h('div', { class: 'away-switch' }, awaySwitch('away')),
    menu(button, [
      h('div', { class: 'menu-head' }, h('strong', null, user.name), h('div', { class: 'soft small-text' }, user.email)),
      // Where there is no room beside it.
      session.isStaff && h('div', { class: 'menu-item away-switch' }, awaySwitch('menu-away')),
      places().filter(({ minor }) => minor).map(({ href, picture, name }) => h('a', { class: 'menu-item minor', href }, icon(picture), t(name))),
      h('a', { class: 'menu-item', href: '/account' }, icon('person'), t('nav.account')),
      h('button', { type: 'button', class: 'menu-item', onclick: showShortcuts }, icon('keyboard'), t('shortcuts.title')),
      h('button', { type: 'button', class: 'menu-item', onclick: signOut }, icon('out'), t('sign-out')),
    ], { up: true }));
}

const languageChoice = () => h('div', { class: 'bar-end' },
  h('div', { class: 'buttons' }, languageNames.filter(({ code }) => code !== language()).map(({ code, name }) =>
    h('button', { type: 'button', class: 'button quiet', lang: code, onclick: () => chooseLanguage(code) }, name))));
