/** Whether a unit is in use: yes, no, or it could not be told. */
import { baseName } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { KeepReason, TmpHolder } from '../model/tmp-report.ts';
import { LIFE_FLAG } from '../scan/scan.ts';
import { isSameSocket } from '../system/processes/same-socket.ts';
import { isRunning } from '../system/processes/running-programs.ts';
import type { Candidate } from './candidate.ts';
import { mayBe } from './holdings.ts';
import type { Holdings } from './holdings.ts';
import { holderOfMount } from './mount-holders.ts';
import type { UnitPlace } from './mount-holders.ts';
import type { NameRow } from './name-table.ts';
import type { Sight } from './visibility.ts';

export interface Use {
  readonly answer: 'yes' | 'no' | 'unknown';
  readonly keepReason: KeepReason | undefined;
  readonly reason: string;
  readonly holders: readonly TmpHolder[];
}

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

export function useOfUnit(
  unit: Candidate,
  place: UnitPlace | undefined,
  row: NameRow | undefined,
  context: UseContext,
): Use {
  return (
    held(unit, context.holdings) ??
    mounted(place, context.holdings) ??
    liveSocket(unit, context.holdings) ??
    namedOwner(unit, row, context) ??
    runningOwner(unit, row, context.holdings) ??
    outOfSight(context)
  );
}

const yes = (keepReason: KeepReason, reason: string, holders: readonly TmpHolder[] = []): Use => ({
  answer: 'yes',
  keepReason,
  reason,
  holders,
});

const unknown = (reason: string, holders: readonly TmpHolder[] = []): Use => ({
  answer: 'unknown',
  keepReason: 'in-use-unknown',
  reason,
  holders,
});

function held({ held: ids, flags, path }: Candidate, holdings: Holdings): Use | undefined {
  const disk = holdings.diskIn(path);
  if ((flags & LIFE_FLAG.held) === 0 && !disk) return undefined;
  const holders = new Map<number, TmpHolder>();
  let locked = ids.length > 0;
  for (const id of ids) {
    const found = holdings.holdersOf(id);
    for (const holder of found) if (!holders.has(holder.pid)) holders.set(holder.pid, holder);
    locked &&= holdings.isLocked(id) && found.every(({ how }) => how.startsWith('locks'));
  }
  if (disk) holders.set(disk.pid, disk);
  const list = [...holders.values()].toSorted((a, b) => rankOf(a) - rankOf(b) || a.pid - b.pid);
  return yes(locked ? 'locked' : 'in-use', sentenceOf(list), list);
}

const mostTelling = ['runs from it', 'works in it', 'has it open', 'has it mapped'];

function rankOf({ how }: TmpHolder): number {
  const rank = mostTelling.indexOf(how);
  return rank < 0 ? mostTelling.length : rank;
}

function sentenceOf([first, ...others]: readonly TmpHolder[]): string {
  if (!first) return 'a process holds it';
  const who = first.command === '' ? 'a process' : first.command;
  const pid = first.pid > 0 ? ` (pid ${first.pid})` : '';
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `${who}${pid} ${first.how}${more}`;
}

function mounted(place: UnitPlace | undefined, holdings: Holdings): Use | undefined {
  const holder = place && holderOfMount(place, holdings.ownMounts, holdings.mounts);
  return holder && yes('mount', sentenceOf([holder]), [holder]);
}

/** A socket nobody listens on is dead; one that is alive under another name or in a hidden namespace cannot be told. */
function liveSocket({ sockets }: Candidate, { sockets: live }: Holdings): Use | undefined {
  if (sockets.length === 0) return undefined;
  const alive = sockets.find((path) => live.paths.has(path));
  if (alive !== undefined) return yes('live-socket', `the socket ${baseName(alive)} in it is alive`);
  for (const path of sockets) {
    for (const bound of live.paths) {
      if (!mayBe(bound, path)) continue;
      const same = bound.startsWith('/') ? isSameSocket(bound, path) : undefined;
      if (same === true) return yes('live-socket', `the socket ${baseName(path)} in it is alive`);
      if (same === undefined) {
        return {
          ...unknown(`a socket bound as ${bound} somewhere else may be the one in it`),
          keepReason: 'live-socket',
        };
      }
    }
  }
  if (live.complete) return undefined;
  return unknown('it has a socket, and not every network namespace can be read');
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
  if (pid === undefined) return undefined;
  const holder = { pid, command: '' as ByteString, how: 'is named in it and runs' };
  return yes('in-use', sentenceOf([holder]), [holder]);
}

function runningOwner({ entry }: Candidate, row: NameRow | undefined, holdings: Holdings): Use | undefined {
  const owners = holdings.running((entry?.usedBy ?? []).filter((name) => !interpreters.has(name)));
  if (owners.length > 0) return yes('in-use', `${sentenceOf(owners)}: it owns this while it runs`, owners);
  const byPath = holdings.running(row?.heldByPath ?? []);
  if (byPath.length === 0) return undefined;
  return unknown(`${sentenceOf(byPath)}: such programs come back to it by its name`, byPath);
}

function outOfSight({ sight, holdings }: UseContext): Use {
  if (sight.level !== 'full') return unknown(sight.gap!);
  if (!holdings.knowsLocks) return unknown('locks on files could not be read');
  return { answer: 'no', keepReason: undefined, reason: 'nobody holds it', holders: [] };
}
