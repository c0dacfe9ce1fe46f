/** Deletes the units it is given with a journal; says how far it is after each slice, so that it can be killed then. */
import { openJournal, JOURNAL_SCHEMA } from '../../src/clean/clean.ts';
import { fromText } from '../../src/model/byte-string.ts';
import { clean, planned } from './plan.ts';

const [, , journalPath, ...units] = process.argv;
using journal = openJournal(
  { file: fromText(journalPath) },
  'test',
  { type: 'run', schema: JOURNAL_SCHEMA, run: 'test', at: '', uid: 0, command: [], units: units.length },
  process.geteuid!(),
);
await clean(
  units.map((unit) => planned(unit)),
  { journal },
  {
    wantsProgress: () => true,
    onProgress: ({ removedEntries }) => process.stdout.write(`${removedEntries}\n`),
  },
);
