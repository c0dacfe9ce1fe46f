/** Executables for other systems: they say what the one for this system says. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { QUESTIONS, SITUATIONS, fill, inImage, sourceIn, withoutTimes } from '../support/bare-image.ts';
import { loopDisk } from '../support/mounted.ts';
import { installMusl, needsMusl } from '../support/musl.ts';
import { needsLong, needsLoopDisk, needsTool, unless } from '../support/requirements.ts';
import { needsSandbox } from '../support/sandbox.ts';
import { tempFolder } from '../support/temp-folder.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** Debian's libc6-arm64-cross, with libstdc++6 and libgcc-s1 beside it. */
const LIBRARIES = '/usr/aarch64-linux-gnu';
const build = (target: string) =>
  execFileSync(process.execPath, [path.join(root, 'build/executable.ts'), target], { stdio: 'ignore' });
const needsLibraries = existsSync(`${LIBRARIES}/lib/libstdc++.so.6`) ? false : 'needs libstdc++6-arm64-cross';

test(
  'arm64: totals and verdicts are those of this machine',
  { skip: unless(needsLong, needsTool('qemu-aarch64-static', 'npm', 'tar'), needsLibraries) },
  () => {
    build('arm64');
    const executable = path.join(root, 'dist/diskwhy-linux-arm64');
    const emulated = ['qemu-aarch64-static', '-L', LIBRARIES, executable];
    const own = [process.execPath, path.join(root, 'bin/diskwhy.js')];
    const said = ([command, ...first]: readonly string[], words: readonly string[]): string =>
      execFileSync(command, [...first, ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    assert.equal(said(emulated, ['--version']), said(own, ['--version']));
    const [there, here] = [emulated, own].map((one) => {
      const { roots } = JSON.parse(said(one, [path.join(root, 'src'), '--json', '--depth', '0'])) as {
        roots: readonly { readonly source: string; readonly totals: unknown }[];
      };
      return roots.map(({ source, totals }) => ({ source, totals }));
    });
    assert.deepEqual(there, here);
    const log = path.join(root, 'fixtures/logs/loop-restart-python-3s.log.gz');
    assert.equal(said(emulated, ['log', log]), said(own, ['log', log]));
  },
);

suite(
  'for musl, where there is no other C library',
  {
    skip: unless(
      needsLong,
      needsMusl,
      needsSandbox,
      needsLoopDisk('ext4'),
      needsTool('python3', 'npm', 'tar', 'strip'),
    ),
  },
  () => {
    const own = { executable: path.join(root, `dist/diskwhy-linux-${process.arch}`) };
    const executable = `${own.executable}-musl`;
    const library = tempFolder();
    const machine = { executable, libraries: library.path };
    after(() => library[Symbol.dispose]());
    before(() => {
      build(process.arch);
      build(`${process.arch}-musl`);
      installMusl(library.path);
      cpSync(`${executable}.libraries`, library.path, { recursive: true });
    });

    test('it is no larger than what a small memory takes', () => {
      assert.ok(statSync(executable).size <= 125_000_000);
    });

    test('it says what the one for glibc says, on a full disk', () => {
      using disk = loopDisk('ext4', { megabytes: 4, format: ['-N', '64', '-m', '0'] });
      fill(disk.path);
      for (const words of QUESTIONS) {
        const [there, here] = [machine, own].map((one) =>
          inImage(one, 'in_image $EXECUTABLE "$@"', disk.path, words),
        );
        assert.equal(there.status, here.status, there.stderr);
        assert.equal(there.stderr, here.stderr);
        assert.equal(withoutTimes(there.stdout), withoutTimes(here.stdout));
      }
    });

    test('its threads add up what those of the one for glibc do', () => {
      const words = ['/checkout/node_modules', '--threads', '2', '--json', '--depth', '0'];
      const [there, here] = [machine, own].map((one) => {
        const { stdout, stderr } = inImage(one, 'in_image $EXECUTABLE "$@"', library.path, words);
        assert.notEqual(stdout, '', stderr);
        const { roots } = JSON.parse(stdout) as { roots: readonly { threads: number; totals: unknown }[] };
        return roots.map(({ threads, totals }) => ({ threads, totals }));
      });
      assert.equal(there[0].threads, 2);
      assert.deepEqual(there, here);
    });

    for (const situation of SITUATIONS)
      test(`${situation[0]}: it reads by ${situation[2]}`, () => {
        using disk = loopDisk('ext4', { megabytes: 4, format: ['-N', '64', '-m', '0'] });
        fill(disk.path);
        assert.equal(sourceIn(situation, machine, disk.path), situation[2]);
      });
  },
);
