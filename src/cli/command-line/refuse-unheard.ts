/** Options that would change nothing beside others, or without them: typed, they were meant for something, and are refused. */
import { UsageError } from '../../model/errors.ts';
import type { CommandName } from '../options/option-row.ts';
import { dashed, optionTable } from '../options/option-table.ts';
import type { OptionKey } from '../options/option-table.ts';

interface Unheard {
  readonly command: CommandName;
  /** Typed with one of these, or without all of these. */
  readonly beside?: readonly OptionKey[];
  readonly without?: readonly OptionKey[];
  readonly keys: readonly OptionKey[];
  /** Values that are not heard; without it, none is. */
  readonly values?: readonly string[];
  /** What stands behind the option that is not heard. */
  readonly says: (typed: string, other: string) => string;
}

const leaveOut = (typed: string, why: string): string => `${why}; leave out ${typed}`;

/** Not those of colours and characters: one plain line has neither, as they ask. */
const SHAPED: readonly OptionKey[] = ['json', 'top', 'exactBytes', 'apparent'];
const RUNS: readonly OptionKey[] = ['restore', 'purge', 'quarantined'];

const unheard: readonly Unheard[] = [
  {
    command: 'explain',
    beside: ['check'],
    keys: [...SHAPED, 'ndjson', 'html', 'depth', 'minBytes', 'full', 'owners'],
    says: (typed) => leaveOut(typed, '--check prints one line of its own'),
  },
  {
    command: 'watch',
    beside: ['check'],
    keys: SHAPED,
    says: (typed) => leaveOut(typed, '--check prints one line of its own'),
  },
  {
    command: 'explain',
    beside: ['html'],
    keys: ['depth', 'top', 'exactBytes', 'owners'],
    says: (typed) => leaveOut(typed, '--html makes one page of a form of its own'),
  },
  {
    command: 'explain',
    beside: ['ndjson'],
    keys: ['depth'],
    says: (typed) =>
      leaveOut(typed, '--ndjson tells every directory, and --min-size leaves out smaller ones'),
  },
  ...(['explain', 'watch'] as const).map((command) => ({
    command,
    without: ['check' as const],
    keys: ['warnIf' as const],
    says: (typed: string) => `${typed} is for --check; --fail-if sets the exit code`,
  })),
  ...(['tmp', 'snapshot', 'diff'] as const).map((command) => ({
    command,
    keys: ['source' as const],
    values: ['ext4', 'xfs', 'btrfs'],
    says: (typed: string) =>
      leaveOut(typed, 'what is judged or written down entry by entry is walked, not read in bulk'),
  })),
  {
    command: 'free',
    without: ['apply'],
    keys: ['yes'],
    says: (typed) => `${typed} answers what --apply asks; add --apply`,
  },
  {
    command: 'tmp',
    without: ['deletes', 'dryRun', 'apply', 'purge'],
    keys: ['yes'],
    says: (typed) => `${typed} answers what --delete asks; add --delete`,
  },
  {
    command: 'tmp',
    beside: RUNS,
    keys: ['threads', 'top', 'source'],
    says: (typed, other) => leaveOut(typed, `${other} looks at what was moved aside, and no further`),
  },
  {
    command: 'fleet',
    beside: ['showsSql'],
    keys: ['days', 'until', 'engine', 'url', 'httpfs', 'json', 'top', 'exactBytes'],
    says: (typed) => leaveOut(typed, '--show-sql prints the question as it is and asks nobody'),
  },
];

/** Throws UsageError for the first option that stands on the command line and would change nothing. */
export function refuseUnheard(
  command: CommandName,
  given: ReadonlySet<OptionKey>,
  options: Readonly<Record<string, unknown>>,
): void {
  for (const { command: its, beside, without = [], keys, values, says } of unheard) {
    if (its !== command || without.some((key) => given.has(key))) continue;
    const other = beside?.find((key) => given.has(key));
    if (beside && other === undefined) continue;
    const typed = keys.find(
      (key) => given.has(key) && (values === undefined || values.includes(String(options[key]))),
    );
    if (typed !== undefined) throw new UsageError(says(asTyped(typed), other ? asTyped(other) : ''));
  }
}

function asTyped(key: OptionKey): string {
  return dashed(optionTable[key].name);
}

/** Of each group one is heard: what is typed takes the place of what is set elsewhere. */
const rivals: readonly (readonly OptionKey[])[] = [
  ['json', 'ndjson', 'html', 'check'],
  ['whole', 'tailBytes'],
  ['check', 'failsOnFinding', 'failsOnAlarm'],
];

/** Those of a command's options that are not heard where they are only set, because a rival of theirs is typed. */
export function outdone(given: ReadonlySet<OptionKey>): ReadonlySet<OptionKey> {
  const lost = rivals.flatMap((group) => (group.some((key) => given.has(key)) ? group : []));
  return new Set(lost.filter((key) => !given.has(key)));
}
