/** What the executable is made of for each target: Node and koffi's library, and packs with code caches where they can be recorded. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { bundle, writePackFile } from './bundle.ts';
import { fetchFromNpm } from './fetch.ts';
import { recordCaches } from './record-caches.ts';
import { isOwn } from './targets.ts';
import type { Target } from './targets.ts';
import { WHEEL_NODE_VERSION, fetchWheelNode } from './wheel-nodes.ts';

const require = createRequire(import.meta.url);
const dist = path.resolve(import.meta.dirname, '../dist');

/** What an executable is made of: files, each for the machine it is to run on. */
export interface ExecutableParts {
  readonly node: string;
  /** None where the program makes no system calls of its own. */
  readonly koffi: string | undefined;
  readonly packs: { readonly program: string; readonly threads: string };
}

/** Fetches and makes them in `folder`. Throws where a registry does not have the Node for `target`. */
export async function partsFor(target: Target, folder: string): Promise<ExecutableParts> {
  return {
    node: nodeFor(target, folder),
    koffi: koffiFor(target, folder),
    packs: isOwn(target) ? ownPacks : await packsFor(target, folder),
  };
}

/** As `npm run build` left them, for the Node that ran it. */
const ownPacks = { program: path.join(dist, 'program.pack'), threads: path.join(dist, 'threads.pack') };

function nodeFor(target: Target, folder: string): string {
  if (isOwn(target)) return process.execPath;
  if (target.system === 'glibc')
    return path.join(
      fetchFromNpm(`node-linux-${target.processor}`, process.versions.node, folder),
      'bin/node',
    );
  return fetchWheelNode(target, folder, path.join(dist, `${target.file}.libraries`));
}

function koffiFor({ processor, system }: Target, folder: string): string | undefined {
  if (system === 'macos') return undefined;
  const name = `@koromix/koffi-linux-${processor}`;
  const own = `@koromix/koffi-linux-${process.arch}/package.json`;
  const { version } = JSON.parse(readFileSync(require.resolve(own), 'utf8')) as { version: string };
  const files =
    processor === process.arch ? path.dirname(require.resolve(own)) : fetchFromNpm(name, version, folder);
  return path.join(files, `${system === 'musl' ? 'musl' : 'linux'}_${processor}/koffi.node`);
}

/**
 * Code caches fit a version of V8 on a processor, whichever C library it was built for (held by the test of the executable for
 * musl), so a Node of that version that runs here records them. For another processor, and for macOS, where nobody has
 * tried it, there are none.
 */
async function packsFor({ processor, system }: Target, folder: string): Promise<ExecutableParts['packs']> {
  const packs = { program: path.join(folder, 'program.pack'), threads: path.join(folder, 'threads.pack') };
  const { program, threads } = await bundle(path.join(folder, 'dist'));
  const caches =
    system === 'musl' && processor === process.arch
      ? recordCaches(
          dist,
          path.join(fetchFromNpm(`node-linux-${processor}`, WHEEL_NODE_VERSION, folder), 'bin/node'),
        )
      : { program: new Map<string, Buffer>(), threads: new Map<string, Buffer>() };
  writePackFile(packs.program, program, caches.program);
  writePackFile(packs.threads, threads, caches.threads);
  return packs;
}
