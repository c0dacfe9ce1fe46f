/** The options of `diskwhy tmp`: their meaning in help, and their validation into typed values. */
import { parseAge } from '../model/age.ts';
import type { ByteString } from '../model/byte-string.ts';
import { UsageError } from '../model/errors.ts';
import type { Timestamp } from '../model/tmp-reason.ts';
import type { TmpRequest } from '../tmp/tmp.ts';
import type { OptionDefinition, RawArguments } from './command.ts';
import { parseSharedOptions, sharedOptions, text } from './shared-options.ts';
import type { SharedOptions } from './shared-options.ts';
import { parsePaths } from './path-arguments.ts';
import type { Terminal } from './terminal.ts';

const { json, top, bytes, color, quiet, threads, source } = sharedOptions;

export const tmpOptions = {
  json,
  top,
  bytes,
  color,
  quiet,
  threads,
  source,
  older: {
    type: 'string',
    requiresArg: true,
    describe: 'unused for at least: 12h, 2d, 1w [10d]',
    group: 'Judge:',
  },
  'min-size': {
    type: 'string',
    requiresArg: true,
    describe: 'leave out smaller entries: 500K, 10M [1M]',
    group: 'Judge:',
  },
  'age-by': {
    type: 'string',
    requiresArg: true,
    describe: 'times that count, the newest decides [mtime,ctime,btime,atime]',
    group: 'Judge:',
  },
  keep: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'never delete names, or paths with a slash: "*.iso", "/tmp/build-*"',
    group: 'Judge:',
  },
  'all-users': { type: 'boolean', describe: "judge other users' entries too (root)", group: 'Judge:' },
  system: {
    type: 'boolean',
    describe: "judge root's own directories in shared temp directories too (root)",
    group: 'Judge:',
  },
  'assume-unused': {
    type: 'boolean',
    describe: 'where it cannot be told whether it is in use, take it as unused',
    group: 'Judge:',
  },
  delete: {
    type: 'boolean',
    describe: 'delete what is deletable; asks once on a terminal',
    group: 'Delete:',
  },
  'dry-run': {
    type: 'boolean',
    alias: 'n',
    describe: 'do everything but delete; wins over all',
    group: 'Delete:',
  },
  yes: { type: 'boolean', alias: 'y', describe: 'do not ask', group: 'Delete:' },
  apply: {
    type: 'string',
    requiresArg: true,
    describe: 'delete exactly what a plan says (made with --json), - for standard input',
    group: 'Delete:',
  },
  quarantine: { type: 'boolean', describe: 'with --delete: move aside instead', group: 'Delete:' },
  restore: {
    type: 'string',
    requiresArg: true,
    describe: 'bring back what a run moved aside',
    group: 'Delete:',
  },
  journal: {
    type: 'string',
    describe: 'where to write the journal; --no-journal for none',
    group: 'Delete:',
  },
} as const satisfies Record<string, OptionDefinition>;

/** What is judged, and by which rules, as the command line says it. */
type JudgedBy = Pick<
  TmpRequest,
  | 'roots'
  | 'olderMs'
  | 'olderIsExplicit'
  | 'minBytes'
  | 'ageBy'
  | 'keep'
  | 'allUsers'
  | 'system'
  | 'assumeUnused'
>;

/** The options, validated. */
export interface TmpOptions extends JudgedBy {
  readonly shared: SharedOptions;
  /** Whether to act at all, were it only to say what a run would do. */
  readonly acts: boolean;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly apply: ByteString | undefined;
  readonly quarantine: boolean;
  readonly restore: string | undefined;
  /** `default` is the state directory. */
  readonly journal: 'default' | 'none' | { readonly path: ByteString };
}

const DEFAULT_OLDER = '10d';
const DEFAULT_MIN_BYTES = 2 ** 20;
const timestamps = ['mtime', 'ctime', 'btime', 'atime'] as const;

export function parseTmpOptions(raw: RawArguments, terminal: Terminal): TmpOptions {
  const shared = parseSharedOptions(raw);
  const older = text(raw, 'older');
  const olderMs = parseAge(older ?? DEFAULT_OLDER);
  if (olderMs === undefined)
    throw new UsageError(`--older ${older}: not an age; write 12h, 2d or 1w (0 for any age)`);
  const apply = text(raw, 'apply');
  const restore = text(raw, 'restore');
  const acts = raw['delete'] === true || raw['dry-run'] === true || apply !== undefined;
  const options: TmpOptions = {
    shared,
    roots: parsePaths(raw['root'], terminal),
    olderMs,
    olderIsExplicit: older !== undefined,
    minBytes: shared.minBytes ?? DEFAULT_MIN_BYTES,
    ageBy: parseAgeBy(text(raw, 'age-by')),
    keep: Array.isArray(raw['keep']) ? raw['keep'].map(String) : [],
    allUsers: raw['all-users'] === true,
    system: raw['system'] === true,
    assumeUnused: raw['assume-unused'] === true,
    acts,
    dryRun: raw['dry-run'] === true,
    yes: raw['yes'] === true,
    apply: apply === undefined ? undefined : terminal.argumentBytes(apply),
    quarantine: raw['quarantine'] === true,
    restore,
    journal: parseJournal(raw, terminal),
  };
  refuseContradictions(options, raw);
  return Object.freeze(options);
}

function refuseContradictions(options: TmpOptions, raw: RawArguments): void {
  const { apply, restore, quarantine, acts, journal } = options;
  if (restore !== undefined && (acts || options.roots.length > 0))
    throw new UsageError('--restore brings a run back and takes nothing else; leave out the other options');
  if (quarantine && !acts) throw new UsageError('--quarantine says how to delete; add --delete');
  if (quarantine && journal === 'none')
    throw new UsageError('--quarantine needs the journal to bring things back; leave out --no-journal');
  if (apply === undefined) return;
  const judging = ['older', 'min-size', 'age-by', 'keep', 'all-users', 'system', 'assume-unused'];
  const given = judging.find((name) => raw[name] !== undefined);
  if (given !== undefined || options.roots.length > 0)
    throw new UsageError(
      `--apply judges as the plan says; leave out ${given === undefined ? 'the paths' : `--${given}`}`,
    );
}

function parseAgeBy(given: string | undefined): readonly Timestamp[] {
  if (given === undefined) return timestamps;
  const wanted = given.split(',').map((one) => one.trim());
  for (const one of wanted) {
    if (!(timestamps as readonly string[]).includes(one))
      throw new UsageError(`--age-by ${given}: must be a list of ${timestamps.join(', ')}`);
  }
  return timestamps.filter((one) => wanted.includes(one));
}

/** yargs turns --no-journal into false. */
function parseJournal(raw: RawArguments, terminal: Terminal): TmpOptions['journal'] {
  const value: unknown = raw['journal'];
  if (value === undefined) return 'default';
  if (value === false) return 'none';
  if (typeof value !== 'string' || value === '')
    throw new UsageError('--journal: write one path behind it, or --no-journal');
  return { path: terminal.argumentBytes(value) };
}
