/** What tmpfiles.d says must stay (facts of the project §7, cases 46–49; TEST-22-TMPFILES.11 of systemd), and its ages. */
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { suite, test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import type { ByteString } from '../../src/model/byte-string.ts';
import { spanSeconds } from '../../src/system/services/cleaner-schedule.ts';
import { idsOfPath } from '../../src/system/files/ids-of-path.ts';
import { tmpfilesSpecifier } from '../../src/system/services/tmpfiles-specifiers.ts';
import { tmpfilesPolicy, tmpreaperPolicy, tmpwatchPolicy } from '../../src/tmp/report/cleaner-policy.ts';
import { Exclusions } from '../../src/tmp/protection/exclusions.ts';
import { pathPattern } from '../../src/model/path-pattern.ts';
import { parseAgeField, parseTmpfiles } from '../../src/tmp/tmpfiles/line.ts';
import type { TmpfilesLine } from '../../src/tmp/tmpfiles/line.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildTree, directory, file } from '../support/tree.ts';

const SOURCE = '/etc/tmpfiles.d/test.conf' as ByteString;

function linesOf(text: string): TmpfilesLine[] {
  return parseTmpfiles(fromText(text), SOURCE, tmpfilesSpecifier);
}

function exclusionsOf(text: string): Exclusions {
  return new Exclusions(linesOf(text));
}

/** Which of `units` of a root the lines keep. */
function kept(root: string, units: readonly string[], lines: string): string[] {
  const exclusions = exclusionsOf(lines);
  return units.filter((unit) => exclusions.find(fromText(`${root}/${unit}`), fromText(root)) !== undefined);
}

const six = {
  1: directory({ x1: file(0) }),
  2: directory({ x2: file(0) }),
  z1: file(0),
  z2: file(0),
};
const names = Object.keys(six);

suite('46: TEST-22-TMPFILES.11', () => {
  for (const [title, lines, expected] of [
    ['x keeps a directory and all in it', 'd ROOT - - - 0\nx ROOT/1', ['1']],
    ['x with patterns', 'd ROOT - - - 0\nx ROOT/[1345]\nx ROOT/z*', ['1', 'z1', 'z2']],
    [
      'X keeps the directory; diskwhy, which deletes all or nothing, keeps what is in it too',
      'd ROOT - - - 0\nX ROOT/1',
      ['1'],
    ],
    ['X with patterns', 'd ROOT - - - 0\nX ROOT/[1345]\nX ROOT/?[12]', ['1', 'z1', 'z2']],
    ['x and r on one path', 'd ROOT - - - 0\nx ROOT/1\nr ROOT/2', ['1', '2']],
    ['x of something inside keeps the unit', 'x ROOT/1/x1', ['1']],
    ['x of something inside that is not there', 'x ROOT/1/other\nx ROOT/2/y*', []],
    ['patterns over several levels', 'x ROOT/*/x?', ['1', '2']],
    ['a line of its own: somebody counts on it', 'd ROOT/2 0755 - - 10d\nf ROOT/z1', ['2', 'z1']],
    ['a star in a line that takes no patterns is a star', 'd ROOT/* 0755', []],
    ['x of the directory above', 'x ROOT', names],
  ] as const) {
    test(title, async () => {
      using folder = tempFolder();
      await buildTree(`${folder.path}/root`, six);
      const root = `${folder.path}/root`;
      assert.deepEqual(kept(root, names, lines.replaceAll('ROOT', root)), expected);
    });
  }
});

test('lines that use the other name of a linked directory', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, six);
  const root = `${folder.path}/root`;
  symlinkSync(root, `${folder.path}/way`);
  symlinkSync(`${root}/z2`, `${folder.path}/direct`);
  const lines = 'x WAY/1/x1\nd WAY/z1\nx WAY/*/x2\nx DIRECT';
  const text = lines.replaceAll('WAY', `${folder.path}/way`).replaceAll('DIRECT', `${folder.path}/direct`);
  assert.deepEqual(kept(root, names, text), ['1', '2', 'z1']);
  const { ids } = exclusionsOf(text);
  for (const entry of ['1/x1', '2/x2', 'z1', 'z2'])
    assert.ok(
      idsOfPath(fromText(`${root}/${entry}`)).every((id) => ids.has(id)),
      entry,
    );
  assert.ok(!idsOfPath(fromText(`${root}/1`)).some((id) => ids.has(id)));
});

test("47: %b is this boot, so that another boot's directories are not kept by it", () => {
  const boot = tmpfilesSpecifier('b')!;
  assert.match(boot, /^[0-9a-f]{32}$/u);
  const units = [`systemd-private-${boot}-a.service-Xy12`, 'systemd-private-0123456789abcdef-a.service-Xy12'];
  assert.deepEqual(kept('/tmp', units, 'x /tmp/systemd-private-%b-*'), [units[0]]);
  // Lines for starting the system say when it may go, and that is not now.
  const exclusions = exclusionsOf('R! /tmp/systemd-private-*');
  const found = exclusions.find(fromText(`/tmp/${units[1]}`), fromText('/tmp'));
  assert.deepEqual([found?.line.type, found?.line.bootOnly], ['R', true]);
  assert.deepEqual(kept('/tmp', ['a', '100%', '%q'], 'x /tmp/100%%\nx /tmp/%q'), ['100%', '%q']);
});

