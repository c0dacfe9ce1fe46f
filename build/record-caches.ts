/** Code caches: runs a bundle on a small tree and collects what V8 compiled, so that users' runs need not compile it again. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openPack } from '../src/cli/bundle/pack.ts';
import type { Pack } from '../src/cli/bundle/pack.ts';

export interface Caches {
  readonly program: ReadonlyMap<string, Buffer>;
  readonly threads: ReadonlyMap<string, Buffer>;
}

/**
 * V8 flags that do not count among those that a cache is bound to: hash tables are not seeded by chance, and nothing is
 * compiled or collected beside the program.
 */
const SAME_EVERY_TIME = ['--random-seed=1', '--predictable'];

/** It takes a second where nothing is wrong. */
const MOST_MS = 60_000;

/**
 * Code caches of the bundle in `dist` for the version of `node`, by the names of chunks; none where the run fails, which is said
 * and costs users time, nothing else.
 */
export function recordCaches(dist: string, node: string): Caches {
  const folder = mkdtempSync(path.join(tmpdir(), 'diskwhy-build-'));
  try {
    const tree = makeTree(path.join(folder, 'tree'));
    const { status, stderr } = spawnSync(
      node,
      [...SAME_EVERY_TIME, path.join(import.meta.dirname, 'recorder.cjs'), dist, folder, tree],
      { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', env: environmentIn(folder), timeout: MOST_MS },
    );
    if (status !== 0) {
      process.stderr.write(`No code cache, so starting takes longer: the recording run failed\n${stderr}`);
      return { program: new Map(), threads: new Map() };
    }
    const threads = readdirSync(folder).filter((name) => name.startsWith('thread-'));
    const settled = (part: keyof Caches, runs: readonly string[]): ReadonlyMap<string, Buffer> =>
      settle(
        cachesIn(folder, runs),
        path.join(dist, `${part}.pack`),
        node,
        path.join(folder, `settled-${part}`),
      );
    return { program: settled('program', ['program']), threads: settled('threads', threads) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The caches as settle-caches.cjs writes them. @param pack has the sources. @param folder is made for it. */
function settle(
  caches: ReadonlyMap<string, Buffer>,
  pack: string,
  node: string,
  folder: string,
): ReadonlyMap<string, Buffer> {
  mkdirSync(folder);
  const { names, chunk } = packIn(pack);
  const sources = Object.fromEntries(names.map((name) => [name, chunk(name)!.source]));
  writeFileSync(path.join(folder, 'sources.json'), JSON.stringify(sources));
  for (const [name, cache] of caches) writeFileSync(path.join(folder, name), cache);
  const words = [...SAME_EVERY_TIME, path.join(import.meta.dirname, 'settle-caches.cjs'), folder];
  execFileSync(node, words, { stdio: ['ignore', 'ignore', 'inherit'], timeout: MOST_MS });
  return new Map([...caches.keys()].map((name) => [name, readFileSync(path.join(folder, name))]));
}

/** The code caches in the packs of another build. */
export function readCaches(folder: string): Caches {
  return { program: cachesOfPack(`${folder}/program.pack`), threads: cachesOfPack(`${folder}/threads.pack`) };
}

function packIn(file: string): Pack {
  const bytes = readFileSync(file);
  return openPack((offset, length) => bytes.subarray(offset, offset + length));
}

function cachesOfPack(file: string): Map<string, Buffer> {
  const pack = packIn(file);
  return new Map(
    pack.names.flatMap((name) => {
      const cache = pack.chunk(name)?.cachedData;
      return cache ? [[name, cache] as const] : [];
    }),
  );
}

/** What the run finds of the user who builds. */
function environmentIn(folder: string): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: folder, LANG: 'C.UTF-8' };
}

/** A little of what reports tell of: a cache, a log that repeats itself, a file of some size. */
function makeTree(tree: string): string {
  mkdirSync(path.join(tree, 'home/.cache/pip'), { recursive: true });
  mkdirSync(path.join(tree, 'data/deeper'), { recursive: true });
  writeFileSync(path.join(tree, 'home/.cache/pip/wheel'), Buffer.alloc(300_000, 1));
  writeFileSync(path.join(tree, 'data/deeper/image'), Buffer.alloc(400_000, 1));
  writeFileSync(path.join(tree, 'worker.log'), Array.from({ length: 4000 }, (_, i) => logLine(i)).join(''));
  return tree;
}

function logLine(second: number): string {
  return `2026-01-01T00:00:${String(second % 60).padStart(2, '0')} worker[${second}]: exit 1, restarting\n`;
}

/** Where several threads ran a chunk, the cache of the one that used most of it. */
function cachesIn(folder: string, runs: readonly string[]): Map<string, Buffer> {
  const caches = new Map<string, Buffer>();
  for (const run of runs)
    for (const file of readdirSync(path.join(folder, run))) {
      const cache = readFileSync(path.join(folder, run, file));
      if (cache.length > (caches.get(`./${file}`)?.length ?? 0)) caches.set(`./${file}`, cache);
    }
  return caches;
}
