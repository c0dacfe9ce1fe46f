/** Options on what the exit code says. */
import type { OptionRow } from '../option-row.ts';

export const exitRows = {
  failsOnFinding: {
    name: 'fail-on-finding',
    type: 'flag',
    group: 'Exit code',
    help: 'exit with 1 where something was found',
    more: 'Also where part could not be read: 1 wins over 3.',
    commands: ['explain'],
  },
  failsOnAlarm: {
    name: 'fail-on-alarm',
    type: 'flag',
    group: 'Exit code',
    help: 'exit with 1 where an alarm was raised',
    commands: ['watch'],
    often: true,
  },
} as const satisfies Record<string, OptionRow>;
