/** Temporary directories and caches, judged by `diskwhy tmp`, and by the report that sends people there. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, realpathSync, rmSync, utimesSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { noTempFiles, tempFiles } from '../../fixtures/rules/stale-temp.ts';
import { homes, scratch, shared, tempMachine } from '../../fixtures/trees/temporary.ts';
import { daysLater } from '../support/days-later.ts';
import type { RunOptions } from '../support/diskwhy.ts';
import { startHolder, startProgram, writeProgram } from '../support/holder.ts';
import { mountBind, mountTmpfs } from '../support/mounted.ts';
import type { OtherRoot } from '../support/other-root.ts';
import { needsLoopDisk, needsOtherUser, needsTool, NOBODY } from '../support/requirements.ts';
import { MIB } from '../support/rule-disk.ts';
import { buildTree, directory, file, link } from '../support/tree.ts';
import type { TreeDescription } from '../support/tree.ts';
import { explainValues } from './explain-values.ts';
import { tmpValues } from './tmp-values.ts';
import type { Values } from './values.ts';
import { aloneIn, goldenDisk, onMachine, told } from './world.ts';
import type { World } from './world.ts';

/** Makes all of `place` so many days old by modification. */
function age(place: string, days: number): void {
  execFileSync('find', [
    place,
    '-xdev',
    '-depth',
    '-exec',
    'touch',
    '-h',
    '-d',
    `${days} days ago`,
    '{}',
    '+',
  ]);
}

async function makeUse(place: string, made: AsyncDisposableStack): Promise<void> {
  const at = (name: string): string => `${place}/scratch/${name}`;
  execFileSync('mknod', [at('devices/null'), 'c', '1', '3']);
  for (const name of ['foreign', 'mixed/inner']) execFileSync('chown', ['-R', `${NOBODY.uid}`, at(name)]);
  writeProgram(at('running/program'), MIB);
  const server = createServer().listen(at('live/agent.sock'));
  await once(server, 'listening');
  made.defer(() => void server.close());
  mkdirSync(`${place}/view`);
  age(`${place}/scratch`, 5);
  for (const [name, days] of [
    ['fresh/a/b/new', 0],
    ['tomorrow', -1],
    ['state.db-wal', 0],
  ] as const)
    utimesSync(at(name), new Date(), Date.now() / 1000 - days * 86_400);
  made.use(await startHolder('exec 5<"$1"', [at('held/deep/open.dat')]));
  made.use(await startHolder('exec 5<"$1"; flock -x 5', [at('locked/lock')]));
  made.use(await startHolder(':', [], { cwd: at('worked/inner') }));
  made.use(await startProgram(at('running/program')));
  made.use(mountTmpfs(at('mounted/point')));
  made.use(mountBind(at('shown/part'), `${place}/view`));
}

/** Words of `diskwhy tmp`, judging by modification, since change times cannot be set back. */
const BY_MTIME = ['--age-by', 'mtime', '--min-size', '0'];

interface TempQuestion {
  readonly tree: TreeDescription;
  readonly arrange: (place: string, made: AsyncDisposableStack) => void | Promise<void>;
  /** Directories of the tree. */
  readonly roots: readonly string[];
  readonly options: readonly string[];
  readonly run?: RunOptions;
  readonly skip?: string | false;
}

/** Directories on a disk of their own, named on the command line. */
function inNamed(
  name: string,
  { tree, arrange, roots, options, run = {}, skip = false }: TempQuestion,
): World {
  return {
    name,
    skip: needsLoopDisk('ext4') || skip,
    values: async () => {
      using disk = goldenDisk(64);
      await using made = new AsyncDisposableStack();
      const place = `${disk.path}/tree`;
      await buildTree(place, tree);
      await arrange(place, made);
      const named = roots.map((root) => `${place}/${root}`);
      return tmpValues(await told(['tmp', ...named, ...options], run), place);
    },
  };
}

function share(place: string, days: number): void {
  for (const name of ['of-nobody', 'file-of-nobody'])
    execFileSync('chown', ['-R', `${NOBODY.uid}:${NOBODY.gid}`, `${place}/shared/${name}`]);
  age(`${place}/shared`, days);
  chmodSync(`${place}/shared`, 0o1777);
}

function moveIn({ path: machine }: OtherRoot): void {
  for (const name of ['tmp', 'var/tmp']) chmodSync(`${machine}/${name}`, 0o1777);
  execFileSync('chown', ['-R', '1000:1000', `${machine}/home/alice`, `${machine}/tmp/of-alice`]);
}

