// Skills as people have them: a name, or an admin's /pattern/, and how well, as "Kubernetes:5".

import { get } from '../core/api.js';
import { h } from '../core/dom.js';
import { t } from '../core/text.js';

export const grades = [1, 2, 3, 4, 5];

/** A skill's name and grade; null where it has none, which counts as the middle one. */
export function readSkill(skill) {
  const [, name, grade] = /^(.+?)\s*:([1-5])$/.exec(skill) ?? [null, skill, null];
  return { name, grade: grade && Number(grade) };
}

/** Whether it is a pattern between slashes: it stands for every skill whose name it fits. */
const isPattern = (name) => name.length > 2 && name.startsWith('/') && name.endsWith('/');

export const writeSkill = ({ name, grade }) => (grade ? `${name}:${grade}` : name);

/** A skill as a tag; its grade as a small number. */
export function skillTag(skill, { match = false } = {}) {
  const { name, grade } = readSkill(skill);
  const classes = ['tag', match && 'match', isPattern(name) && 'pattern'].filter(Boolean).join(' ');
  return h('span', { class: classes, title: isPattern(name) ? t('skills.pattern') : grade && t('skills.grade', { name, grade }) },
    h('bdi', null, name),
    grade && h('span', { class: 'grade' }, h('span', { class: 'visually-hidden' }, t('skills.grade.word')), grade));
}

const most = 100;

/** The names of what the team can do, to be offered while somebody writes; none where they can't be had just now. */
export async function teamSkills(signal) {
  try {
    const { users } = await get('/api/auth/users', { query: { role: 'moderator', limit: most }, signal });
    return users.flatMap(({ skills }) => skills).map((skill) => readSkill(skill).name).filter((name) => !isPattern(name));
  } catch (error) {
    if (!['AbortError', 'Problem'].includes(error.name)) throw error;
    return [];
  }
}
