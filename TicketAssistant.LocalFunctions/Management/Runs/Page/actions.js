import * as api from './api.js';
import { confirm } from './dialog.js';
import { announce, h } from './dom.js';
import { link } from './parts.js';

const ended = ['Completed', 'Failed', 'Terminated'];

/** The buttons for what can be done with a run as it stands; each asks first. */
export function actions(run, live) {
  const is = (...statuses) => statuses.includes(run.status);

  async function tell(verb, reason, done) {
    await api.command(run.id, verb, { reason });
    announce(done);
    // The answer says that it is stored; the run itself learns of it a moment later.
    setTimeout(() => live.now(), 150);
  }

  const button = (name, options, act, danger) =>
    h('button', { type: 'button', class: `button ${danger ? 'danger' : ''}`, data: { focus: `do-${name}` }, onclick: () => confirm({ ...options, verb: name, danger }, act) }, name);

  return h('div', { class: 'buttons', role: 'group', 'aria-label': 'What can be done with this run' },
    is('Running', 'Pending') && button('Suspend', {
      title: 'Suspend this run?',
      text: 'Activities that are under way finish; what comes of them waits until the run is resumed.',
    }, (reason) => tell('suspend', reason, 'Suspended')),
    is('Suspended') && button('Resume', {
      title: 'Resume this run?',
      text: 'It goes on where it stands, with what has happened meanwhile.',
    }, (reason) => tell('resume', reason, 'Resumed')),
    is('Failed') && button('Rewind', {
      title: 'Rewind this run?',
      text: 'It forgets the failure that ended it and tries those steps again. What was done before stays done.',
      reason: false,
    }, (reason) => tell('rewind', reason, 'Rewound')),
    is(...ended) && button('Re-run', {
      title: 'Run this again?',
      text: 'From the beginning, with the same input. Everything it does outside is done again, too.',
      reason: false,
      choice: 'Keep this run and start the new one under another id',
    }, async (_, keep) => {
      const started = await api.command(run.id, 'restart', { restartWithNewInstanceId: String(keep) });
      announce('Started again');
      if (started.id === run.id) live.now();
      else location.hash = link(started.id);
    }),
    is('Running', 'Pending', 'Suspended') && button('Terminate', {
      title: 'Terminate this run?',
      text: 'It ends at once and cannot be resumed. An activity that is under way still finishes; nothing comes of it.',
    }, (reason) => tell('terminate', reason, 'Terminated'), true));
}