/** Places that only the program itself needs there; they may well lie in a temporary directory. */
const own = [path.resolve(import.meta.dirname, '../..'), process.execPath].map((place) =>
  realpathSync(place),
);

/** Judges in the machine when so many days have gone by. @param under how a program is run there. */
async function judgedMachine(
  under: readonly string[],
  days: number,
  options: readonly string[],
): Promise<Values> {
  const { env } = daysLater(days);
  const args = ['tmp', '--min-size', '0', '--assume-unused', ...options];
  const report = await told(args, { env: { ...env, HOME: '/root' }, under });
  return tmpValues(report, '/', (unit) => !own.some((place) => place.startsWith(`${unit}/`)));
}

/** Explains the machine when so many days have gone by, this machine's processes being its own. */
async function explainedLater({ path: machine }: OtherRoot, days: number): Promise<Values> {
  return explainValues(await told(['/'], { ...daysLater(days), under: ['chroot', machine] }), '/');
}

async function hold(machine: OtherRoot, made: AsyncDisposableStack): Promise<void> {
  made.use(await startHolder('exec 5<"$1"', [`${machine.path}/var/tmp/held/deep/open.dat`]));
}

export const tempWorlds: readonly World[] = [
  inNamed('temp-units', {
    tree: { scratch: directory(scratch), home: directory({ kept: link('kept', 2 * MIB) }) },
    arrange: makeUse,
    roots: ['scratch'],
    options: [...BY_MTIME, '--older', '2d', '--assume-unused'],
    skip: needsTool('flock'),
  }),
  inNamed('temp-units-kept', {
    tree: {
      scratch: directory(scratch),
      other: directory({ kept: link('kept', 2 * MIB), 'x.iso': file(MIB) }),
    },
    arrange: (place) => {
      age(place, 20);
    },
    roots: ['scratch', 'other'],
    // Without --older what may be somebody's own stays.
    options: ['--age-by', 'mtime', '--min-size', '1M', '--assume-unused', '--all-users', '--keep', 'build*'],
  }),
  inNamed('temp-shared', {
    tree: shared,
    arrange: (place) => {
      share(place, 20);
    },
    roots: ['shared'],
    options: [...BY_MTIME, '--assume-unused'],
  }),
  inNamed('temp-shared-all-users', {
    tree: shared,
    arrange: (place) => {
      share(place, 20);
    },
    roots: ['shared'],
    options: [...BY_MTIME, '--assume-unused', '--all-users', '--system'],
  }),
  inNamed('temp-shared-as-user', {
    tree: shared,
    arrange: (place) => {
      share(place, 3);
      // Of a file the kernel can be asked, unless this is a container.
      rmSync(`${place}/shared/file-of-nobody`);
    },
    roots: ['shared'],
    // Processes of others are out of sight for sure: so soon nobody can tell whether one works there.
    options: [...BY_MTIME, '--older', '2d'],
    run: NOBODY,
    skip: needsOtherUser,
  }),
  onMachine('temp-and-caches', tempMachine, {
    arrange: moveIn,
    values: async (machine) => await judgedMachine(aloneIn(machine), 30, ['--older', '5d']),
  }),
  onMachine('temp-and-caches-all-users', tempMachine, {
    arrange: moveIn,
    values: async (machine) =>
      await judgedMachine(aloneIn(machine), 30, ['--older', '5d', '--all-users', '--system']),
  }),
  onMachine('homes', homes, {
    arrange: (machine) => {
      execFileSync('chown', ['-R', '1000:1000', `${machine.path}/home/alice`]);
    },
  }),
  onMachine('stale-temp', tempFiles, {
    arrange: hold,
    // What the report promises, and what the command that it names says.
    values: async (machine) => ({
      report: await explainedLater(machine, 5),
      tmp: await judgedMachine(['chroot', machine.path], 5, [
        '--system',
        '--all-users',
        '--older',
        '5d',
        '/var/tmp',
      ]),
    }),
  }),
  onMachine('stale-temp-next-day', tempFiles, {
    arrange: hold,
    values: async (machine) => await explainedLater(machine, 1),
  }),
  onMachine('stale-temp-near-misses', noTempFiles, {
    values: async (machine) => await explainedLater(machine, 5),
  }),
];
