/** What happens to disks: deleted and held, hidden, reserved, full, shared, unreadable. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  openSync,
  statfsSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { bigFiles, noBigFiles, starts } from '../../fixtures/rules/big-file.ts';
import { nearMisses, toBeDeleted } from '../../fixtures/rules/deleted-open.ts';
import { emptyMountPoint, writtenBefore } from '../../fixtures/rules/hidden-under-mount.ts';
import { manyFiles } from '../../fixtures/rules/inodes-exhausted.ts';
import { evenFiles, unevenFiles } from '../../fixtures/rules/preallocated-or-sparse.ts';
import { filler } from '../../fixtures/rules/reserved-blocks.ts';
import { LISTED, positive } from '../../fixtures/rules/unowned-files.ts';
import { oddNames } from '../../fixtures/trees/odd-names.ts';
import { project } from '../../fixtures/trees/project.ts';
import { shapes } from '../../fixtures/trees/shapes.ts';
import { startHolder, startProgram, writeProgram } from '../support/holder.ts';
import { mountTmpfs } from '../support/mounted.ts';
import { shell, withStateAndTree, writeDpkg } from '../support/package-database.ts';
import { needsLoopDisk, needsOtherUser, needsTool, NOBODY } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { MIB } from '../support/rule-disk.ts';
import { buildTree, directory, file, link } from '../support/tree.ts';
import type { TreeDescription } from '../support/tree.ts';
import { FEATURES, goldenDisk, onDisk, told } from './world.ts';
import { explainValues } from './explain-values.ts';
import type { World } from './world.ts';

/** One world of everything that a ledger has an account for. */
const busyDisk: TreeDescription = {
  home: directory({
    '.cache': directory({ pip: directory({ wheels: file(3 * MIB), shared: link('wheel', 2 * MIB) }) }),
    project: directory({
      'package.json': file(100),
      node_modules: directory({ a: file(4 * MIB), shared: link('wheel', 2 * MIB) }),
    }),
  }),
  data: directory({ below: directory({ before: file(6 * MIB) }) }),
  log: directory({ held: file(5 * MIB), 'app.log': file(2 * MIB) }),
};

/** Files are given their first bytes, one another owner, one a holder. */
async function tellKinds(disk: string, made: AsyncDisposableStack): Promise<void> {
  for (const [name, bytes] of starts) {
    const descriptor = openSync(`${disk}/tree/${name}`, 'r+');
    writeSync(descriptor, Buffer.from(bytes, 'latin1'));
    closeSync(descriptor);
  }
  // Which of two names of one file is told depends on the order of reading.
  unlinkSync(`${disk}/tree/links/two`);
  chownSync(`${disk}/tree/srv/backup.bin`, NOBODY.uid, NOBODY.gid);
  made.use(await startHolder('exec 5<"$1"', [`${disk}/tree/srv/disk.bin`]));
}

async function deleteHeld(disk: string, made: AsyncDisposableStack): Promise<void> {
  const [log, program] = [`${disk}/tree/log`, `${disk}/tree/program`];
  writeProgram(program, 4 * MIB);
  made.use(await startHolder('exec 5<"$1" 6<"$1"', [log]));
  made.use(await startProgram(program));
  for (const path of [log, program]) unlinkSync(path);
}

async function makeBusy(disk: string, made: AsyncDisposableStack): Promise<void> {
  const at = (name: string): string => `${disk}/tree/${name}`;
  made.use(await startHolder('exec 5>>"$1" 6>>"$2"', [at('log/held'), at('log/app.log')]));
  unlinkSync(at('log/held'));
  made.use(mountTmpfs(at('data/below'), 'size=16m'));
  writeFileSync(at('data/below/after'), Buffer.alloc(MIB));
  execFileSync('fallocate', ['-l', String(3 * MIB), at('reserved')]);
  execFileSync('truncate', ['-s', '5G', at('sparse')]);
}

/** A directory of the Filesystem Hierarchy Standard that a server hardly uses. */
const GAMES = '/usr/games';

