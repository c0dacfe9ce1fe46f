/**
 * Lines of tmpfiles.d against systemd itself: what `systemd-tmpfiles --clean` leaves in a directory of its own is kept
 * by diskwhy as well. Where the two differ, diskwhy keeps more; docs/decisions-tmp.md lists how.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fromBytes } from '../../src/model/byte-string.ts';
import type { ByteString } from '../../src/model/byte-string.ts';
import { tmpfilesSpecifier } from '../../src/system/services/tmpfiles-specifiers.ts';
import { Exclusions } from '../../src/tmp/protection/exclusions.ts';
import { parseTmpfiles } from '../../src/tmp/tmpfiles/line.ts';
import { needsRoot, needsTool, unless } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** In latin1: one character a byte. */
const names = [
  'a',
  'x61',
  '141',
  'ab',
  'abc',
  'B2',
  'a b',
  '.dot',
  'x.tar',
  '100%',
  '%q',
  'b*c',
  'q"q',
  "it's",
  '[z]',
  'z',
  'tab\there',
  '\u00c3\u00a9',
  '\u00ff1',
  'back\\slash',
  '#c',
  `keep-${tmpfilesSpecifier('o')}`,
  `v${tmpfilesSpecifier('w')}`,
];

const hex = (name: string): string =>
  [...name].map((byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');
const octal = (name: string): string =>
  [...name].map((byte) => `\\${byte.charCodeAt(0).toString(8).padStart(3, '0')}`).join('');

/** Ways to write a line about a name in ROOT. */
const forms: readonly ((name: string) => string)[] = [
  (name) => `x ROOT/${name}`,
  (name) => `X ROOT/${name}`,
  (name) => `x! ROOT/${name}`,
  (name) => `x ROOT/${name} - - - -`,
  (name) => `x "ROOT/${name}"`,
  (name) => `x 'ROOT/${name}' - - -`,
  (name) => `x ROOT/"${name}"`,
  (name) => `x ROOT/'${name.slice(0, 1)}'${name.slice(1)}`,
  (name) => `x ROOT/${name.slice(0, 1)}"${name.slice(1)}"`,
  (name) => `x ROOT/${hex(name)}`,
  (name) => `x ROOT/${octal(name)}`,
  (name) => `x ROOT//${name}`,
  (name) => `x /ROOT/./${name}`,
  (name) => `x ROOT/${name}/`,
  (name) => `x ROOT/${name}/.`,
  (name) => `x\tROOT/${name}  \t- `,
  (name) => `  x ROOT/${name}`,
  (name) => `x ROOT/?${name.slice(1)}`,
  (name) => `x ROOT/*${name.slice(1)}`,
  (name) => `x ROOT/${name.slice(0, 1)}*`,
  (name) => `x ROOT/[${name.slice(0, 1)}]${name.slice(1)}`,
  (name) => `x ROOT/[!${name.slice(0, 1)}]*`,
  (name) => `x ROOT/[^b-y]${name.slice(1)}`,
  (name) => `x ROOT/[[:alpha:]]${name.slice(1)}`,
  (name) => `x ROOT/${name.slice(0, -1)}[[:digit:][:lower:]]`,
  (name) => `x ROOT/[![:alnum:]]${name.slice(1)}`,
  (name) => `x ROOT/[${name}`,
  (name) => `x ROOT/[z-a]${name}`,
  (name) => `x ROOT/${name.slice(0, 1)}\\\\${name.slice(1)}`,
  (name) => `x ROOT/"${name}`,
  (name) => `x ROOT/[[.${name.slice(0, 1)}.]]${name.slice(1)}`,
  (name) => `x ROOT/[[=${name.slice(0, 1)}=]]${name.slice(1)}`,
];

const special = [
  'x ROOT/keep-%o',
  'x ROOT/v%w',
  'x ROOT/a%B',
  'x ROOT/ab%W',
  'x ROOT/%A',
  'x ROOT/100%%',
  'x ROOT/%q',
  'x ROOT/%%q',
  'x ROOT/a\\q',
  'x ROOT/\\u00e9',
  'x ROOT/\\U000000e9',
  'x ROOT/a\\sb',
  'x ROOT/tab\\there',
  '#x ROOT/a',
  'x ROOT',
  'x ROOT/*',
  'x ROOT/.*',
  'x ROOT/a ROOT/ab',
  'X ROOT/[',
  'x ROOT/[]',
  'x ROOT/[]z]*',
  'x ROOT/[!]z]*',
  'x ROOT/\\[z\\]',
  'x ROOT/\\\\[z\\\\]',
];

const corpus = [...forms.flatMap((form) => names.map(form)), ...special];

test('no entry goes that systemd keeps', { skip: unless(needsRoot, needsTool('systemd-tmpfiles')) }, () => {
  using folder = tempFolder();
  assert.ok(corpus.length >= 500);
  const cases = corpus.map((line, number) => {
    const root = `${folder.path}/c${number}`;
    mkdirSync(root);
    for (const name of names) writeFileSync(Buffer.from(`${root}/${name}`, 'latin1'), '');
    return { line: line.replaceAll('ROOT', root), root };
  });
  const text = cases.map(({ line, root }) => `d ${root} - - - 0\n${line}\n`).join('');
  writeFileSync(`${folder.path}/case.conf`, Buffer.from(text, 'latin1'));
  const { status } = spawnSync('systemd-tmpfiles', ['--clean', `${folder.path}/case.conf`], {
    stdio: 'ignore',
  });
  assert.notEqual(status, null);
  const less: string[] = [];
  const more: string[] = [];
  let same = 0;
  for (const { line, root } of cases) {
    const lines = parseTmpfiles(line as ByteString, 'case.conf' as ByteString, tmpfilesSpecifier);
    const exclusions = new Exclusions(lines);
    const left = new Set(readdirSync(root, { encoding: 'buffer' }).map((name) => fromBytes(name)));
    for (const name of names) {
      const keeps = exclusions.find(`${root}/${name}` as ByteString, root as ByteString) !== undefined;
      const stays = left.has(name as ByteString);
      const what = `${line.replaceAll(root, 'ROOT')} | ${name}`;
      if (keeps === stays) same++;
      else (keeps ? more : less).push(what);
    }
  }
  if (process.env['DISKWHY_SHOW_DIFFERENCES'] === '1')
    process.stderr.write(`${same} the same\nkept more:\n${more.join('\n')}\n`);
  assert.deepEqual(less, []);
  // The comparison means something only where systemd did delete, and mostly alike.
  assert.ok(same > more.length * 20, `${same} the same, ${more.length} kept more`);
});
