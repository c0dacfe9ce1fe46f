/** What `--keep` names stays, wherever it lies and whatever it is called, and a keep that could keep nothing is refused. */
import assert from 'node:assert/strict';
import { linkSync, mkdirSync, symlinkSync } from 'node:fs';
import { suite, test } from 'node:test';
import { UsageError } from '../../src/model/errors.ts';
import { judged } from '../support/judged.ts';
import { mountBind } from '../support/mounted.ts';
import { needsMount } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildTree, directory, file, symlink } from '../support/tree.ts';

const world = {
  unit: directory({ sub: directory({ 'precious.db': file(10), '.hidden': file(1) }), junk: file(10) }),
  other: directory({ deep: directory({ er: directory({ 'a,b': file(1) }) }), link: symlink('../top') }),
  'caf\u00C3\u00A9': file(1),
  top: file(10),
};

/** The units that a keep leaves to go; PLACE stands for the root's path. */
async function going(keep: string, source: 'walk' | 'portable'): Promise<string[]> {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, world);
  symlinkSync(`${folder.path}/root`, `${folder.path}/way`);
  symlinkSync(`${folder.path}/root/unit/sub/precious.db`, `${folder.path}/direct`);
  linkSync(`${folder.path}/root/unit/junk`, `${folder.path}/second`);
  const { verdicts } = await judged(`${folder.path}/root`, {
    keep: [keep.replaceAll('FOLDER', folder.path)],
    source,
  });
  const names = Object.entries(verdicts).filter(([, verdict]) => verdict === 'deletable');
  return names.map(([name]) => name).toSorted();
}

suite('a keep reaches inside units', () => {
  const rest = ['caf\u00C3\u00A9', 'other', 'top'];
  for (const [keep, expected] of [
    ['precious.db', rest],
    ['*.db', rest],
    ['.hidden', rest],
    ['FOLDER/root/unit/sub/precious.db', rest],
    ['FOLDER//root/./unit/sub/precious.db', rest],
    ['FOLDER/root/unit/sub/', rest],
    ['FOLDER/root/unit/**', rest],
    ['FOLDER/root/*/sub', rest],
    ['**/sub/*', rest],
    ['unit/sub', rest],
    ['./sub/precious.db', rest],
    // By another name of a directory, of a file, and of a link that leads to it.
    ['FOLDER/way/unit/sub/precious.db', rest],
    ['FOLDER/way/*/sub/p*', rest],
    ['FOLDER/way/unit/**', rest],
    ['FOLDER/direct', rest],
    ['FOLDER/second', rest],
    ['{top,sub}', ['caf\u00C3\u00A9', 'other']],
    [String.raw`a\,b`, ['caf\u00C3\u00A9', 'top', 'unit']],
    ['FOLDER/root/other/deep/er/a,b', ['caf\u00C3\u00A9', 'top', 'unit']],
    ['café', ['other', 'top', 'unit']],
    ['link', ['caf\u00C3\u00A9', 'top', 'unit']],
    // The root itself, or what is around it.
    ['FOLDER/root', []],
    ['FOLDER', []],
    ['FOLDER/way', []],
    ['nothing-of-that-name', ['caf\u00C3\u00A9', 'other', 'top', 'unit']],
  ] as const) {
    for (const source of ['walk', 'portable'] as const)
      test(`--keep '${keep}' (${source})`, async () =>
        assert.deepEqual(await going(keep, source), [...expected]));
  }
});

test('it is said what keeps a unit', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, world);
  const { unit } = await judged(`${folder.path}/root`, { keep: ['*.db', 'top'] });
  assert.deepEqual(unit('top').why, { code: 'keep-option', pattern: 'top', entry: undefined });
  assert.equal(
    unit('unit').reason,
    `kept by --keep '*.db', which fits ${folder.path}/root/unit/sub/precious.db`,
  );
});

test('a keep through a bind mount', { skip: needsMount }, async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, world);
  mkdirSync(`${folder.path}/view`);
  using _ = mountBind(`${folder.path}/root/unit/sub`, `${folder.path}/view`);
  const { unit } = await judged(`${folder.path}/root`, { keep: [`${folder.path}/view/precious.db`] });
  assert.equal(unit('unit').why.code, 'keep-option');
});

test('a pattern below another mount of the place, or of a part of it', { skip: needsMount }, async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, world);
  mkdirSync(`${folder.path}/view`);
  mkdirSync(`${folder.path}/part`);
  using _whole = mountBind(`${folder.path}/root`, `${folder.path}/view`);
  using _part = mountBind(`${folder.path}/root/unit`, `${folder.path}/part`);
  symlinkSync(`${folder.path}/root`, `${folder.path}/way`);
  for (const keep of ['view/**/*.db', 'view/*/*/*.db', 'view/{unit/sub,x}/*.db', 'w*/**/*.db']) {
    const { unit } = await judged(`${folder.path}/root`, { keep: [`${folder.path}/${keep}`] });
    assert.equal(unit('unit').why.code, 'keep-option', keep);
  }
  for (const keep of [
    'view/**/sub/*.db',
    'root/*/**/*.db',
    'root/unit/s*/*.*',
    'root/unit/**',
    'root/unit',
  ]) {
    const { unit } = await judged(`${folder.path}/part`, { keep: [`${folder.path}/${keep}`] });
    assert.equal(unit('sub').why.code, 'keep-option', keep);
  }
});

test('a keep that could keep nothing is refused with the form that would', async () => {
  using folder = tempFolder();
  for (const [keep, form] of [
    ['', /write a name, or a path/u],
    [' ', /write a name, or a path/u],
    ['a.db,b.db', /--keep 'a\.db' --keep 'b\.db'/u],
    ['/', /write a name or a path/u],
    ['../x', /without '\.\.'/u],
    ['/tmp/../tmp/x', /without '\.\.'/u],
    ['~/x', /write the path in full/u],
    ['~alice/x', /write the path in full/u],
    ['$HOME/x', /write the path in full/u],
    ['${TMPDIR}', /write the path in full/u],
    ["'*.db'", /leave them out/u],
    ['"a b"', /leave them out/u],
    [' a', /leave them out/u],
    ['!a', /nothing is taken out/u],
    ['file:///tmp/a', /write the path alone/u],
  ] as const) {
    await assert.rejects(judged(folder.path, { keep: [keep] }), (error) => {
      assert.ok(error instanceof UsageError);
      assert.match(error.message, form);
      return true;
    });
  }
});
