/** Which key does what in the tree: ncdu's keys and vi's, as a table. */

/** What a key asks for. */
export type Deed =
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'half-up'
  | 'half-down'
  | 'first'
  | 'last'
  | 'open'
  | 'close'
  | 'sort-disk'
  | 'sort-apparent'
  | 'sort-count'
  | 'sort-age'
  | 'sort-freeable'
  | 'sort-growth'
  | 'sort-name'
  | 'turn'
  | 'directories-first'
  | 'filter'
  | 'clear'
  | 'why-list'
  | 'why-panel'
  | 'mark'
  | 'unmark'
  | 'delete'
  | 'rescan'
  | 'rescan-entry'
  | 'help'
  | 'quit';

/** Keys by their names (cli/terminal/terminal-keys.ts). */
const deeds: Readonly<Record<string, Deed>> = {
  up: 'up',
  k: 'up',
  down: 'down',
  j: 'down',
  'page-up': 'page-up',
  'ctrl-b': 'page-up',
  'page-down': 'page-down',
  'ctrl-f': 'page-down',
  'ctrl-u': 'half-up',
  'ctrl-d': 'half-down',
  home: 'first',
  g: 'first',
  end: 'last',
  G: 'last',
  enter: 'open',
  right: 'open',
  l: 'open',
  left: 'close',
  h: 'close',
  '<': 'close',
  backspace: 'close',
  s: 'sort-disk',
  a: 'sort-apparent',
  C: 'sort-count',
  c: 'sort-count',
  M: 'sort-age',
  m: 'sort-age',
  f: 'sort-freeable',
  '+': 'sort-growth',
  n: 'sort-name',
  v: 'turn',
  t: 'directories-first',
  '/': 'filter',
  escape: 'clear',
  w: 'why-list',
  i: 'why-panel',
  ' ': 'mark',
  u: 'unmark',
  d: 'delete',
  delete: 'delete',
  r: 'rescan',
  R: 'rescan-entry',
  '?': 'help',
  f1: 'help',
  q: 'quit',
};

export function deedOf(key: string): Deed | undefined {
  return Object.hasOwn(deeds, key) ? deeds[key] : undefined;
}
