/** Bundles the program: one pack of chunks for it, one for its threads, and the small files that Node loads itself. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';
import type { OutputChunk, Plugin } from 'rolldown';
import { WRAPPER } from '../src/cli/bundle/loader.ts';
import { writePack } from '../src/cli/bundle/pack.ts';
import type { Chunk } from '../src/cli/bundle/pack.ts';

const root = path.resolve(import.meta.dirname, '..');
const source = path.join(root, 'src');

/** What each thread runs; the file a thread is started with has the same name. */
const threads = {
  worker: 'scan/crew/worker.ts',
  'second-thread-worker': 'clean/second-thread/second-thread-worker.ts',
  'watchdog-worker': 'cli/signals/watchdog-worker.ts',
  'desk-worker': 'browse/desk/desk-worker.ts',
  'survey-worker': 'browse/survey/survey-worker.ts',
};

/** Chunks of a pack by name, before a code cache is made for them. */
export type Sources = ReadonlyMap<string, string>;

export interface Bundle {
  readonly program: Sources;
  readonly threads: Sources;
}

/** Packages that the source loads by `createRequire` where it needs them go into the bundle, and are still run only then. */
const lateRequires: Plugin = {
  name: 'late-requires',
  transform: {
    filter: { code: /createRequire/u },
    handler: (code) => code.replaceAll(/createRequire\(import\.meta\.url\)\((?=')/gu, 'require('),
  },
};

/** Text that the source reads from a file beside it is a string in the bundle. */
const textFiles: Plugin = {
  name: 'text-files',
  transform: {
    filter: { code: /\.sql'/u },
    handler: (code, id) =>
      code.replaceAll(
        /readFileSync\(new URL\('(?<file>\.\/[^']+\.sql)', import\.meta\.url\), 'utf8'\)/gu,
        (_, file: string) => JSON.stringify(readFileSync(path.resolve(path.dirname(id), file), 'utf8')),
      ),
  },
};

/** Writes everything but the packs into the folder `dist` anew, and returns what goes into the packs. */
export async function bundle(dist: string): Promise<Bundle> {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  // The package is one of ES modules; a bundle of CommonJS starts sooner and can have a code cache.
  writeFileSync(path.join(dist, 'package.json'), '{"type":"commonjs"}\n');
  const [start] = await chunksOf({ start: 'cli/bundle/start.ts' }, false);
  writeFileSync(path.join(dist, 'start.js'), start.code);
  for (const name of Object.keys(threads))
    writeFileSync(path.join(dist, `${name}.js`), `require('./start.js').startThread('./${name}.js');\n`);
  const threadChunks = await chunksOf(threads, true);
  return {
    program: wrapped(await chunksOf({ program: 'cli/program.ts' }, true)),
    threads: wrapped(threadChunks),
  };
}

/** What the single executable runs first, in one file. */
export async function bundleExecutableStart(): Promise<string> {
  const [start] = await chunksOf({ start: 'cli/bundle/start-executable.ts' }, false);
  return start.code;
}

/** Writes a pack; a chunk that `caches` does not have stays without. */
export function writePackFile(file: string, sources: Sources, caches: ReadonlyMap<string, Buffer>): void {
  const chunks = new Map<string, Chunk>(
    Array.from(sources, ([name, text]) => [name, { source: text, cachedData: caches.get(name) }]),
  );
  writeFileSync(file, writePack(chunks));
}

async function chunksOf(entries: Record<string, string>, isMinified: boolean): Promise<OutputChunk[]> {
  const build = await rolldown({
    input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, path.join(source, file)])),
    platform: 'node',
    plugins: [lateRequires, textFiles],
    transform: { define: { DISKWHY_VERSION: JSON.stringify(readVersion()) } },
  });
  const { output } = await build.generate({
    format: 'cjs',
    dynamicImportInCjs: false,
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    // Fewer and larger chunks where most commands want them: each costs a third of a millisecond by itself.
    codeSplitting: { groups: [{ name: 'shared', test: /src\/(?:model|system)\//u, minShareCount: 4 }] },
    // Names stay: a stack in a report of a fault is to be read by people.
    minify: isMinified && { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  });
  await build.close();
  return output.filter((one) => one.type === 'chunk');
}

function wrapped(chunks: readonly OutputChunk[]): Sources {
  return new Map(
    chunks.map(({ fileName, code }) => [`./${fileName}`, WRAPPER[0] + toAscii(code, fileName) + WRAPPER[1]]),
  );
}

/** V8 reads ASCII in a fraction of the time. Throws where an escape would not mean the same. */
function toAscii(code: string, name: string): string {
  if (/String\.raw`[^`]*[^\0-\x7f]/u.test(code)) throw new Error(`${name}: String.raw with more than ASCII`);
  return code.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function readVersion(): string {
  return (JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }).version;
}
