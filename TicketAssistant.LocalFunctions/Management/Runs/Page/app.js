import * as api from './api.js';
import { gate } from './gate.js';
import { showList } from './list.js';
import { showRun } from './run.js';

const main = document.getElementById('main');
const live = document.getElementById('live');
const forget = document.getElementById('forget');
const words = { live: 'Live', paused: 'Paused', broken: 'Not connected' };
let stop = () => {};

function onState(state, error) {
  if (error instanceof api.KeyNeeded) {
    route();
    return;
  }
  live.hidden = false;
  live.dataset.state = state;
  document.getElementById('live-text').textContent = words[state];
}

function route() {
  stop();
  stop = () => {};
  const open = api.hasKey();
  forget.hidden = !open;
  live.hidden = true;
  if (!open) {
    document.title = 'Runs';
    gate(main, route);
    return;
  }
  const [, id] = /^#\/run\/(.+)$/.exec(location.hash) ?? [];
  document.title = id ? `${decodeURIComponent(id)} · Runs` : 'Runs';
  stop = id ? showRun(main, decodeURIComponent(id), onState) : showList(main, onState);
}

window.addEventListener('hashchange', () => {
  route();
  main.focus();
  window.scrollTo(0, 0);
});
document.querySelector('.skip').addEventListener('click', (event) => {
  // Its address would be taken for a view's.
  event.preventDefault();
  main.focus();
});
forget.addEventListener('click', () => {
  api.forgetKey();
  route();
});
route();
