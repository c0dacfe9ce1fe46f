/** The journal: an intent on disk before anything goes, what came of it after, and what a killed run left behind. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { suite, test } from 'node:test';
import { JOURNAL_SCHEMA, openJournal, markFinished, readUnfinished } from '../../src/clean/clean.ts';
import { readJournal } from '../../src/clean/journal/journal.ts';
import { parseJournal } from '../../src/clean/journal/journal-lines.ts';
import type { JournalRecord, RunRecord } from '../../src/clean/journal/journal-lines.ts';
import { fromText } from '../../src/model/byte-string.ts';
import type { ByteString } from '../../src/model/byte-string.ts';
import { mountTmpfs } from '../support/mounted.ts';
import { clean, codeOf, names, planned } from '../support/plan.ts';
import { needsLinux, needsMount, needsOtherUser, NOBODY } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildTree, directory, file } from '../support/tree.ts';

const ownUid = process.geteuid?.() ?? 0;
const first: RunRecord = {
  type: 'run',
  schema: JOURNAL_SCHEMA,
  run: 'r',
  at: '',
  uid: ownUid,
  command: [],
  units: 1,
};

function recordsIn(path: string): JournalRecord[] {
  return parseJournal(readFileSync(path, 'utf8'));
}

test('intent, outcome and end, for the owner alone', { skip: needsLinux }, async () => {
  using folder = tempFolder();
  const odd = `${folder.path}/\u00FFodd`;
  await buildTree(`${folder.path}/plain`, { a: file(10) });
  renameSync(`${folder.path}/plain`, Buffer.from(odd, 'latin1'));
  await buildTree(`${folder.path}/kept`, { a: file(10) });
  const units = [planned(odd), { ...planned(`${folder.path}/kept`), digest: '0' }];
  const directoryPath = fromText(`${folder.path}/state/diskwhy/journal`);
  {
    using journal = openJournal({ directory: directoryPath }, 'run-1', first, ownUid);
    await clean(units, { journal });
  }
  const path = `${directoryPath}/run-1.jsonl`;
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(statSync(directoryPath).mode & 0o777, 0o700);
  const [run, intent, other, begun, outcome, end, ...more] = recordsIn(path);
  assert.deepEqual(
    [run.type, intent.type, other.type, begun.type, outcome.type, end.type, more],
    ['run', 'intent', 'intent', 'begun', 'outcome', 'end', []],
  );
  assert.ok(intent.type === 'intent' && outcome.type === 'outcome');
  assert.deepEqual([intent.path, intent.digest, outcome.outcome], [odd, units[0].digest, 'deleted']);
});

test('a directory others can read, a link, a file that is there', { skip: needsLinux }, () => {
  using folder = tempFolder();
  const open = (place: { directory: ByteString } | { file: ByteString }) => () =>
    openJournal(place, 'r', first, ownUid);
  mkdirSync(`${folder.path}/open`);
  chmodSync(`${folder.path}/open`, 0o755);
  assert.throws(open({ directory: fromText(`${folder.path}/open`) }), /yours alone/u);
  writeFileSync(`${folder.path}/there`, 'not a journal');
  assert.throws(open({ file: fromText(`${folder.path}/there`) }), /file exists/u);
  symlinkSync('elsewhere', `${folder.path}/link`);
  assert.throws(open({ file: fromText(`${folder.path}/link`) }), /cannot be written/u);
  assert.ok(!existsSync(`${folder.path}/elsewhere`));
  assert.throws(open({ file: fromText(`${folder.path}/no/such`) }), /no such file.*--no-journal/u);
});

test('on a full disk nothing is deleted without a journal', { skip: needsMount }, async () => {
  using folder = tempFolder();
  mkdirSync(`${folder.path}/disk`);
  using disk = mountTmpfs(`${folder.path}/disk`, 'size=256k');
  await buildTree(`${disk.path}/unit`, { a: file(4096), b: file(4096) });
  const file64k = Buffer.alloc(65_536);
  assert.throws(() => {
    for (let i = 0; ; i++) writeFileSync(`${disk.path}/ballast${i}`, file64k);
  }, /ENOSPC/u);
  const place = { file: fromText(`${disk.path}/journal`) };
  assert.throws(() => openJournal(place, 'r', first, ownUid), /no space left on device.*--journal PATH/u);
  assert.ok(!existsSync(`${disk.path}/journal`));
  // It filled up after the run had begun: units whose intent cannot be written stay.
  using journal = openJournal({ file: fromText(`${folder.path}/journal`) }, 'r', first, ownUid);
  const full = { ...journal, writeDurably: () => 'ENOSPC', [Symbol.dispose]: () => undefined };
  const [outcome] = await clean([planned(`${disk.path}/unit`)], { journal: full });
  assert.deepEqual([outcome.outcome, codeOf(outcome), outcome.removedEntries], ['skipped', 'journal', 0]);
  assert.deepEqual(names(`${disk.path}/unit`), ['a', 'b']);
  assert.equal((await clean([planned(`${disk.path}/unit`)]))[0].outcome, 'deleted');
});

test(
  'killed in the middle: the journal tells, and the rest can be deleted',
  { skip: needsLinux },
  async () => {
    using folder = tempFolder();
    const files = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`f${i}`, file(0)]));
    for (const unit of ['done', 'half', 'next'])
      await buildTree(`${folder.path}/${unit}`, { d: directory(files) });
    mkdirSync(`${folder.path}/state`);
    const journal = `${folder.path}/state/run.jsonl`;
    const units = ['done', 'half', 'next'].map((unit) => `${folder.path}/${unit}`);
    const child = spawn(
      process.execPath,
      // In the middle of the second unit.
      [`${import.meta.dirname}/../support/killable-cleaner.ts`, journal, '3100', ...units],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    child.stdout.once('data', () => child.kill('SIGKILL'));
    const [, signal] = (await once(child, 'close')) as [number | null, string];
    assert.equal(signal, 'SIGKILL');
    assert.ok(!existsSync(units[0]) && existsSync(units[1]) && names(`${units[2]}/d`).length === 3000);
    const left = names(`${units[1]}/d`).length;
    assert.ok(left > 0 && left < 3000);
    assert.deepEqual(
      recordsIn(journal).map(({ type }) => type),
      ['run', 'intent', 'intent', 'intent', 'begun', 'outcome', 'begun'],
    );
    const unfinished = readUnfinished([fromText(`${folder.path}/state`)], ownUid);
    assert.deepEqual([...unfinished.keys()], [units[1]]);
    const [half] = [...unfinished.values()];
    const again = planned(units[1]);
    assert.equal(half.id, again.identity.id);
    assert.equal((await clean([again]))[0].outcome, 'deleted');
    markFinished(half, ownUid);
    assert.equal(readUnfinished([fromText(`${folder.path}/state`)], ownUid).size, 0);
  },
);

test('a journal cut off in the middle of a line is read up to there', () => {
  const whole = JSON.stringify(first);
  assert.deepEqual(parseJournal(`${whole}\n{"type":"inte`), [first]);
});

suite('a journal that is named again goes on', () => {
  const again = { ...first, run: 'again' };
  const goesOn = (text: string, expected: readonly JournalRecord[]): void => {
    using folder = tempFolder();
    const path = `${folder.path}/journal`;
    writeFileSync(path, text, { mode: 0o600 });
    openJournal({ file: fromText(path) }, 'again', again, ownUid)[Symbol.dispose]();
    assert.deepEqual(recordsIn(path), expected);
  };

  test('after a run that was killed before its first line', () => goesOn('', [again]));

  test('after a line that was cut off when the disk was full', () =>
    goesOn(`${JSON.stringify(first)}\n{"type":"inte`, [first, again]));

  test('not where the file holds something else', () => {
    using folder = tempFolder();
    const path = `${folder.path}/notes`;
    for (const text of ['my notes\n', '\n', JSON.stringify({ type: 'note' })]) {
      writeFileSync(path, text, { mode: 0o600 });
      assert.throws(() => openJournal({ file: fromText(path) }, 'again', again, ownUid), /file exists/u);
      assert.equal(readFileSync(path, 'utf8'), text);
    }
  });
});

test(
  'another user’s link on the way to a journal is not gone: not to write, to read, nor to make directories',
  {
    skip: needsOtherUser,
  },
  () => {
    using folder = tempFolder();
    const [theirs, mine] = ['theirs', 'mine'].map((name) => `${folder.path}/${name}`);
    for (const one of [theirs, mine]) mkdirSync(one, { mode: 0o700 });
    symlinkSync(mine, `${theirs}/link`);
    chownSync(theirs, NOBODY.uid, NOBODY.gid);
    lchownSync(`${theirs}/link`, NOBODY.uid, NOBODY.gid);
    const at = (name: string): ByteString => fromText(`${theirs}/link/${name}`);
    const refused = /goes through the symbolic link/u;
    assert.throws(() => openJournal({ file: at('journal') }, 'r', first, ownUid), refused);
    assert.throws(() => openJournal({ directory: at('a/b') }, 'r', first, ownUid), refused);
    writeFileSync(`${mine}/there`, '{"type":"run"}\n', { mode: 0o600 });
    assert.throws(() => readJournal(at('there'), ownUid), refused);
    assert.deepEqual(readdirSync(mine), ['there']);
  },
);
