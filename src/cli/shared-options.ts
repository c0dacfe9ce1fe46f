/** The options most commands share, their meaning in help, and their validation into typed values. */
import { UsageError } from '../model/errors.ts';
import type { SourceName } from '../model/scan-result.ts';
import { parseSize } from '../model/size.ts';
import type { OptionDefinition, RawArguments } from './command.ts';

/** Definitions for yargs. All values arrive as strings, so that what was typed can be quoted back. */
export const sharedOptions = {
  json: { type: 'boolean', describe: 'print JSON', group: 'Output:' },
  top: { type: 'string', requiresArg: true, describe: 'rows per list, 0 for all [10]', group: 'Output:' },
  depth: { type: 'string', requiresArg: true, describe: 'levels of the tree [3]', group: 'Output:' },
  'min-size': {
    type: 'string',
    requiresArg: true,
    describe: 'leave out smaller ones: 10M, 1.5GiB',
    group: 'Output:',
  },
  apparent: { type: 'boolean', describe: 'show and rank by apparent size', group: 'Output:' },
  bytes: { type: 'boolean', describe: 'exact bytes instead of KiB, MiB, GiB', group: 'Output:' },
  color: { type: 'boolean', describe: 'colours; --no-color for none', group: 'Output:' },
  quiet: { type: 'boolean', alias: 'q', describe: 'no progress and no notes', group: 'Output:' },
  exclude: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'leave out names, or paths with a slash: "*.iso", "/home/*/.cache"',
    group: 'Scan:',
  },
  'cross-mounts': { type: 'boolean', describe: 'count other filesystems below too', group: 'Scan:' },
  threads: {
    type: 'string',
    requiresArg: true,
    describe: 'threads [as many as the work deserves]',
    group: 'Scan:',
  },
  source: {
    type: 'string',
    requiresArg: true,
    describe: 'auto, walk, portable or ext4 [auto]',
    group: 'Scan:',
  },
} as const satisfies Record<string, OptionDefinition>;

/** The shared options, validated. */
export interface SharedOptions {
  readonly json: boolean;
  /** Infinity for all. */
  readonly top: number;
  readonly depth: number;
  /** undefined: what the command thinks worth showing. */
  readonly minBytes: number | undefined;
  readonly apparent: boolean;
  readonly exactBytes: boolean;
  /** undefined: as the terminal says. */
  readonly color: boolean | undefined;
  readonly quiet: boolean;
  readonly exclude: readonly string[];
  readonly crossMounts: boolean;
  readonly threads: number | undefined;
  readonly source: 'auto' | SourceName;
}

const sources = ['auto', 'walk', 'portable', 'ext4'] as const;

export function parseSharedOptions(raw: RawArguments): SharedOptions {
  const source = text(raw, 'source') ?? 'auto';
  if (!isOneOf(sources, source))
    throw new UsageError(`--source ${source}: must be one of ${sources.join(', ')}`);
  const minSize = text(raw, 'min-size');
  const minBytes = minSize === undefined ? undefined : parseSize(minSize);
  if (minSize !== undefined && minBytes === undefined) {
    throw new UsageError(`--min-size ${minSize}: not a size; write 500K, 10M or 1.5GiB`);
  }
  return Object.freeze({
    json: raw['json'] === true,
    top: count(raw, 'top', 0, 1_000_000) || (text(raw, 'top') === undefined ? 10 : Infinity),
    depth: count(raw, 'depth', 0, 10_000) ?? 3,
    minBytes,
    apparent: raw['apparent'] === true,
    exactBytes: raw['bytes'] === true,
    color: typeof raw['color'] === 'boolean' ? raw['color'] : undefined,
    quiet: raw['quiet'] === true,
    exclude: Array.isArray(raw['exclude']) ? raw['exclude'].map(String) : [],
    crossMounts: raw['cross-mounts'] === true,
    threads: count(raw, 'threads', 1, 1024),
    source,
  });
}

/** The value of an option that may be given once. */
export function text(raw: RawArguments, name: string): string | undefined {
  const value = raw[name];
  if (Array.isArray(value)) throw new UsageError(`--${name} was given ${value.length} times; give it once`);
  return typeof value === 'string' ? value : undefined;
}

function count(raw: RawArguments, name: string, least: number, most: number): number | undefined {
  const value = text(raw, name);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!/^\d+$/u.test(value) || number < least || number > most) {
    throw new UsageError(`--${name} ${value}: must be a whole number from ${least} to ${most}`);
  }
  return number;
}

function isOneOf<T extends string>(values: readonly T[], value: string): value is T {
  return (values as readonly string[]).includes(value);
}
