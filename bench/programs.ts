/** What is timed: diskwhy, the floor in C, and every peer on the PATH, each doing the same job quietly. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rolldown } from 'rolldown';

export interface Program {
  readonly name: string;
  readonly command: (tree: string) => readonly string[];
}

const root = path.resolve(import.meta.dirname, '..');
const shim = path.join(root, 'bin/diskwhy.js');
const { execPath } = process;

/** The whole program with the report a person gets. */
export const report: Program = { name: 'diskwhy report', command: (tree) => [execPath, shim, tree] };

/** The whole program, least output. */
export const walk: Program = {
  name: 'diskwhy',
  command: (tree) => [execPath, shim, tree, '--source', 'walk', '--json', '--depth', '0', '--top', '1'],
};

/** The same, as the program chooses on a filesystem that it can read in bulk. */
export const bulk: Program = {
  name: 'diskwhy, bulk',
  command: (tree) => [execPath, shim, tree, '--json', '--depth', '0', '--top', '1'],
};

export const version: Program = { name: 'diskwhy --version', command: () => [execPath, shim, '--version'] };

/** The scan alone, without a command line or a report: what the report is measured against. Bundled into `folder`. */
export async function bundleScanOnly(folder: string): Promise<Program> {
  const build = await rolldown({
    input: {
      'scan-only': path.join(root, 'bench/scan-only.ts'),
      worker: path.join(root, 'src/scan/crew/worker.ts'),
    },
    platform: 'node',
    external: ['picomatch'],
  });
  await build.write({ dir: folder, entryFileNames: '[name].js', cleanDir: true });
  await build.close();
  return {
    name: 'scan alone',
    command: (tree) => [execPath, path.join(folder, 'scan-only.js'), tree],
  };
}

const peers: readonly Program[] = [
  { name: 'du', command: (tree) => ['du', '-s', '-B1', '-x', tree] },
  { name: 'gdu', command: (tree) => ['gdu', '-npsc', tree] },
  { name: 'ncdu', command: (tree) => ['ncdu', '-0', '-x', '-o', '/dev/null', tree] },
  { name: 'dust', command: (tree) => ['dust', '-d', '0', '-P', tree] },
  { name: 'dua', command: (tree) => ['dua', 'aggregate', tree] },
  { name: 'pdu', command: (tree) => ['pdu', '--max-depth', '1', tree] },
  { name: 'diskus', command: (tree) => ['diskus', tree] },
];

/** The peers that are installed here; du always first. */
export function peersHere(): Program[] {
  return peers.filter(({ command }) => spawnSync('which', [command('')[0]]).status === 0);
}

/** The floor, compiled now; undefined where there is no C compiler. */
export function compileFloor(): Program | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), 'diskwhy-floor-'));
  process.once('exit', () => rmSync(folder, { recursive: true }));
  const binary = path.join(folder, 'floor');
  try {
    execFileSync('cc', ['-O2', '-pthread', '-o', binary, path.join(root, 'bench/floor.c')], {
      stdio: 'ignore',
    });
    return { name: 'floor (C)', command: (tree) => [binary, tree] };
  } catch {
    return undefined;
  }
}
