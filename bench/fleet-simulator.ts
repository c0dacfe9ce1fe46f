/**
 * A fleet that is not there: records of hosts over days, with causes that are known, so that answers can be held against
 * them. Seeded: the same numbers give the same files. On the last day at 02:10 a bad deploy starts a loop on 14 % of the
 * hosts, 5 % have leaked since the first day, 1.2 % will be full on the Friday after, at noon.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileOf } from '../src/fleet/record/record.ts';
import type { RecordRow } from '../src/fleet/record/record.ts';

export interface Simulation {
  readonly folder: string;
  readonly hosts: number;
  readonly days: number;
  readonly seed: number;
  /** 1970-01-01 is day 0; the last one that is recorded. */
  readonly lastDay: number;
}

/** What the answers must be. */
export interface Truth {
  /** Cause → its hosts and bytes on the last day. */
  readonly why: ReadonlyMap<string, { readonly hosts: number; readonly bytes: number }>;
  readonly loop: { readonly hosts: number; readonly bytes: number; readonly firstAt: number };
  readonly full: { readonly hosts: readonly string[]; readonly at: number };
  /** Since the record of seven days before, or of the first day. */
  readonly grew: ReadonlyMap<string, { readonly hosts: number; readonly bytes: number }>;
  readonly usedBytes: number;
  readonly untilSeconds: number;
  readonly files: number;
  readonly bytes: number;
}

const GIB = 2 ** 30;
const DAY = 86_400;
const DEPLOY = 2 * 3600 + 10 * 60;
const LOOP_RATE = 400_000;
const LEAK_PER_DAY = 2 * GIB;
const STEP = 'bind() to <*> failed (98: Address already in use)';

/** Writes the records, and says what is true of them. */
export function simulateFleet({ folder, hosts, days, seed, lastDay }: Simulation): Truth {
  const why = new Map<string, { hosts: number; bytes: number }>();
  const grew = new Map<string, { hosts: number; bytes: number }>();
  const loop = { hosts: 0, bytes: 0, firstAt: Infinity };
  const full: string[] = [];
  const fullAt = (lastDay + daysUntilFriday(lastDay)) * DAY + 12 * 3600;
  let [usedBytes, files, written] = [0, 0, 0];
  for (let number = 0; number < hosts; number++) {
    const random = randomNumbers(seed * 1_000_003 + number);
    const host = `host-${String(number).padStart(6, '0')}`;
    const machine = createHash('sha256').update(`${seed} ${number}`).digest('hex').slice(0, 16);
    const place = number / hosts;
    const kind = {
      loops: place < 0.14,
      leaks: place >= 0.2 && place < 0.25,
      fills: place >= 0.3 && place < 0.312,
    };
    const cacheBytes = Math.floor(random() * GIB);
    const storeBytes = number % 3 === 0 ? 5 * GIB + Math.floor(random() * 10 * GIB) : 0;
    const baseBytes = 20 * GIB + Math.floor(random() * 20 * GIB);
    const since = lastDay * DAY + DEPLOY + Math.floor(random() * 60);
    const fillRate = 50_000 + Math.floor(random() * 50_000);
    const minute = 3 * 3600 + (number % 3000);
    const stateOn = (day: number) => {
      const at = day * DAY + minute;
      const age = day - (lastDay - days + 1);
      const logBytes = kind.loops && day === lastDay ? (at - since) * LOOP_RATE : 0;
      const leakBytes = kind.leaks ? (age + 1) * LEAK_PER_DAY : 0;
      const sizeBytes = 1000 * GIB;
      const freeBytes = kind.fills ? (fullAt - at) * fillRate : undefined;
      const used =
        freeBytes === undefined
          ? baseBytes + cacheBytes + storeBytes + logBytes + leakBytes
          : sizeBytes - freeBytes;
      return { at, logBytes, leakBytes, sizeBytes, used, freeBytes: freeBytes ?? sizeBytes - used };
    };
    for (let day = lastDay - days + 1; day <= lastDay; day++) {
      const state = stateOn(day);
      const rows = rowsOf({ ...state, cacheBytes, storeBytes, since, random });
      const file = fileOf({ host, machine, recordedAt: state.at, version: '0.1.0' }, rows, 'parquet');
      mkdirSync(`${folder}/${file.folder}`, { recursive: true });
      writeFileSync(`${folder}/${file.folder}/${file.name}`, file.bytes);
      files++;
      written += file.bytes.length;
    }
    const last = stateOn(lastDay);
    const before = stateOn(Math.max(lastDay - 7, lastDay - days + 1));
    usedBytes += last.used;
    add(why, 'package-cache apt-archives', cacheBytes);
    if (storeBytes > 0) add(why, 'store postgresql', storeBytes);
    if (kind.leaks) {
      add(why, 'deleted-open ', last.leakBytes);
      add(grew, '/srv/app/spool', last.leakBytes - before.leakBytes);
    }
    if (kind.loops) {
      add(why, 'runaway-log restart-loop', last.logBytes);
      add(grew, '/var/log', last.logBytes);
      loop.hosts++;
      loop.bytes += last.logBytes;
      loop.firstAt = Math.min(loop.firstAt, since);
    }
    if (kind.fills) full.push(host);
  }
  return {
    why,
    loop,
    full: { hosts: full, at: fullAt },
    grew,
    usedBytes,
    untilSeconds: lastDay * DAY + 5 * 3600,
    files,
    bytes: written,
  };
}

