import { s } from '../core/dom.js';

const sprite = new URL('../icons.svg', import.meta.url).pathname;

/** A picture from the sprite; for the eye alone, so what it stands for has to be said in words as well. */
export const icon = (name, size = '') =>
  s('svg', { class: `icon ${size}`.trim(), 'aria-hidden': 'true', focusable: 'false' }, s('use', { href: `${sprite}#${name}` }));
