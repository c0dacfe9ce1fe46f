/** Deletes the units it is given with a journal; once so many entries are gone it says so and waits to be killed. */
import { writeSync } from 'node:fs';
import { openJournal, JOURNAL_SCHEMA } from '../../src/clean/clean.ts';
import { fromText } from '../../src/model/byte-string.ts';
import { clean, planned } from './plan.ts';

const [, , journalPath, most, ...units] = process.argv;
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
    onProgress: ({ removedEntries }) => {
      if (removedEntries <= Number(most)) return;
      writeSync(1, `${removedEntries}\n`);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    },
  },
);