test("48: an admin's own line, with quotes, escapes and blanks", () => {
  const units = ['keep-this', 'a b', 'tab\there', 'other', '.keep', 'keep'];
  const lines = 'x /tmp/keep*\n# x /tmp/other\n  x\t"/tmp/a b"  -\nx /tmp/tab\\x09here\nnonsense\nx relative';
  assert.deepEqual(kept('/tmp', units, lines), ['keep-this', 'a b', 'tab\there', 'keep']);
});

test('patterns are those of fnmatch(3): stars stop at slashes and at a leading dot', () => {
  const fits = (pattern: string, path: string): boolean => pathPattern(fromText(pattern))(fromText(path));
  const yes = [
    ['/a/*', '/a/b'],
    ['/a/[!x]*', '/a/bcd'],
    ['/a/[]]', '/a/]'],
    ['/a/[a-c]?', '/a/bx'],
    ['/a/\\*', '/a/*'],
    ['/a/.*', '/a/.b'],
    ['/a/b[', '/a/b['],
    ['/a/\xff*', '/a/\xff\xfe'],
    ['/a/*\n*', '/a/x\ny'],
  ];
  for (const [pattern, path] of yes) assert.ok(fits(pattern, path), `${pattern} ${path}`);
  const no = [
    ['/a/*', '/a/b/c'],
    ['/a/*', '/a/.b'],
    ['/a/?b', '/a/.b'],
    ['/a/[.]b', '/a/.b'],
    ['/a/b.c', '/a/bxc'],
    ['/a/[!b]', '/a/b'],
    ['/a/(b|c)', '/a/b'],
  ];
  for (const [pattern, path] of no) assert.ok(!fits(pattern, path), `${pattern} ${path}`);
});

test('age fields: which timestamps, and how old (TEST-22-TMPFILES.12)', () => {
  const parse = (field: string) => parseAgeField(field, spanSeconds);
  assert.deepEqual(parse('10d'), { by: 'abcmABM', seconds: 864_000, keepFirstLevel: false });
  assert.deepEqual(parse('~1h 30min'), { by: 'abcmABM', seconds: 5400, keepFirstLevel: true });
  assert.deepEqual(parse('bmA:1h'), { by: 'bmA', seconds: 3600, keepFirstLevel: false });
  assert.deepEqual(parse(' aa : 4h'), { by: 'a', seconds: 14_400, keepFirstLevel: false });
  assert.deepEqual(parse('cccaab:2h'), { by: 'cab', seconds: 7200, keepFirstLevel: false });
  assert.deepEqual(parse('0')?.seconds, 0);
  for (const wrong of [':', ':1s', '2:1h', 'nope:42h', 'm:', '::', 'a:b:1h', '12 parsecs'])
    assert.equal(parse(wrong), undefined, wrong);
});

test('what the system itself does in a directory', () => {
  const lines = linesOf(
    'q /tmp 1777 root root 10d\nq /var/tmp 1777 root root 30d\nD /scratch\nd /srv 0755\nD! /boot 1777 - - 5d',
  );
  const policy = (root: string) => tmpfilesPolicy(lines, fromText(root), 1234);
  assert.deepEqual(policy('/tmp'), {
    cleaner: 'systemd-tmpfiles',
    ageMs: 864e6,
    source: SOURCE,
    nextRunAt: 1234,
  });
  assert.equal(policy('/var/tmp')?.ageMs, 2592e6);
  assert.deepEqual([policy('/scratch')?.ageMs, policy('/scratch')?.nextRunAt], [undefined, undefined]);
  assert.deepEqual(['/srv', '/boot', '/other'].map(policy), [undefined, undefined, undefined]);
});

test('tmpreaper and tmpwatch', () => {
  const reaper = (text: string) => tmpreaperPolicy(fromText(text), fromText('/tmp'));
  assert.equal(reaper("TMPREAPER_TIME=3d\nTMPREAPER_DIRS='/tmp/. /var/tmp/.'\n")?.ageMs, 3 * 864e5);
  assert.equal(reaper('SHOWWARNING=true\nTMPREAPER_TIME=3d\n'), undefined);
  assert.equal(reaper("TMPREAPER_DIRS='/var/tmp/.'\n"), undefined);
  const script = fromText(
    'flags=-umc\n/usr/sbin/tmpwatch "$flags" -x /tmp/.X11-unix -x /tmp/.XIM-unix \\\n\t-X \'/tmp/hsperfdata_*\' 10d /tmp\n/usr/sbin/tmpwatch "$flags" 240 /var/tmp\n',
  );
  assert.deepEqual(
    [tmpwatchPolicy(script, fromText('/tmp'))?.ageMs, tmpwatchPolicy(script, fromText('/var/tmp'))?.ageMs],
    [864e6, 864e6],
  );
  assert.equal(tmpwatchPolicy(script, fromText('/srv')), undefined);
  assert.equal(tmpwatchPolicy(undefined, fromText('/tmp')), undefined);
});