function add(sums: Map<string, { hosts: number; bytes: number }>, key: string, bytes: number): void {
  const sum = sums.get(key) ?? { hosts: 0, bytes: 0 };
  sums.set(key, { hosts: sum.hosts + 1, bytes: sum.bytes + bytes });
}

interface State {
  readonly at: number;
  readonly logBytes: number;
  readonly leakBytes: number;
  readonly sizeBytes: number;
  readonly freeBytes: number;
  readonly used: number;
  readonly cacheBytes: number;
  readonly storeBytes: number;
  readonly since: number;
  readonly random: () => number;
}

/** What a host of some size tells: as many rows as a real one. */
function rowsOf(state: State): RecordRow[] {
  const { logBytes, leakBytes, sizeBytes, freeBytes, used, cacheBytes, storeBytes, since, random } = state;
  const directory = (path: string, bytes: number): RecordRow => ({
    kind: 'directory',
    mount: '/',
    path,
    disk_bytes: bytes,
    freeable_bytes: bytes,
    entries: 1 + Math.floor(random() * 10_000),
    complete: true,
  });
  const logs = 100_000_000 + logBytes;
  const inUse = 50_000_000 + leakBytes;
  return [
    {
      kind: 'host',
      disk_bytes: used,
      freeable_bytes: cacheBytes,
      entries: 400_000 + Math.floor(random() * 100_000),
      problems: 0,
      scan_seconds: 1 + random(),
      complete: true,
    },
    {
      kind: 'filesystem',
      mount: '/',
      name: '/dev/vda',
      class: 'ext4',
      disk_bytes: used,
      total_bytes: sizeBytes,
      available_bytes: freeBytes,
      reserved_bytes: 0,
      inodes: 16_777_216,
      inodes_used: 400_000,
    },
    {
      kind: 'account',
      mount: '/',
      name: 'walked',
      class: 'filesystem',
      disk_bytes: used + 4096,
      complete: true,
    },
    // Accounts may be negative: a file that was deleted while it was read.
    {
      kind: 'account',
      mount: '/',
      name: 'unexplained',
      class: 'filesystem',
      disk_bytes: -4096,
      complete: true,
    },
    ...finding('package-cache', 'apt-archives', '/var/cache/apt/archives', cacheBytes),
    ...finding('store', 'postgresql', '/var/lib/postgresql/15/main', storeBytes),
    ...finding('deleted-open', '', '/srv/app/spool/queue', leakBytes),
    ...finding('runaway-log', 'restart-loop', '/var/log/app.log', logBytes),
    directory('/', 20 * GIB + logs + inUse),
    directory('/var', 10 * GIB + logs),
    directory('/var/log', logs),
    directory('/srv', 2 * GIB + inUse),
    directory('/srv/app', GIB + inUse),
    directory('/srv/app/spool', inUse),
    ...Array.from({ length: 60 }, (_, index) =>
      directory(`/usr/lib/package-${index}`, 1_000_000 * (60 - index)),
    ),
    ...(logBytes === 0
      ? []
      : [
          {
            kind: 'log',
            mount: '/',
            path: '/var/log/app.log',
            name: 'runaway-log',
            class: 'restart-loop',
            program: 'app',
            step: STEP,
            disk_bytes: logBytes,
            since_seconds: since,
            bytes_per_second: LOOP_RATE,
            confidence: 0.97,
          } as const,
        ]),
  ];
}

function finding(name: string, of: string, path: string, bytes: number): RecordRow[] {
  if (bytes === 0) return [];
  const all = { risk: 'review', disk_bytes: bytes, freeable_bytes: bytes, entries: 1 } as const;
  return [{ kind: 'finding', mount: '/', name, class: of, path, ...all }];
}

/** At least one day; 1970-01-01 was a Thursday. */
function daysUntilFriday(day: number): number {
  return ((8 - (day % 7)) % 7) + (day % 7 === 1 ? 7 : 0);
}

/** Mulberry32: numbers from 0 up to 1, the same for one seed. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
