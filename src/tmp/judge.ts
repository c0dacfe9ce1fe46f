/** The verdict on a unit: protected, its owner's business, in use, too new, not to be told, or free to go. */
import { isInside } from '../model/byte-string.ts';
import type { CatalogueEntry } from '../catalogue/catalogue.ts';
import type { TmpUnit } from '../model/tmp-report.ts';
import { placeOnDevice } from '../system/mounts/mounts.ts';
import type { KnownPlace } from './cache-places.ts';
import type { Candidate, UnitRoot } from './candidate.ts';
import type { UnitPlace } from './mount-holders.ts';
import { knownName } from './name-table.ts';
import type { KnownName, NameRow } from './name-table.ts';
import { protectionOf } from './protection.ts';
import type { Surroundings } from './protection.ts';
import { unitAge } from './unit-age.ts';
import type { UnitAge } from './unit-age.ts';
import { useOfUnit } from './use-of-unit.ts';
import type { Use, UseContext } from './use-of-unit.ts';

/** Everything a verdict is based on beside the unit. */
export interface Bench extends Surroundings, UseContext {
  readonly roots: readonly UnitRoot[];
  /** Places of classes other than A that are there. */
  readonly known: readonly KnownPlace[];
  readonly homes: readonly string[];
}

type Verdict = Pick<TmpUnit, 'verdict' | 'keepReason' | 'reason' | 'holders' | 'remedy'>;

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
  if (kept) {
    const { keepReason, reason, advice } = kept;
    const remedy = advice === undefined ? undefined : { text: advice, command: undefined };
    return { verdict: 'protected', keepReason, reason, holders: [], remedy };
  }
  const owned = ownersBusiness(unit, bench);
  if (owned) return owned;
  const use = useOfUnit(unit, placeOf(unit, root), row, bench);
  if (use.answer === 'yes') return { verdict: 'in-use', ...saying(use), remedy: undefined };
  if (!age.isStale) {
    const remedy = age.looksOld
      ? { text: '--age-by mtime judges by modification alone', command: undefined }
      : undefined;
    return { verdict: 'too-new', keepReason: 'too-new', reason: age.reason!, holders: [], remedy };
  }
  if (!unit.isComplete) {
    const reason = 'a part of it could not be read';
    return { verdict: 'unknown', keepReason: 'unreadable', reason, holders: [], remedy: undefined };
  }
  if (use.answer === 'unknown' && !request.assumeUnused) {
    const text = request.uid === 0 ? 'it goes with --assume-unused only' : 'sudo shows them';
    const remedy = use.holders.length > 0 ? undefined : { text, command: undefined };
    return { verdict: 'unknown', ...saying(use), remedy };
  }
  const reason = use.answer === 'unknown' ? `taken as unused (--assume-unused): ${use.reason}` : use.reason;
  const command = unit.entry?.command;
  return {
    verdict: 'deletable',
    keepReason: undefined,
    reason,
    holders: [],
    remedy: command === undefined ? undefined : { text: 'its owner can do it too', command },
  };
}

function saying({ keepReason, reason, holders }: Use): Pick<Verdict, 'keepReason' | 'reason' | 'holders'> {
  return { keepReason, reason, holders };
}

/** Places whose index, locks or links only their owner's command keeps right, and those that lie inside a unit. */
function ownersBusiness(unit: Candidate, { known, homes }: Bench): Verdict | undefined {
  const { entry, path } = unit;
  if (entry && (entry.class === 'B' || entry.class === 'X')) return ownersCommand(entry, entry.what);
  const kept = entry?.class === 'A' && entry.command !== undefined && unit.keeps.length > 0;
  if (kept) return ownersCommand(entry, `${entry.what}: ${unit.keeps.join(' and ')} must stay`);
  const home = homes.find((one) => isInside(one, path));
  if (home !== undefined) return userData(`the home directory ${home} is in it`);
  const inside = known.find((place) => place.entry !== entry && isInside(place.path, path));
  if (inside) return ownersCommand(inside.entry, `${inside.entry.what} (${inside.path}) is in it`);
  const around = known.find(({ path: place, entry: other }) => isInside(path, place) && other.class !== 'C');
  return around && ownersCommand(around.entry, `it is a part of ${around.entry.what}`);
}

function ownersCommand(entry: CatalogueEntry, reason: string): Verdict {
  const { command, advice, inspect, traps = [] } = entry;
  const isCommand =
    command !== undefined && (entry.class === 'A' || entry.class === 'B' || entry.class === 'X');
  const text =
    advice ?? traps[0] ?? (inspect === undefined ? 'leave it to its owner' : `${inspect} shows it`);
  return {
    verdict: isCommand ? 'owner-command' : 'protected',
    keepReason: isCommand ? 'owner-command' : 'user-data',
    reason,
    holders: [],
    remedy: { text, command },
  };
}

function userData(reason: string): Verdict {
  return { verdict: 'protected', keepReason: 'user-data', reason, holders: [], remedy: undefined };
}

function placeOf({ path }: Candidate, { mount }: UnitRoot): UnitPlace | undefined {
  return mount && { device: mount.device, place: placeOnDevice(mount, path), path };
}

const kinds: Readonly<Record<TmpUnit['kind'], string>> = {
  directory: 'directory',
  file: 'file',
  symlink: 'symbolic link',
  socket: 'socket',
  fifo: 'named pipe',
  device: 'device node',
};

function whatIsIt({ entry, kind }: Candidate, { origin }: UnitRoot, row: NameRow | undefined): string {
  if (entry && (origin !== 'temp' || !row)) return entry.what;
  if (row) return row.what;
  return origin === 'temp' ? `temporary ${kinds[kind]}` : kinds[kind];
}

function ruleOf({ entry }: Candidate, { origin }: UnitRoot, named: KnownName | undefined): string {
  if (entry && (origin !== 'temp' || !named)) return `catalogue:${entry.id}`;
  return named ? `name:${named.pattern}` : 'temp';
}
