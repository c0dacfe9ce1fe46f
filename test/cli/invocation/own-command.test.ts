/** The line for root, in the layouts in which diskwhy is installed. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { commandForRoot } from '../../../src/cli/invocation/own-command.ts';
import { NOBODY, needsOtherUser } from '../../support/requirements.ts';

for (const [what, installation, expected] of [
  ['a package of the distribution', [true, '/usr/bin/diskwhy', ''], ['diskwhy']],
  ['an executable that was copied', [true, '/dev/shm/diskwhy', ''], ['/dev/shm/diskwhy']],
  ['npm install -g of the system', [false, '/usr/bin/node', '/usr/bin/diskwhy'], ['diskwhy']],
  [
    'Node below /usr/local, which is not everywhere on the path of sudo',
    [false, '/usr/local/bin/node', '/usr/local/bin/diskwhy'],
    ['/usr/local/bin/node', '/usr/local/bin/diskwhy'],
  ],
  [
    'a script beside a Node of the system',
    [false, '/usr/bin/node', '/srv/diskwhy/bin/diskwhy.js'],
    ['/usr/bin/node', '/srv/diskwhy/bin/diskwhy.js'],
  ],
] as const)
  test(what, () => {
    const [isExecutable, execPath, script] = installation;
    assert.deepEqual(commandForRoot({ isExecutable, execPath, script }), expected);
  });

const checkout = path.resolve(import.meta.dirname, '../../..');

suite('as nvm installs it', { skip: needsOtherUser }, () => {
  test('the line that a user gets shows all when sudo runs it', () => {
    const folder = mkdtempSync('/tmp/diskwhy it’s-');
    try {
      chmodSync(folder, 0o755);
      const version = path.join(folder, '.nvm/versions/node/v24.0.0');
      const home = path.join(version, 'lib/node_modules/diskwhy');
      mkdirSync(path.join(version, 'bin'), { recursive: true });
      copyFileSync(process.execPath, path.join(version, 'bin/node'));
      for (const part of ['bin', 'dist', 'package.json'])
        cpSync(path.join(checkout, part), path.join(home, part), {
          recursive: true,
          filter: (file) => !file.includes('diskwhy-linux'),
        });
      symlinkSync('../lib/node_modules/diskwhy/bin/diskwhy.js', path.join(version, 'bin/diskwhy'));
      const tree = path.join(folder, 'a tree');
      mkdirSync(path.join(tree, 'secret'), { recursive: true, mode: 0o700 });
      chmodSync(tree, 0o755);
      writeFileSync(path.join(tree, 'secret/file'), 'x');
      const { stdout } = spawnSync('diskwhy', [tree, '--color=never'], {
        ...NOBODY,
        encoding: 'utf8',
        cwd: folder,
        env: { PATH: `${version}/bin:/usr/bin:/bin`, HOME: folder },
      });
      const line = /^As root it shows more: sudo (.+)$/mu.exec(stdout)?.[1];
      assert.ok(line !== undefined, stdout);
      // What sudo does by default: an environment of its own, and its own path.
      const shown = execFileSync('env', ['-i', 'PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'sh', '-c', line], {
        encoding: 'utf8',
      });
      assert.doesNotMatch(shown, /could not be read|As root/u);
      assert.match(shown, /secret/u);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
