/** The door of the floor: the verdict on a unit, protected, its owner's business, in use, too new, not to be told, or free. */
import type { TmpHolder, TmpReason } from '../../model/tmp-reason.ts';
import type { TmpUnit } from '../../model/tmp-report.ts';
import { placeOnDevice } from '../../system/mounts/mounts.ts';
import { unitAge } from '../age/age.ts';
import type { UnitAge } from '../age/age.ts';
import { knownName } from '../names/names.ts';
import type { KnownName, NameRow } from '../names/names.ts';
import { protectionOf } from '../protection/protection.ts';
import type { UnitRoot } from '../roots/roots.ts';
import type { Candidate } from '../units/units.ts';
import { useOfUnit } from '../use/use.ts';
import type { UnitPlace, UseContext } from '../use/use.ts';
import type { JudgedUnit, ProposedAdvice } from '../judged-unit.ts';
import { joinFamilies } from './families.ts';
import { ownersBusiness } from './owners-business.ts';
import { ownerCanToo } from './owner-advice.ts';
import type { OwnerAdvice } from './owner-advice.ts';
import { probed } from './probed.ts';
import type { AllSurroundings } from './surroundings.ts';

export { OwnerAdvice } from './owner-advice.ts';
export { surroundingsOf } from './surroundings.ts';

/** Everything a verdict is based on beside the unit. */
type Bench = AllSurroundings & UseContext & { readonly owners: OwnerAdvice };

/** Judges all units, the kernel asked of those about which /proc leaves a doubt, and families together. */
export async function judgeUnits(
  units: readonly Candidate[],
  bench: Bench,
  signal: AbortSignal | undefined,
): Promise<TmpUnit[]> {
  const { sight, roots, request } = bench;
  const { uid, isDeletedNext } = request;
  const probing = { sight, uid, roots, signal, isDeletedNext };
  const judged: JudgedUnit[] = [];
  for (const unit of units) judged.push(await probed(unit, judge(unit, bench), probing));
  return joinFamilies(judged).map((unit) => ({ ...unit, advice: bench.owners.of(unit) }));
}

/** Whether the unit might go, if only by its owner's hand, if nobody holds it. */
export function couldGo(unit: Candidate, surroundings: AllSurroundings): boolean {
  const root = surroundings.roots[unit.root];
  return (
    unit.isComplete &&
    unitAge(unit.newest, surroundings.request, unit.isUnfinished).tooNew === undefined &&
    isNotForbidden(whatForbids(unit, root, nameOf(unit, root)?.known, surroundings))
  );
}

function isNotForbidden(forbidden: Verdict | undefined): boolean {
  const code = forbidden?.reason.code;
  return code === undefined || code === 'other-owner' || code === 'shared-directory';
}

type Verdict = Pick<JudgedUnit, 'verdict' | 'reason' | 'holders' | 'advice'>;

function judge(unit: Candidate, bench: Bench): JudgedUnit {
  const root = bench.roots[unit.root];
  const named = nameOf(unit, root);
  const row = named?.known;
  const age = unitAge(unit.newest, bench.request, unit.isUnfinished);
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
  const forbidden = whatForbids(unit, root, row, bench);
  if (forbidden) return forbidden;
  const use = useOfUnit(unit, placeOf(unit, root), row, bench);
  if (use.answer === 'yes') return verdict('in-use', use.reason, use.holders);
  if (age.tooNew)
    return verdict('too-new', age.tooNew, [], age.looksOld ? { code: '--age-by mtime' } : undefined);
  if (!unit.isComplete) return verdict('unknown', { code: 'unreadable' });
  if (use.answer === 'unknown' && !bench.request.assumeUnused) {
    const advice: ProposedAdvice = { code: bench.request.uid === 0 ? '--assume-unused' : 'sudo' };
    return verdict('unknown', use.reason, use.holders, use.holders.length > 0 ? undefined : advice);
  }
  const advice = ownerCanToo(unit);
  return use.answer === 'unknown'
    ? verdict('deletable', { code: 'assumed-unused', doubt: use.reason }, use.holders, advice)
    : verdict('deletable', { code: 'unheld' }, [], advice);
}

function whatForbids(
  unit: Candidate,
  root: UnitRoot,
  row: NameRow | undefined,
  surroundings: AllSurroundings,
): Verdict | undefined {
  // A cache's own rules come first: its owner may keep what belongs to others in it.
  const ofCache = root.origin === 'catalogue' ? ownersBusiness(unit, surroundings) : undefined;
  if (ofCache) return ofCache;
  const kept = protectionOf(unit, root, row, surroundings);
  return kept ? verdict('protected', kept.reason, [], kept.advice) : ownersBusiness(unit, surroundings);
}

function verdict(
  of: TmpUnit['verdict'],
  reason: TmpReason,
  holders: readonly TmpHolder[] = [],
  advice?: ProposedAdvice,
): Verdict {
  return { verdict: of, reason, holders, advice };
}

function placeOf({ path }: Candidate, { mount }: UnitRoot): UnitPlace | undefined {
  return mount && { device: mount.device, place: placeOnDevice(mount, path), path };
}

function nameOf({ name }: Candidate, { origin }: UnitRoot): KnownName | undefined {
  return origin === 'catalogue' ? undefined : knownName(name);
}

function whatIsIt({ entry }: Candidate, { origin }: UnitRoot, row: NameRow | undefined): string | undefined {
  return entry && (origin !== 'temp' || !row) ? entry.what : row?.what;
}

function ruleOf({ entry }: Candidate, { origin }: UnitRoot, named: KnownName | undefined): string {
  if (entry && (origin !== 'temp' || !named)) return `catalogue:${entry.id}`;
  return named ? `name:${named.pattern}` : 'temp';
}
