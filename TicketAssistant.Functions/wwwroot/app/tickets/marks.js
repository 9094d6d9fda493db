// How status, priority and type look: a shape, a colour and a word.

import { h } from '../core/dom.js';
import { t } from '../core/text.js';
import { icon } from '../parts/icon.js';

export const statuses = ['TODO', 'IN_PROGRESS', 'WAITING', 'DONE'];
export const priorities = ['urgent', 'high', 'medium', 'low'];
export const types = ['bug', 'incident', 'question', 'feature_request', 'account_access', 'billing', 'security', 'other'];

export const statusMark = (status) =>
  h('span', { class: 'mark pill', data: { status } }, icon(`status-${status}`), t(`status.${status}`));

export const priorityMark = (priority) =>
  h('span', { class: 'mark priority', data: { priority } }, icon(`priority-${priority}`), t(`priority.${priority}`));

/** The picture alone; its word is there for a screen reader and for the pointer. */
export const prioritySign = (priority) =>
  h('span', { class: 'mark priority', data: { priority }, title: t(`priority.${priority}`) },
    icon(`priority-${priority}`), h('span', { class: 'visually-hidden' }, t(`priority.${priority}`)));
