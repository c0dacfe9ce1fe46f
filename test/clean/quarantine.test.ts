/** Moving aside instead of deleting, and bringing back. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { JOURNAL_SCHEMA, openJournal, restoreRun } from '../../src/clean/clean.ts';
import { fromText } from '../../src/model/byte-string.ts';
import { clean, names, planned } from '../support/plan.ts';
import { needsLinux } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildTree, directory, file } from '../support/tree.ts';

const ownUid = process.geteuid?.() ?? 0;

for (const source of ['auto', 'portable'] as const) {
  suite(`quarantine (${source})`, { skip: needsLinux }, () => {
    test('there and back', async () => {
      using folder = tempFolder();
      const run = 'run-1';
      await buildTree(`${folder.path}/tmp`, {
        one: directory({ a: file(10) }),
        'two\n': file(20),
        kept: file(1),
      });
      const before = planned(`${folder.path}/tmp/one`);
      const units = [before, planned(`${folder.path}/tmp/two\n`)];
      const path = fromText(`${folder.path}/journal`);
      {
        using journal = openJournal(
          { file: path },
          run,
          { type: 'run', schema: JOURNAL_SCHEMA, run, at: '', uid: ownUid, command: [], units: 2 },
          ownUid,
        );
        const outcomes = await clean(units, { source, journal, quarantine: true, run });
        assert.deepEqual(
          outcomes.map(({ outcome, freedBytes }) => [outcome, freedBytes]),
          [
            ['quarantined', 0],
            ['quarantined', 0],
          ],
        );
      }
      const quarantine = `${folder.path}/tmp/.diskwhy-quarantine-${run}`;
      assert.equal(statSync(quarantine).mode & 0o777, 0o700);
      assert.deepEqual(names(quarantine), ['one', 'two\n']);
      assert.deepEqual(names(`${folder.path}/tmp`), ['.diskwhy-quarantine-run-1', 'kept']);
      // Something has taken a place meanwhile.
      writeFileSync(`${folder.path}/tmp/two\n`, 'newer');
      const restored = restoreRun(path, undefined, { ownUid, source });
      assert.deepEqual(
        restored.map(({ obstacle }) => obstacle?.kind),
        [undefined, 'place-taken'],
      );
      assert.equal(readFileSync(`${folder.path}/tmp/two\n`, 'utf8'), 'newer');
      assert.equal(readFileSync(`${folder.path}/tmp/one/a`).length, 10);
      renameSync(`${folder.path}/tmp/two\n`, `${folder.path}/tmp/newer`);
      assert.deepEqual(
        restoreRun(path, undefined, { ownUid, source }).map(({ obstacle }) => obstacle?.kind),
        [undefined],
      );
      assert.deepEqual(names(`${folder.path}/tmp`), ['kept', 'newer', 'one', 'two\n']);
      assert.throws(() => restoreRun(path, undefined, { ownUid, source }), /nothing in quarantine/u);
    });

    test('a place somebody else prepared is refused', async () => {
      using folder = tempFolder();
      await buildTree(`${folder.path}/unit`, { a: file(10) });
      mkdirSync(`${folder.path}/.diskwhy-quarantine-test`, { mode: 0o777 });
      const [outcome] = await clean([planned(`${folder.path}/unit`)], { source, quarantine: true });
      assert.equal(outcome.outcome, 'failed');
      assert.ok(existsSync(`${folder.path}/unit/a`));
    });
  });
}
