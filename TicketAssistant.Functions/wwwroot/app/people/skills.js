// Skills as people have them: a name, or an admin's /pattern/, and how well, as "Kubernetes:5".

import { h } from '../core/dom.js';
import { t } from '../core/text.js';

export const grades = [1, 2, 3, 4, 5];

/** A skill's name and grade; null where it has none, which counts as the middle one. */
export function readSkill(skill) {
  const [, name, grade] = /^(.+?)\s*:([1-5])$/.exec(skill) ?? [null, skill, null];
  return { name, grade: grade && Number(grade) };
}

export const writeSkill = ({ name, grade }) => (grade ? `${name}:${grade}` : name);

/** A skill as a tag; its grade as a small number. */
export function skillTag(skill, { match = false } = {}) {
  const { name, grade } = readSkill(skill);
  return h('span', { class: match ? 'tag match' : 'tag', title: grade && t('skills.grade', { name, grade }) },
    h('bdi', null, name),
    grade && h('span', { class: 'grade' }, h('span', { class: 'visually-hidden' }, t('skills.grade.word')), grade));
}
