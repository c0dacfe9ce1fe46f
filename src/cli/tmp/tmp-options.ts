/** The options of `diskwhy tmp`, held against each other: what contradicts is refused before anything is looked at. */
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import type { TmpRequest } from '../../tmp/tmp.ts';
import { journalOptionOf } from './tmp-journal.ts';
import type { JournalOption } from './tmp-journal.ts';
import { dashed, optionTable } from '../options/option-table.ts';
import type { OptionsOf, Request } from '../options/typed-options.ts';

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

export interface TmpOptions extends JudgedBy, JournalOption {
  readonly shared: OptionsOf<'tmp'>;
  /** Whether to act at all, were it only to say what a run would do. */
  readonly acts: boolean;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly apply: ByteString | undefined;
  readonly quarantine: boolean;
  readonly restore: ByteString | undefined;
  readonly quarantined: boolean;
  readonly purge: ByteString | undefined;
}

/** Throws UsageError for what contradicts itself. */
export function tmpOptions(request: Request<'tmp'>): TmpOptions {
  const { options, given, operands: roots } = request;
  refuseContradictions(request);
  const { olderMs, minUnitBytes, ageBy, keep, allUsers, system, assumeUnused } = options;
  const { deletes, dryRun, yes, apply, quarantine, restore, quarantined, purge, journal } = options;
  return Object.freeze({
    shared: options,
    roots,
    olderMs,
    olderIsExplicit: given.has('olderMs'),
    minBytes: minUnitBytes,
    ageBy,
    keep,
    allUsers,
    system,
    assumeUnused,
    acts: deletes || dryRun || apply !== undefined,
    dryRun,
    yes,
    apply,
    quarantine,
    restore,
    quarantined,
    purge,
    ...journalOptionOf(journal),
  });
}

/** Options on what is judged, and how. */
const JUDGING = ['olderMs', 'minUnitBytes', 'ageBy', 'keep', 'allUsers', 'system', 'assumeUnused'] as const;

function refuseContradictions({ options, given, operands }: Request<'tmp'>): void {
  const { deletes, dryRun, apply, quarantine, restore, quarantined, purge, journal } = options;
  const acts = deletes || dryRun || apply !== undefined;
  const judging = JUDGING.find((key) => given.has(key));
  const withRuns = [
    { given: restore !== undefined, what: '--restore brings a run back' },
    { given: purge !== undefined, what: '--purge deletes what a run moved aside' },
    { given: quarantined, what: '--quarantined lists what was moved aside' },
  ].filter((one) => one.given);
  const [first] = withRuns;
  const isAlone =
    withRuns.length < 2 &&
    !acts &&
    !given.has('quarantine') &&
    judging === undefined &&
    operands.length === 0;
  if (first && !isAlone)
    throw new UsageError(`${first.what} and takes nothing else; leave out the other options`);
  if (first && journal === 'none')
    throw new UsageError('what was moved aside is known by its journal; leave out --no-journal');
  // What is only set waits for a run that acts.
  if (given.has('quarantine') && !acts) throw new UsageError('--quarantine says how to delete; add --delete');
  if (given.has('journal') && journal !== 'none' && !acts && !first)
    throw new UsageError('--journal says where a deletion is written down; add --delete');
  if (quarantine && acts && journal === 'none')
    throw new UsageError('--quarantine needs the journal to bring things back; leave out --no-journal');
  if (apply === undefined) return;
  if (judging !== undefined || operands.length > 0)
    throw new UsageError(
      `--apply judges as the plan says; leave out ${judging === undefined ? 'the paths' : dashed(optionTable[judging].name)}`,
    );
}
