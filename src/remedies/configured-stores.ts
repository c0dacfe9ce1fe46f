/** Where programs say that they keep their data: on the command lines of those that run, and in their configuration files. */
import { stores } from '../catalogue/catalogue.ts';
import type { Setting, StoreEntry } from '../catalogue/catalogue.ts';
import { baseName, fromText, joinPath } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { OpenFiles } from '../model/process.ts';
import { lstatIfAny } from '../system/calls/lstat.ts';
import { directoryNames } from '../system/directories/directory-names.ts';
import { readText } from '../system/services/config-files.ts';
import { heldPath } from '../system/processes/open-files.ts';
import { commandLineOf, environmentOf } from '../system/processes/process-arguments.ts';
import { isSystemPlace } from './system-places.ts';

/** Interpreters that stores are written for: who runs is said behind their name. */
const INTERPRETERS = ['java', 'beam.smp'];

interface Told {
  readonly entry: StoreEntry;
  readonly foundBy: 'process' | 'configuration';
}

/** Directories that programs are told to keep their data in, as far as they are there and are no system's. */
export function configuredStores(openFiles: OpenFiles): Map<ByteString, Told> {
  const told = new Map<ByteString, Told>();
  const tell = (entry: StoreEntry, foundBy: Told['foundBy'], value: string | undefined): void => {
    for (const word of value?.split(/[,\s]+/u) ?? []) {
      const path = word.replace(/(?!^)\/+$/u, '') as ByteString;
      if (!path.startsWith('/') || isSystemPlace(path) || told.has(path)) continue;
      if (lstatIfAny(path)?.isDirectory() === true) told.set(path, { entry, foundBy });
    }
  };
  const running = runningPrograms(openFiles);
  for (const entry of stores)
    for (const setting of entry.configuration ?? []) {
      for (const pid of pidsOf(entry, setting, running)) {
        tell(entry, 'process', setting.pattern.exec(`\0${commandLineOf(pid).join('\0')}\0`)?.[1]);
        if (setting.environment !== undefined)
          tell(entry, 'process', environmentOf(pid, setting.environment));
      }
      for (const file of setting.files?.flatMap(expand) ?? [])
        tell(entry, 'configuration', setting.pattern.exec(readText(file) ?? '')?.[1]);
    }
  return told;
}

/** Patterns of command lines are told by having no files. */
function pidsOf(
  { programs = INTERPRETERS }: StoreEntry,
  { files }: Setting,
  running: ReadonlyMap<string, readonly number[]>,
): number[] {
  return files === undefined ? programs.flatMap((program) => running.get(program) ?? []) : [];
}

/** The pids of each program, by the last component of what is executed: what a process calls itself proves nothing. */
function runningPrograms({ files }: OpenFiles): Map<string, number[]> {
  const running = new Map<string, number[]>();
  for (const file of files.values()) {
    const pids = file.holds.flatMap(({ kind, pid }) => (kind === 'executable' ? [pid] : []));
    if (pids.length === 0) continue;
    const path = heldPath({ ...file, holds: file.holds.filter(({ kind }) => kind === 'executable') });
    if (path === undefined) continue;
    const program = baseName(path);
    running.set(program, [...(running.get(program) ?? []), ...pids]);
  }
  return running;
}

/** Paths that fit a pattern with `*` in its components. */
function expand(pattern: string): string[] {
  const [, ...parts] = pattern.split('/');
  let found = [''];
  for (const part of parts) {
    if (!part.includes('*')) {
      found = found.map((path) => `${path}/${part}`);
      continue;
    }
    const fits = new RegExp(`^${part.replaceAll('.', String.raw`\.`).replaceAll('*', '.*')}$`, 'u');
    found = found.flatMap((path) =>
      directoryNames(fromText(path === '' ? '/' : path))
        .filter((name) => fits.test(name))
        .map((name) => joinPath(path as ByteString, name)),
    );
  }
  return found;
}
