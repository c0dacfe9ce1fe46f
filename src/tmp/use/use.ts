/** The door of the floor: whether a unit is in use, by whom, or why that could not be told. */
import type { ByteString } from '../../model/byte-string.ts';
import type { TmpHolder } from '../../model/tmp-reason.ts';
import { LIFE_FLAG } from '../../scan/scan.ts';
import { holderOfMount } from '../../system/mounts/mount-holders.ts';
import type { UnitPlace } from '../../system/mounts/mount-holders.ts';
import { isRunning } from '../../system/processes/running-programs.ts';
import type { NameRow } from '../names/names.ts';
import type { Candidate } from '../units/units.ts';
import { HOLDS } from './holdings.ts';
import type { Holdings } from './holdings.ts';
import { lifeOfSockets } from './socket-life.ts';
import { no, unknown, yes } from './answer.ts';
import type { Use } from './answer.ts';
import type { Sight } from './visibility.ts';

export type { Use } from './answer.ts';
export { Holdings } from './holdings.ts';
export type { UnitPlace } from '../../system/mounts/mount-holders.ts';
export { askKernel, isToldByKernel } from './kernel-probe.ts';
export { isOnlyOwn, isSettledByProbe, sightOf } from './visibility.ts';
export type { Sight } from './visibility.ts';

/** What the question needs beside the unit. */
export interface UseContext {
  readonly holdings: Holdings;
  readonly sight: Sight;
  /** Names in the unit's top directory. */
  readonly namesIn: (directory: ByteString) => readonly ByteString[];
}

/** Programs that run anybody's scripts: that one runs says nothing. */
const interpreters = new Set(
  'node java python python2 python3 ruby perl php bash sh dash zsh dotnet mono deno bun electron'.split(' '),
);

/** @param place where it lies, whatever it is called from where; undefined without a mount table. */
export function useOfUnit(
  unit: Candidate,
  place: UnitPlace | undefined,
  row: NameRow | undefined,
  context: UseContext,
): Use {
  return (
    held(unit, context.holdings) ??
    mounted(place, context.holdings) ??
    lifeOfSockets(unit.sockets, context.holdings.sockets) ??
    namedOwner(unit, row, context) ??
    runningOwner(unit, row, context.holdings) ??
    outOfSight(context)
  );
}

function held({ held: ids, flags, path }: Candidate, holdings: Holdings): Use | undefined {
  const disk = holdings.diskIn(path);
  if ((flags & LIFE_FLAG.held) === 0 && !disk) return undefined;
  const holders = new Map<number, TmpHolder>();
  let locked = ids.length > 0;
  for (const id of ids) {
    const found = holdings.holdersOf(id);
    for (const holder of found) if (!holders.has(holder.pid)) holders.set(holder.pid, holder);
    locked &&= holdings.isLocked(id) && found.every(({ how }) => how === 'lock');
  }
  if (disk) holders.set(disk.pid, disk);
  const list = [...holders.values()].toSorted((a, b) => rankOf(a) - rankOf(b) || a.pid - b.pid);
  return yes({ code: locked ? 'locked' : 'held' }, list);
}

function rankOf({ how }: TmpHolder): number {
  const rank = (HOLDS as readonly string[]).indexOf(how);
  return rank < 0 ? HOLDS.length : rank;
}

function mounted(place: UnitPlace | undefined, holdings: Holdings): Use | undefined {
  const holder = place && holderOfMount(place, holdings.ownMounts, holdings.mounts);
  return holder && yes({ code: 'mounted' }, [holder]);
}

function namedOwner(
  { name, path, kind }: Candidate,
  row: NameRow | undefined,
  { namesIn }: UseContext,
): Use | undefined {
  const named = row?.pid?.exec(name)?.[1];
  const inside = row?.pidsInside && kind === 'directory' ? namesIn(path) : [];
  const pid = [...(named === undefined ? [] : [named]), ...inside]
    .filter((text) => /^\d{1,9}$/u.test(text))
    .map(Number)
    .find(isRunning);
  return pid === undefined
    ? undefined
    : yes({ code: 'named-owner' }, [{ pid, command: '' as ByteString, how: 'named' }]);
}

function runningOwner({ entry }: Candidate, row: NameRow | undefined, holdings: Holdings): Use | undefined {
  const owners = holdings.running((entry?.usedBy ?? []).filter((name) => !interpreters.has(name)));
  if (owners.length > 0) return yes({ code: 'owner-running' }, owners);
  const byName = holdings.running(row?.heldByPath ?? []);
  return byName.length === 0 ? undefined : unknown({ code: 'held-by-name' }, byName);
}

function outOfSight({ sight, holdings }: UseContext): Use {
  if (sight.gap) return unknown(sight.gap);
  return holdings.knowsLocks ? no : unknown({ code: 'locks-unreadable' });
}
