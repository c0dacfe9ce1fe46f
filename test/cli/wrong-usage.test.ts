/** Wrong usage: one clear line on stderr, nothing on stdout, exit 2, never a stack. */
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { suite, test } from 'node:test';
import { runDiskwhy } from '../support/diskwhy.ts';
import { needsLinux } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';

const wrong: readonly (readonly [args: readonly string[], says: RegExp])[] = [
  [['/nonexistent'], /nonexistent: no such file or directory/u],
  [['/etc/passwd/x'], /not a directory/u],
  [[''], /no such file or directory/u],
  [['/none', '/nonexistent'], /none: no such file/u],
  [['wach'], /did you mean diskwhy watch\?/u],
  [['wach', '/etc'], /did you mean diskwhy watch\?/u],
  [[`/${'x'.repeat(300)}`], /name too long/u],
  [['/none\nxistent\u001B[31m'], /none\\nxistent\\e\[31m: no such file/u],
  [['--top', 'many'], /--top many/u],
  [['--top', '-1'], /top/u],
  [['--top', '1.5'], /--top 1\.5/u],
  [['--top', ''], /--top/u],
  [['--top'], /top/u],
  [['--top', '1', '--top', '2'], /--top was given 2 times/u],
  [['--depth', '1e3'], /--depth 1e3/u],
  [['--depth', 'NaN'], /--depth NaN/u],
  [['--threads', '0'], /--threads 0/u],
  [['--threads', '100000'], /--threads 100000/u],
  [['--min-size', 'big'], /--min-size big: not a size/u],
  [['--min-size', '10Q'], /--min-size 10Q/u],
  [['--min-size', '-5'], /min-size/u],
  [['--source', 'magic'], /--source magic: must be one of/u],
  [['--sourc', 'walk'], /sourc/u],
  [['--no-such-option'], /such-option/u],
  [['-x'], /x/u],
  [['--exclude'], /exclude/u],
  [['--from', '/'], /^diskwhy: \/: is a directory$/mu],
];

suite('wrong usage', () => {
  for (const [args, says] of wrong) {
    test(`diskwhy ${args.map((one) => JSON.stringify(one)).join(' ')}`, async () => {
      const { code, stdout, stderr } = await runDiskwhy(args);
      assert.deepEqual([code, stdout], [2, ''], stderr);
      assert.match(stderr, /^diskwhy: [^\n]+\n$/u);
      assert.match(stderr, says);
      assert.doesNotMatch(stderr, /internal error/u);
    });
  }

  test('kernel filesystems are refused', { skip: needsLinux }, async () => {
    for (const path of ['/proc', '/proc/self', '/sys', '/proc/../proc/self/fd']) {
      const { code, stdout, stderr } = await runDiskwhy([path]);
      assert.deepEqual([code, stdout], [2, ''], stderr);
      assert.match(stderr, /^diskwhy: [^\n]+holds no disk space[^\n]*\n$/u);
    }
  });

  test('a link to itself', { skip: needsLinux }, async () => {
    using folder = tempFolder();
    symlinkSync('loop', `${folder.path}/loop`);
    const { code, stdout, stderr } = await runDiskwhy([`${folder.path}/loop`]);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /^diskwhy: [^\n]+too many levels of symbolic links\n$/u);
  });
});
