/**
 * What the executable is made of for a processor that is not this machine's: Node and koffi's library as npm has them for
 * it, and packs without code caches, which only that processor could record. Nothing of it runs here.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { bundle, writePackFile } from './bundle.ts';

const require = createRequire(import.meta.url);

/** What an executable is made of: files, each for the processor it is to run on. */
export interface ExecutableParts {
  readonly node: string;
  readonly koffi: string;
  readonly packs: { readonly program: string; readonly threads: string };
}

/** Fetches and makes them in `folder`. Throws where npm does not have this Node for `arch`. */
export async function foreignParts(arch: string, folder: string): Promise<ExecutableParts> {
  const { version: koffi } = JSON.parse(
    readFileSync(require.resolve(`@koromix/koffi-linux-${process.arch}/package.json`), 'utf8'),
  ) as {
    version: string;
  };
  const packs = { program: path.join(folder, 'program.pack'), threads: path.join(folder, 'threads.pack') };
  const { program, threads } = await bundle(path.join(folder, 'dist'));
  writePackFile(packs.program, program, new Map());
  writePackFile(packs.threads, threads, new Map());
  return {
    node: path.join(fetched(`node-linux-${arch}`, process.versions.node, folder), 'bin/node'),
    koffi: path.join(fetched(`@koromix/koffi-linux-${arch}`, koffi, folder), `linux_${arch}/koffi.node`),
    packs,
  };
}

/** Where the package's files are. */
function fetched(name: string, version: string, folder: string): string {
  const target = path.join(folder, path.basename(name));
  mkdirSync(target);
  const archive = execFileSync('npm', ['pack', '--silent', `${name}@${version}`], {
    cwd: target,
    encoding: 'utf8',
  });
  execFileSync('tar', ['--extract', '--file', archive.trim(), '--strip-components=1'], { cwd: target });
  return target;
}
