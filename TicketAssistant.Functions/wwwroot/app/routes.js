// Every page: its path, who may see it, and the module that makes it. The server's PagePaths names the same paths.

const staff = ['moderator', 'admin'];

export const routes = [
  { path: '/sign-in', page: 'sign-in', anonymous: true, onlyAnonymous: true, load: () => import('./accounts/sign-in.js') },
  { path: '/sign-up', page: 'sign-up', anonymous: true, onlyAnonymous: true, load: () => import('./accounts/sign-up.js') },
  { path: '/reset-password', page: 'reset-password', anonymous: true, load: () => import('./accounts/reset-password.js') },
  { path: '/account', page: 'account', load: () => import('./accounts/account.js') },
  { path: '/queue', page: 'queue', roles: staff, load: () => import('./tickets/queue.js') },
  { path: '/tickets', page: 'tickets', load: () => import('./tickets/list.js') },
  { path: '/tickets/new', page: 'new', load: () => import('./tickets/new.js') },
  { path: '/tickets/{id}', page: 'ticket', load: () => import('./tickets/ticket.js') },
  { path: '/triage', page: 'triage', roles: staff, load: () => import('./triage/triage.js') },
  { path: '/statistics', page: 'statistics', roles: staff, load: () => import('./statistics/statistics.js') },
  { path: '/people', page: 'people', roles: ['admin'], load: () => import('./people/people.js') },
  { path: '/audit', page: 'audit', roles: ['admin'], load: () => import('./audit/audit.js') },
  { path: '/system', page: 'system', roles: ['admin'], load: () => import('./system/system.js') },
];
