/** The door of the floor: the verdict on a unit, protected, its owner's business, in use, too new, not to be told, or free. */
import type { TmpAdvice, TmpHolder, TmpReason } from '../../model/tmp-reason.ts';
import type { TmpUnit } from '../../model/tmp-report.ts';
import { placeOnDevice } from '../../system/mounts/mounts.ts';
import { unitAge } from '../age/age.ts';
import type { UnitAge } from '../age/age.ts';
import { knownName } from '../names/names.ts';
import type { KnownName, NameRow } from '../names/names.ts';
import { protectionOf } from '../protection/protection.ts';
import type { Surroundings } from '../protection/protection.ts';
import type { UnitRoot } from '../roots/roots.ts';
import type { Candidate } from '../units/units.ts';
import { useOfUnit } from '../use/use.ts';
import type { UnitPlace, UseContext } from '../use/use.ts';
import { ownersBusiness } from './owners-business.ts';
import type { KnownSurroundings } from './owners-business.ts';

export { joinFamilies } from './families.ts';
export { probed } from './probed.ts';

/** Everything a verdict is based on beside the unit. */
export interface Bench extends Surroundings, UseContext, KnownSurroundings {
  readonly roots: readonly UnitRoot[];
}

type Verdict = Pick<TmpUnit, 'verdict' | 'reason' | 'holders' | 'advice'>;

export function judge(unit: Candidate, bench: Bench): TmpUnit {
  const root = bench.roots[unit.root];
  const named = root.origin === 'catalogue' ? undefined : knownName(unit.name);
  const row = named?.known;
  const age = unitAge(unit.newest, bench.request);
  const { path, kind, diskBytes, apparentBytes, freeableBytes, entries, stat } = unit;
  return {
    path,
    root: unit.root,
    kind,
    what: whatIsIt(unit, root, row),
    rule: ruleOf(unit, root, named),
    diskBytes,
    apparentBytes,
    freeableBytes,
    entries,
    uid: Number(stat.uid),
    lastUsedAt: age.lastUsedAt,
    decidedBy: age.decidedBy,
    ageMs: age.ageMs,
    modifiedAt: unit.newest.mtime === -Infinity ? undefined : unit.newest.mtime,
    ...verdictOn(unit, root, row, age, bench),
    fingerprint: unit.isComplete ? unit.fingerprint : undefined,
  };
}

function verdictOn(
  unit: Candidate,
  root: UnitRoot,
  row: NameRow | undefined,
  age: UnitAge,
  bench: Bench,
): Verdict {
  const { request } = bench;
  // A cache's own rules come first: its owner may keep what belongs to others in it.
  const ofCache = root.origin === 'catalogue' ? ownersBusiness(unit, bench) : undefined;
  if (ofCache) return ofCache;
  const kept = protectionOf(unit, root, row, bench);
  if (kept) return verdict('protected', kept.reason, [], kept.advice);
  const owned = ownersBusiness(unit, bench);
  if (owned) return owned;
  const use = useOfUnit(unit, placeOf(unit, root), row, bench);
  if (use.answer === 'yes') return verdict('in-use', use.reason, use.holders);
  if (age.tooNew)
    return verdict('too-new', age.tooNew, [], age.looksOld ? { code: '--age-by mtime' } : undefined);
  if (!unit.isComplete) return verdict('unknown', { code: 'unreadable' });
  if (use.answer === 'unknown' && !request.assumeUnused) {
    const advice: TmpAdvice = { code: request.uid === 0 ? '--assume-unused' : 'sudo' };
    return verdict('unknown', use.reason, use.holders, use.holders.length > 0 ? undefined : advice);
  }
  const command = unit.entry?.command;
  const advice: TmpAdvice | undefined =
    command === undefined ? undefined : { code: 'owner-can-too', command };
  return use.answer === 'unknown'
    ? verdict('deletable', { code: 'assumed-unused', doubt: use.reason }, use.holders, advice)
    : verdict('deletable', { code: 'unheld' }, [], advice);
}

function verdict(
  of: TmpUnit['verdict'],
  reason: TmpReason,
  holders: readonly TmpHolder[] = [],
  advice?: TmpAdvice,
): Verdict {
  return { verdict: of, reason, holders, advice };
}

function placeOf({ path }: Candidate, { mount }: UnitRoot): UnitPlace | undefined {
  return mount && { device: mount.device, place: placeOnDevice(mount, path), path };
}

function whatIsIt({ entry }: Candidate, { origin }: UnitRoot, row: NameRow | undefined): string | undefined {
  return entry && (origin !== 'temp' || !row) ? entry.what : row?.what;
}

function ruleOf({ entry }: Candidate, { origin }: UnitRoot, named: KnownName | undefined): string {
  if (entry && (origin !== 'temp' || !named)) return `catalogue:${entry.id}`;
  return named ? `name:${named.pattern}` : 'temp';
}
