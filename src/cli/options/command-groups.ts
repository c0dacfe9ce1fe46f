/** The commands, and what several of them have in common: an option names a group, so that a new command joins a few lists. */

/** In the order in which they are shown; `explain` is the one that needs no name. */
export const everyCommand = [
  'explain',
  'browse',
  'watch',
  'tmp',
  'log',
  'free',
  'report',
  'metrics',
  'record',
  'fleet',
  'snapshot',
  'diff',
  'history',
  'help',
  'completion',
  'config',
] as const;

export type CommandName = (typeof everyCommand)[number];

/** They size the trees that are named. */
export const sizing = ['explain', 'browse', 'report', 'metrics', 'record', 'snapshot', 'diff'] as const;

/** They look at files that are named, and may meet a mount that does not answer. */
export const looking = [...sizing, 'watch', 'tmp', 'log', 'free', 'history'] as const;

/** They answer with lines for a person, or with JSON. */
export const answering = ['explain', 'watch', 'tmp', 'log', 'free', 'fleet', 'diff', 'history'] as const;

/** They draw on a terminal. */
export const drawing = [...answering, 'browse', 'snapshot'] as const;

/** They tell of the program itself. */
export const telling = ['help', 'completion', 'config'] as const;
