// Elements without markup in strings: text stays text, whatever it holds.

/**
 * Makes an element. Properties that begin with "on" are listeners, "data" and "style" are maps (style sets custom
 * properties and others through the CSSOM, which the page's policy allows), true and false are bare attributes.
 */
export function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'data') Object.assign(element.dataset, value);
    else if (key === 'style') for (const [property, text] of Object.entries(value)) element.style.setProperty(property, text);
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/** Puts new content in, and the focus back on what has the same data-focus as before. */
export function replace(parent, ...children) {
  const focused = parent.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  parent.replaceChildren(...children.flat().filter(Boolean));
  if (focused) parent.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
}

/** Tells a screen reader what has just happened. */
export function announce(text) {
  document.getElementById('announcer').textContent = text;
}
