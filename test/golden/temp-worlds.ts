/** Temporary directories and caches, judged by `diskwhy tmp`, and by the report that sends people there. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, realpathSync, rmSync, utimesSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { noProjects, projects } from '../../fixtures/rules/build-trees.ts';
import { noTempFiles, tempFiles } from '../../fixtures/rules/stale-temp.ts';
import { trashes } from '../../fixtures/rules/trash.ts';
import { project } from '../../fixtures/trees/project.ts';
import { daysLater } from '../support/days-later.ts';
import type { RunOptions } from '../support/diskwhy.ts';
import { startHolder, startProgram, writeProgram } from '../support/holder.ts';
import { mountBind, mountTmpfs } from '../support/mounted.ts';
import type { OtherRoot } from '../support/other-root.ts';
import { needsLoopDisk, needsOtherUser, needsTool, NOBODY } from '../support/requirements.ts';
import { MIB } from '../support/rule-disk.ts';
import {
  buildTree,
  chain,
  content,
  directory,
  fifo,
  file,
  link,
  socket,
  sparse,
  symlink,
} from '../support/tree.ts';
import type { TreeDescription } from '../support/tree.ts';
import { explainValues } from './explain-values.ts';
import { tmpValues } from './tmp-values.ts';
import type { Values } from './values.ts';
import { aloneIn, goldenDisk, onMachine, told } from './world.ts';
import type { World } from './world.ts';

const TAG = 'Signature: 8a477f597d28d172789f06886806bc55\n';
/** Process 1 runs everywhere, and no process has a number as large as the second. */
const pids = { init: 1, nobody: 4_194_304 };

const scratch: TreeDescription = {
  // Of nobody.
  build: directory({ out: directory({ 'core.o': file(3 * MIB) }), log: file(5000) }),
  partly: directory({ own: file(MIB), kept: link('kept', 2 * MIB) }),
  whole: directory({ a: link('whole', MIB), deep: directory({ b: link('whole', MIB) }) }),
  holes: sparse(50 * MIB, 4096),
  'two\nlines': file(10),
  link: symlink('build'),
  empty: directory(),
  dead: directory({ 'dead.sock': socket() }),
  // Fresh.
  fresh: chain(['a', 'b'], { new: file(1) }),
  tomorrow: file(6000),
  // Somebody's.
  held: directory({ deep: directory({ 'open.dat': file(4 * MIB) }) }),
  locked: directory({ lock: file(1) }),
  worked: directory({ inner: directory() }),
  live: directory(),
  running: directory(),
  shown: directory({ part: directory() }),
  [`pgsql_tmp${pids.init}.0`]: file(100),
  [`pgsql_tmp${pids.nobody}.0`]: file(100),
  // By their names.
  '.X11-unix': directory(),
  'tmux-0': directory({ default: file(1) }),
  buildah123: directory({ layer: file(2 * MIB) }),
  'go-build77': directory({ b001: file(100_000) }),
  'ssh-abcdef': directory({ agent: file(1) }),
  'disk.iso': file(3 * MIB),
  '.nfs0001': file(10),
  'state.db': content('SQLite format 3\0', 8192),
  'state.db-wal': file(8192),
  // By what they are.
  pipe: fifo(),
  sticky: file(1, { mode: 0o1644 }),
  devices: directory(),
  mounted: directory({ point: directory() }),
  deep: chain(
    Array.from({ length: 300 }, () => 'd'),
    { a: file(1) },
  ),
  foreign: directory({ a: file(MIB) }),
  mixed: directory({ inner: directory({ b: file(MIB) }) }),
};

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

const shared: TreeDescription = {
  shared: directory({
    'of-root': directory({ a: file(MIB) }),
    'of-nobody': directory({ b: file(2 * MIB) }),
    'file-of-root': file(5000),
    'file-of-nobody': file(6000),
    small: file(100),
  }),
};

function share(place: string, days: number): void {
  for (const name of ['of-nobody', 'file-of-nobody'])
    execFileSync('chown', ['-R', `${NOBODY.uid}:${NOBODY.gid}`, `${place}/shared/${name}`]);
  age(`${place}/shared`, days);
  chmodSync(`${place}/shared`, 0o1777);
}

const cachesOf = (bytes: number): TreeDescription => ({
  '.npm': directory({ _cacache: directory({ a: file(bytes) }), _npx: directory({ a: file(bytes / 2) }) }),
  '.cache': directory({
    pip: directory({ a: file(bytes) }),
    uv: directory({ a: link(`uv${bytes}`, bytes), b: link(`uv${bytes}`, bytes) }),
    tagged: directory({ 'CACHEDIR.TAG': content(TAG), a: file(bytes) }),
    untagged: directory({ 'CACHEDIR.TAG': content('Signature: no'), a: file(bytes) }),
    ccache: directory({ 'ccache.conf': file(1), 0: directory({ a: file(bytes) }) }),
  }),
  go: directory({
    pkg: directory({ mod: directory({ m: directory({ a: file(bytes) }, { mode: 0o555 }) }) }),
  }),
  Documents: directory({ thesis: file(bytes) }),
});

const tempMachine: TreeDescription = {
  etc: directory({
    passwd: content('root:x:0:0::/root:/bin/sh\nalice:x:1000:1000::/home/alice:/bin/sh\n'),
    'tmpfiles.d': directory({ 'keep.conf': content('x /tmp/excluded\nd /var/tmp/kept 0755 - - 10d\n') }),
  }),
  root: directory(cachesOf(2 * MIB)),
  home: directory({ alice: directory(cachesOf(MIB)) }),
  tmp: directory({
    'build-x1': directory({ a: file(3 * MIB) }),
    excluded: directory({ a: file(MIB) }),
    'of-alice': directory({ a: file(MIB) }),
    'upload.part': file(2 * MIB),
  }),
  var: directory({
    tmp: directory({ kept: directory({ a: file(MIB) }), buildah9: directory({ layer: file(4 * MIB) }) }),
    cache: directory({ man: directory({ index: file(MIB) }) }),
  }),
};

/** Two homes with all that homes have, to be explained. */
const homes: TreeDescription = {
  etc: tempMachine['etc'],
  root: directory({ ...cachesOf(2 * MIB), work: directory(project) }),
  home: directory({
    alice: directory({
      ...cachesOf(MIB),
      ...trashes,
      code: directory(projects),
      other: directory(noProjects),
    }),
  }),
};

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
