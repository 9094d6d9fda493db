// The texts, one file per language. A text is a string with {places}, or has a form per number of {n} things.

import english from '../text/en.js';
import { local } from './storage.js';

/** Every language: its own name, and its file. Another one needs a file and a line here. */
const languages = {
  en: { name: 'English', load: async () => ({ default: english }) },
  de: { name: 'Deutsch', load: () => import('../text/de.js') },
};

export const languageNames = Object.entries(languages).map(([code, { name }]) => ({ code, name }));

let code = 'en';
let texts = english;
let plurals = new Intl.PluralRules('en');

/** The language in use; also for Intl. */
export const language = () => code;

/** What the browser asks for with this language in it, so that an Austrian sees Austrian dates. */
export const locale = () => navigator.languages.find((tag) => tag.split('-')[0] === code) ?? code;

/** Loads the language that the person chose, or that their browser prefers. */
export async function loadLanguage() {
  const wanted = [local.get('language'), ...navigator.languages.map((tag) => tag.split('-')[0])];
  code = wanted.find((tag) => tag && Object.hasOwn(languages, tag)) ?? 'en';
  texts = (await languages[code].load()).default;
  plurals = new Intl.PluralRules(code);
  document.documentElement.lang = code;
}

/** Keeps the choice and begins anew with it. */
export function chooseLanguage(next) {
  local.set('language', next);
  location.reload();
}

/** Text of somebody's in a sentence, so that its direction turns nothing around it. */
export const isolate = (text) => `\u2068${text}\u2069`;

export const has = (key) => Object.hasOwn(texts, key) || Object.hasOwn(english, key);

/** The text for a key, its places filled. */
export function t(key, values = {}) {
  const text = texts[key] ?? english[key];
  if (text === undefined) throw new Error(`There is no text '${key}'.`);
  const form = typeof text === 'string' ? text : text[plurals.select(values.n)] ?? text.other;
  return form.replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === 'number' ? values[name].toLocaleString(locale()) : values[name]));
}
