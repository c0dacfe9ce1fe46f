/** Worlds of the golden run: something built afresh, the command run on it, and the values it gave. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readDocument } from '../support/document.ts';
import { runDiskwhy } from '../support/diskwhy.ts';
import type { RunOptions } from '../support/diskwhy.ts';
import { loopDisk } from '../support/mounted.ts';
import type { Mounted } from '../support/mounted.ts';
import { needsOtherRoot, otherRoot } from '../support/other-root.ts';
import type { OtherRoot } from '../support/other-root.ts';
import { needsLoopDisk, needsMount } from '../support/requirements.ts';
import { ruleDisk } from '../support/rule-disk.ts';
import { buildTree } from '../support/tree.ts';
import type { TreeDescription, TreeEntry } from '../support/tree.ts';
import { explainValues } from './explain-values.ts';
import type { Values } from './values.ts';

export interface World {
  /** Of its file in fixtures/golden, too. */
  readonly name: string;
  /** Why it cannot be built here. */
  readonly skip: string | false;
  readonly values: () => Promise<Values>;
}

/** What is done to a tree before it is looked at. What it starts or mounts goes into `made`. */
type Arrange = (path: string, made: AsyncDisposableStack) => void | Promise<void>;

interface Question {
  readonly arrange?: Arrange;
  /** Beside the path. */
  readonly options?: readonly string[];
  /** Makes the tree the home of who asks. */
  readonly isHome?: true;
  readonly run?: RunOptions;
}

/** Sees no other process: what runs here, e.g. npm, says nothing of the world's caches. */
export const ALONE = ['unshare', '--mount', '--pid', '--fork', '--mount-proc'] as const;

/** Runs `diskwhy ARGS --json`: what it prints. An incomplete look (exit 3) is a look. */
export async function told(args: readonly string[], options: RunOptions = {}): Promise<object> {
  const { code, stdout, stderr } = await runDiskwhy([...args, '--json'], options);
  assert.ok(code === 0 || code === 3, `diskwhy ${args.join(' ')} ended with ${code}: ${stderr}`);
  return readDocument(stdout);
}

/** A tree on a filesystem in memory, explained for itself. */
export function inMemory(
  name: string,
  tree: TreeDescription | (() => TreeDescription),
  question: Question = {},
): World {
  return {
    name,
    skip: needsMount,
    values: async () => {
      using disk = await ruleDisk(typeof tree === 'function' ? tree() : tree);
      return await explained(disk.path, [disk.path], question);
    },
  };
}

interface DiskQuestion extends Question {
  /** Names below the mount point, '' for the whole disk. */
  readonly paths?: readonly string[];
  readonly megabytes?: number;
  readonly format?: readonly string[];
  readonly skip?: string | false;
}

/** A tree on a disk of its own, in the directory `tree`; the whole disk is explained. `arrange` gets the mount point. */
export function onDisk(name: string, tree: TreeDescription, question: DiskQuestion = {}): World {
  const { paths = [''], skip = false, megabytes = 64, format = [] } = question;
  return {
    name,
    skip: needsLoopDisk('ext4') || skip,
    values: async () => {
      using disk = goldenDisk(megabytes, format);
      await buildTree(`${disk.path}/tree`, tree);
      const named = paths.map((path) => (path === '' ? disk.path : `${disk.path}/${path}`));
      return await explained(disk.path, named, question);
    },
  };
}

async function explained(root: string, paths: readonly string[], question: Question): Promise<Values> {
  const { arrange, options = [], isHome, run = {} } = question;
  await using made = new AsyncDisposableStack();
  await arrange?.(root, made);
  // What is written late would be missing in what the filesystem says is used.
  execFileSync('sync', ['-f', root]);
  const env = { ...run.env, ...(isHome && { HOME: root }) };
  return explainValues(await told([...paths, ...options], { ...run, env }), root);
}

/** All trees in one, directories of the same path joined. Files of the same path must not be. */
export function merged(...trees: readonly TreeDescription[]): TreeDescription {
  const all: Record<string, TreeEntry> = {};
  for (const [name, entry] of trees.flatMap((tree) => Object.entries(tree))) {
    const known = all[name];
    if (known === undefined) all[name] = entry;
    else if (known.kind === 'directory' && entry.kind === 'directory')
      all[name] = { ...known, entries: merged(known.entries, entry.entries) };
    else throw new Error(`${name} is in several trees`);
  }
  return all;
}

const ID = '6b1c4a52-7d3e-4f7a-9c55-0d1e2f3a4b5c';

/** Of ext4 as it is common, without those whose inodes nobody sees. */
export const FEATURES =
  'none,has_journal,ext_attr,dir_index,filetype,extent,64bit,flex_bg,sparse_super,large_file,huge_file,extra_isize,metadata_csum';

/** Everything that mkfs would choose by its version, the machine or chance. */
export function goldenDisk(megabytes: number, format: readonly string[] = []): Mounted {
  const chosen = `-b 4096 -I 256 -N 4096 -m 5 -J size=4 -O ${FEATURES} -U ${ID}`.split(' ');
  const extended = ['-E', `hash_seed=${ID},lazy_itable_init=0,lazy_journal_init=0`];
  return loopDisk('ext4', { megabytes, format: [...chosen, ...extended, ...format] });
}

interface MachineQuestion {
  readonly arrange?: (machine: OtherRoot, made: AsyncDisposableStack) => void | Promise<void>;
  readonly values?: (machine: OtherRoot) => Promise<Values>;
  readonly skip?: string | false;
}

/** A tree as the root directory of a machine. Explained as a whole, unless `values` asks something else. */
export function onMachine(
  name: string,
  tree: TreeDescription | (() => TreeDescription),
  { arrange, values = explainedMachine, skip = false }: MachineQuestion = {},
): World {
  return {
    name,
    skip: needsOtherRoot || skip,
    values: async () => {
      using machine = await otherRoot(typeof tree === 'function' ? tree() : tree);
      await using made = new AsyncDisposableStack();
      await arrange?.(machine, made);
      return await values(machine);
    },
  };
}

/** The machine explained, with none of this one's processes on it. */
async function explainedMachine(machine: OtherRoot): Promise<Values> {
  return explainValues(await told(['/'], { under: aloneIn(machine) }), '/');
}

/** Runs a program on `machine` with processes of its own only: what runs here, e.g. npm, says nothing of its caches. */
export function aloneIn({ path }: OtherRoot): readonly string[] {
  const script = 'mount -t proc proc "$1/proc" && exec chroot "$@"';
  return ['unshare', '--mount', '--pid', '--fork', 'sh', '-c', script, 'sh', path];
}
