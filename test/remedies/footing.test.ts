/** What a step is about is what was shown: by identity, and through what is open. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
  fstatSync,
} from 'node:fs';
import { suite, test } from 'node:test';
import type { Action, Deed } from '../../src/model/action.ts';
import { fromText, toText } from '../../src/model/byte-string.ts';
import { fileIdOfStats } from '../../src/model/file-id.ts';
import { footingOf, pinnedParts, stillStands } from '../../src/remedies/footing.ts';
import { needsLinux } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';

const action = (deed: Deed): Action => ({
  ...deed,
  frees: { bytes: 1, certainty: 'exact' },
  loses: 'content',
  risk: 'review',
});

const emptied = (path: string): Action =>
  action({ kind: 'empty-file', paths: [fromText(path)], meaning: 'log' });

suite('the footing of a step', { skip: needsLinux }, () => {
  test('a log that grew is emptied itself, wherever its name leads by then', () => {
    using folder = tempFolder();
    const [log, other] = [`${folder.path}/a.log`, `${folder.path}/b.log`];
    writeFileSync(log, 'one line');
    writeFileSync(other, 'of another');
    const one = emptied(log);
    const footing = footingOf(one);
    writeFileSync(log, 'one line more', { flag: 'a' });
    assert.ok(stillStands(one, footing));
    const { value, done } = pinnedParts(one, footing).next();
    assert.ok(done === false && value.action.kind === 'empty-file');
    renameSync(log, `${log}.1`);
    symlinkSync('b.log', log);
    execFileSync('truncate', ['-s', '0', ...value.action.paths.map(toText)]);
    value.close();
    assert.equal(readFileSync(`${log}.1`, 'utf8'), '');
    assert.equal(readFileSync(other, 'utf8'), 'of another');
    assert.ok(!stillStands(one, footing));
    assert.deepEqual(pinnedParts(one, footing).next(), { value: false, done: true });
  });

  test('names are bytes', () => {
    using folder = tempFolder();
    const log = `${folder.path}/täglich 日.log`;
    writeFileSync(log, 'one line');
    const one = action({ kind: 'delete-files', paths: [fromText(log)], meaning: 'old-log' });
    const { value, done } = pinnedParts(one, footingOf(one)).next();
    assert.ok(!done && value.action.kind === 'delete-files');
    assert.equal(readFileSync(toText(value.action.paths[0]), 'utf8'), 'one line');
    value.close();
  });

  test('a file without a name only while its descriptor shows it', () => {
    using folder = tempFolder();
    const [old, other] = [`${folder.path}/old.log`, `${folder.path}/other.log`];
    for (const path of [old, other]) writeFileSync(path, 'lines');
    const held = openSync(old, 'a');
    unlinkSync(old);
    const id = fileIdOfStats(fstatSync(held, { bigint: true }));
    const one = action({
      kind: 'empty-descriptor',
      descriptors: [{ pid: process.pid, descriptor: held, id, diskBytes: 4096 }],
    });
    const footing = footingOf(one);
    const parts = pinnedParts(one, footing);
    const first = parts.next();
    assert.equal(first.done, false);
    if (!first.done) first.value.close();
    closeSync(held);
    assert.equal(openSync(other, 'a'), held);
    assert.deepEqual(pinnedParts(one, footing).next(), { value: false, done: true });
    closeSync(held);
  });
});
