/** The executable for another processor, run by an emulator: it says what the one for this processor says. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { needsLong, needsTool, unless } from '../support/requirements.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** Debian's libc6-arm64-cross, with libstdc++6 and libgcc-s1 beside it. */
const LIBRARIES = '/usr/aarch64-linux-gnu';
const needsLibraries = existsSync(`${LIBRARIES}/lib/libstdc++.so.6`) ? false : 'needs libstdc++6-arm64-cross';

test(
  'arm64: totals and verdicts are those of this machine',
  { skip: unless(needsLong, needsTool('qemu-aarch64-static', 'npm', 'tar'), needsLibraries) },
  () => {
    execFileSync(process.execPath, [path.join(root, 'build/executable.ts'), 'arm64'], { stdio: 'ignore' });
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
