// Elements without markup in strings: whatever a text holds, it stays text.

const svg = 'http://www.w3.org/2000/svg';

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'data') Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...flat(children));
  return element;
}

const flat = (children) => children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false);

/**
 * Makes an element. Properties that begin with "on" are listeners, "data" is a map of data attributes, true is a bare
 * attribute; null, undefined and false are left out, among the children as well.
 */
export const h = (name, properties, ...children) => fill(document.createElement(name), properties, children);

/** As h, for SVG. */
export const s = (name, properties, ...children) => fill(document.createElementNS(svg, name), properties, children);

/** Puts new content in; what has the same data-focus as before has the focus again, and is open again where it was. */
export function replace(parent, ...children) {
  const focused = parent.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  const open = [...parent.querySelectorAll('details[open] > summary')].map(({ dataset }) => dataset.focus);
  parent.replaceChildren(...flat(children));
  for (const summary of parent.querySelectorAll('details > summary')) summary.parentElement.open ||= open.includes(summary.dataset.focus);
  if (focused) parent.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
  return parent;
}

const announcer = document.getElementById('announcer');

/** Tells a screen reader what has just happened. */
export function announce(text) {
  announcer.textContent = '';
  // Emptied first, and filled a moment later: the same sentence twice is said twice.
  setTimeout(() => { announcer.textContent = text; }, 50);
}

let last = 0;

/** An id that no other element of the page has. */
export const newId = (prefix) => `${prefix}-${++last}`;