/** A place below /usr with files of a package, and files of none. */
const unownedFiles: World = {
  name: 'unowned-files',
  skip: needsLoopDisk('ext4') || (existsSync(GAMES) ? false : `needs ${GAMES}`),
  values: async () => {
    using folder = tempFolder();
    using disk = goldenDisk(64);
    await buildTree(`${disk.path}/tree`, positive);
    execFileSync('sync', ['-f', disk.path]);
    const state = `${folder.path}/state`;
    writeDpkg(state, { base: [shell()], game: [GAMES, ...LISTED.map((name) => `${GAMES}/${name}`)] });
    const under = withStateAndTree(state, `${disk.path}/tree`, GAMES);
    return explainValues(await told([GAMES, '--owners'], { under }), GAMES);
  },
};

export const diskWorlds: readonly World[] = [
  onDisk('project', project, { skip: needsTool('fallocate') }),
  onDisk('odd-names', oddNames, { options: ['--top', '0'] }),
  onDisk('shapes', shapes({ levels: 40, smallDirectories: 60, flatFiles: 800, linked: 30 }), {
    options: ['--top', '0'],
  }),
  onDisk('big-file', bigFiles, { arrange: tellKinds }),
  onDisk('big-file-near-misses', noBigFiles),
  onDisk('deleted-open', toBeDeleted, { arrange: deleteHeld }),
  onDisk('deleted-open-near-misses', nearMisses, {
    arrange: async (disk, made) => {
      const at = (name: string): string => `${disk}/tree/${name}`;
      made.use(await startHolder('exec 5<"$1" 6<"$2"', [at('kept'), at('small')]));
      for (const name of ['gone', 'small']) unlinkSync(at(name));
    },
  }),
  onDisk('hidden-under-mount', writtenBefore, {
    arrange: (disk, made) => {
      const { path } = made.use(mountTmpfs(`${disk}/tree/lib/data`));
      writeFileSync(`${path}/after`, Buffer.alloc(MIB));
    },
  }),
  onDisk('hidden-under-mount-near-misses', emptyMountPoint, {
    arrange: (disk, made) => {
      const { path } = made.use(mountTmpfs(`${disk}/tree/lib/data`));
      writeFileSync(`${path}/covered`, Buffer.alloc(5 * MIB));
      made.use(mountTmpfs(path));
    },
  }),
  onDisk('inodes-exhausted', manyFiles(960), { format: ['-N', '1024'] }),
  onDisk('inodes-exhausted-near-misses', manyFiles(800), { format: ['-N', '1024'] }),
  onDisk('preallocated-or-sparse', unevenFiles, {
    megabytes: 256,
    skip: needsTool('fallocate'),
    arrange: (disk) => {
      execFileSync('fallocate', ['-l', '80M', `${disk}/tree/reserved.db`]);
    },
  }),
  onDisk('preallocated-or-sparse-near-misses', evenFiles, { skip: needsTool('fallocate') }),
  onDisk(
    'reserved-blocks',
    {},
    {
      format: ['-m', '10'],
      arrange: async (disk) => {
        const { bavail, bsize } = statfsSync(disk);
        await buildTree(`${disk}/full`, filler(bavail * bsize + MIB));
      },
    },
  ),
  onDisk('reserved-blocks-near-misses', filler(10 * MIB), { format: ['-m', '10'] }),
  onDisk('busy-disk', busyDisk, { arrange: makeBusy, skip: needsTool('fallocate') }),
  onDisk('busy-disk-across-mounts', busyDisk, {
    arrange: makeBusy,
    options: ['--cross-mounts'],
    skip: needsTool('fallocate'),
  }),
  onDisk('busy-disk-in-part', busyDisk, {
    arrange: makeBusy,
    // The third lies in the second.
    paths: ['tree/home/.cache', 'tree/home/project', 'tree/home/project/node_modules'],
    options: ['--exclude', '*.json'],
    skip: needsTool('fallocate'),
  }),
  onDisk(
    'unreadable',
    { open: directory({ a: file(2 * MIB) }), shut: directory({ b: file(3 * MIB) }) },
    {
      arrange: (disk) => {
        for (const name of ['tree/shut', 'lost+found']) chmodSync(`${disk}/${name}`, 0o700);
      },
      run: NOBODY,
      skip: needsOtherUser,
    },
  ),
  // Blocks kept to let the filesystem grow belong to an inode without a name.
  onDisk('metadata', busyDisk, { format: ['-O', `${FEATURES},resize_inode`] }),
  unownedFiles,
  onDisk('owners', bigFiles, { arrange: tellKinds, paths: ['tree'], options: ['--owners'] }),
];
