import { h } from '../core/dom.js';
import { t } from '../core/text.js';
import { icon } from './icon.js';

/** Where no page is, or none for this person. */
export const page = () => [
  h('div', { class: 'panel' },
    h('div', { class: 'note' },
      icon('search'),
      h('h1', null, t('lost.title')),
      h('p', null, t('lost.text')),
      h('a', { class: 'button', href: '/' }, t('lost.home')))),
];
