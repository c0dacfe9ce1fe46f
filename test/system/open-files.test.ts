/** Open files: descriptors, mappings, working directories and programs, deleted or not, against what was set up. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { suite, test } from 'node:test';
import { fileIdOfStats } from '../../src/model/file-id.ts';
import type { FileId } from '../../src/model/file-id.ts';
import type { HeldFile } from '../../src/model/process.ts';
import { heldPath, linkOf, scanOpenFiles } from '../../src/system/processes/open-files.ts';
import { readProcess } from '../../src/system/processes/process-identity.ts';
import { startHolder, startProgram } from '../support/holder.ts';
import { needsLinux, needsOtherUser, needsRoot, needsTool, NOBODY, unless } from '../support/requirements.ts';
import { runScript } from '../support/run-script.ts';
import { tempFolder } from '../support/temp-folder.ts';

const idOf = (path: string): FileId => fileIdOfStats(statSync(path, { bigint: true }));

function held(id: FileId): HeldFile {
  const file = scanOpenFiles().files.get(id);
  assert.ok(file, 'held');
  return file;
}

const holdsOf = (file: HeldFile, pid: number): string[] =>
  file.holds
    .filter((hold) => hold.pid === pid)
    .map(({ kind, descriptor }) => (descriptor === undefined ? kind : `${kind} ${descriptor}`))
    .toSorted();

suite('open files', { skip: needsLinux }, () => {
  test('a file open through two descriptors is one file with two holds', async () => {
    using folder = tempFolder();
    const path = `${folder.path}/log`;
    writeFileSync(path, 'x'.repeat(10_000));
    using holder = await startHolder('exec 5<"$1" 6>>"$1"', [path]);
    const file = held(idOf(path));
    assert.deepEqual(holdsOf(file, holder.pid), ['descriptor 5', 'descriptor 6']);
    assert.equal(heldPath(file), path);
    assert.equal(file.links, 1);
    assert.equal(file.diskBytes, statSync(path).blocks * 512);
    assert.equal(file.apparentBytes, 10_000);
  });

  test('a deleted program that still runs is mapped and executed, and its bytes can be read back', async () => {
    using folder = tempFolder();
    const path = `${folder.path}/program`;
    copyFileSync('/bin/cat', path);
    appendFileSync(path, Buffer.alloc(2 ** 20));
    using holder = await startProgram(path);
    const id = idOf(path);
    const { size } = statSync(path);
    unlinkSync(path);
    const file = held(id);
    assert.deepEqual(holdsOf(file, holder.pid), ['executable', 'mapping']);
    assert.equal(file.links, 0);
    assert.equal(heldPath(file), path);
    for (const hold of file.holds) {
      // map_files is for root only.
      if (hold.kind === 'mapping' && needsRoot) continue;
      assert.equal(statSync(linkOf(hold)).size, size);
    }
  });

  test('a name that ends in "(deleted)" is not cut while it stands', async () => {
    using folder = tempFolder();
    const path = `${folder.path}/log (deleted)`;
    writeFileSync(path, 'x');
    using _ = await startHolder('exec 5<"$1"', [path]);
    assert.equal(heldPath(held(idOf(path))), path);
  });

  test('of two names one can go: the file has a link left', async () => {
    using folder = tempFolder();
    const path = `${folder.path}/a`;
    writeFileSync(path, 'x');
    linkSync(path, `${folder.path}/b`);
    using _ = await startHolder('exec 5<"$1"', [path]);
    unlinkSync(path);
    assert.equal(held(idOf(`${folder.path}/b`)).links, 1);
  });

  test('a working directory is held', async () => {
    using folder = tempFolder();
    const path = `${folder.path}/here`;
    mkdirSync(path);
    using holder = await startHolder(':', [], { cwd: path });
    assert.deepEqual(holdsOf(held(idOf(path)), holder.pid), ['working-directory']);
  });

  test(
    'agrees with lsof +L1 on what is deleted and open',
    { skip: unless(needsRoot, needsTool('lsof')) },
    async () => {
      using folder = tempFolder();
      const paths = ['one', 'two\nlines', 'three'].map((name) => `${folder.path}/${name}`);
      for (const path of paths) writeFileSync(path, path);
      const ids = paths.map(idOf);
      using _ = await startHolder('exec 5<"$1" 6<"$2"', paths);
      for (const path of paths) unlinkSync(path);
      const { files } = scanOpenFiles();
      const told = execFileSync('lsof', ['-w', '+L1', '-FiD'], { encoding: 'utf8' });
      const listed = new Set([...told.matchAll(/^i(\d+)$/gmu)].map(([, inode]) => inode));
      for (const id of ids) assert.equal(files.has(id), listed.has(id.split(':')[1]), id);
      assert.deepEqual(
        ids.map((id) => files.has(id)),
        [true, true, false],
      );
    },
  );

  test('an ordinary user learns which processes hide their files', { skip: needsOtherUser }, async () => {
    using folder = tempFolder();
    const path = `${folder.path}/secret`;
    writeFileSync(path, 'x');
    using holder = await startHolder('exec 5<"$1"', [path]);
    using _own = await startHolder(':', [], NOBODY);
    const seen = runScript(
      `import { scanOpenFiles } from './src/system/processes/open-files.ts';
       const { processes, hiddenPids, files } = scanOpenFiles();
       console.log(JSON.stringify({ processes, hiddenPids, held: files.has('${idOf(path)}') }));`,
      NOBODY,
    ) as { processes: number; hiddenPids: number[]; held: boolean };
    assert.ok(seen.hiddenPids.includes(holder.pid));
    assert.ok(seen.processes > seen.hiddenPids.length, 'its own process is seen');
    assert.equal(seen.held, false);
  });

  test('who a process is', async () => {
    using holder = await startHolder(':', ['an argument', '\n']);
    const process = readProcess(holder.pid);
    assert.ok(process);
    assert.equal(process.command, 'sh');
    assert.deepEqual(process.commandLine.slice(-2), ['an argument', '\n']);
    assert.equal(process.parentPid, globalThis.process.pid);
    assert.ok(process.residentBytes > 0 && process.virtualBytes >= process.residentBytes);
    assert.ok(Math.abs(process.startedAt - Date.now() / 1000) < 60);
  });
});
