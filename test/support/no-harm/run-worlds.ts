/** Runs in the sandbox: builds worlds, asks what may be done, does all of it, and looks what became of the canaries. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, rmSync, statfsSync } from 'node:fs';
import type { Action, Remedy } from '../../../src/model/action.ts';
import { explainTree } from '../explain-tree.ts';
import { PLACES, World } from './world.ts';

/** What diskwhy or a line of the shell does by itself; the other commands are their programs' own. */
const OWN: ReadonlySet<Action['kind']> = new Set([
  'empty-file',
  'empty-descriptor',
  'delete-files',
  'delete-directories',
  'delete-with-diskwhy',
]);
const NEAR = 0.05;
/** What a filesystem gives back in blocks of directories and its own records. */
const SLACK_BYTES = 64 * 1024;

const [from, count] = process.argv.slice(2).map(Number);
const disk = '/mnt/world';
const found = { worlds: 0, commands: 0, byKind: {} as Record<string, number>, trouble: [] as string[] };

for (let seed = from; seed < from + count; seed++) {
  emptyDisk();
  const world = new World(seed);
  try {
    await world.build();
    await actOn(world, seed);
  } finally {
    await world.end();
  }
  found.worlds++;
}
emptyDisk();
process.stdout.write(JSON.stringify(found));

async function actOn(world: World, seed: number): Promise<void> {
  const report = await explainTree(disk, {
    home: '/root',
    paths: PLACES.map((place) => `/${place}` as never),
    runningPrograms: () => new Map(),
    top: 100,
  });
  for (const { rule, remedies } of report.findings)
    for (const remedy of remedies.slice(0, 1)) {
      if (!mayRun(remedy)) continue;
      const { kind, frees } = remedy.action;
      const before = freeBytes();
      const { status, stderr } = spawnSync('sh', ['-c', remedy.line!], {
        encoding: 'utf8',
        timeout: 60_000,
      });
      const given = freeBytes() - before;
      found.commands++;
      found.byKind[kind] = (found.byKind[kind] ?? 0) + 1;
      const note = (what: string): void => {
        found.trouble.push(`seed ${seed} (${world.names.join(' ')}): ${rule}: ${remedy.line}: ${what}`);
      };
      for (const harm of world.harmed()) note(`HARM ${harm}`);
      if (status !== 0) note(`exit ${status}: ${stderr}`);
      const least = frees.bytes * (1 - NEAR) - SLACK_BYTES;
      const most = frees.bytes * (1 + NEAR) + SLACK_BYTES;
      if (frees.certainty !== 'unknown' && given < least) note(`promised ${frees.bytes}, gave ${given}`);
      if (frees.certainty === 'exact' && given > most) note(`promised only ${frees.bytes}, gave ${given}`);
    }
}

function mayRun({ action, line, missingTool }: Remedy): boolean {
  if (line === undefined || missingTool !== undefined) return false;
  if (action.kind === 'look' || action.kind === 'look-under-mount') return false;
  return action.risk === 'safe' || (action.risk === 'review' && OWN.has(action.kind));
}

function freeBytes(): number {
  execFileSync('sync', ['-f', disk]);
  const { bfree, bsize } = statfsSync(disk);
  return bfree * bsize;
}

/** By the disk's own name: whatever became of the mounts over real places, nothing else can be reached. */
function emptyDisk(): void {
  for (const place of PLACES)
    for (const name of readdirSync(`${disk}/${place}`)) {
      // A place below another one is a mount point.
      if (PLACES.some((one) => one === `${place}/${name}`)) continue;
      rmSync(`${disk}/${place}/${name}`, { recursive: true });
    }
}
