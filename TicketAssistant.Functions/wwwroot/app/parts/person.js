import { h } from '../core/dom.js';

const tints = 6;

/** Two letters in a circle, in a colour that stays with the person. */
export function avatar({ id, name }, size = '') {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : null].filter(Boolean).map((word) => [...word][0]).join('').toLocaleUpperCase();
  const tint = [...id].reduce((sum, character) => sum + character.charCodeAt(0), 0) % tints;
  return h('span', { class: `avatar ${size}`.trim(), 'aria-hidden': 'true', data: { tint } }, letters);
}

/** A person in a line of text. */
export const who = (person) => h('span', { class: 'who' }, avatar(person, 'small'), h('span', null, person.name));
