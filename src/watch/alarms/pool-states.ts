/** Tells when a thin pool under a watched filesystem becomes full, nearly full, or has room again: the filesystem shows plenty. */
import type { KeptTold } from '../../model/kept-growth.ts';
import type { Mount } from '../../model/mount.ts';
import { poolLevelOf } from '../../model/thin-pool.ts';
import type { PoolLevel, ThinPool } from '../../model/thin-pool.ts';
import { blockDevice } from '../../system/disks/block-device.ts';
import { mappedDevicesUnder } from '../../system/disks/mapped-devices.ts';
import { askForThinPools } from '../../system/disks/thin-pools.ts';
import type { WatchedFilesystem } from '../ground/ground.ts';

export interface PoolChange {
  readonly filesystem: WatchedFilesystem;
  readonly pool: ThinPool;
  readonly level: PoolLevel;
  /** It was so when the watch began. */
  readonly atStart: boolean;
}

export interface PoolQuestions {
  readonly pools: () => Promise<readonly ThinPool[]>;
  /** What device mapper calls the devices that a mount stands on. */
  readonly devicesUnder: (mount: Mount) => readonly string[];
}

/** Between two questions where a pool is under what is watched, and where only other mapped devices are. */
const AGAIN_SECONDS = 3;
const LATER_SECONDS = 60;

export class PoolStates {
  readonly #ask: PoolQuestions;
  /** By filesystem and pool. */
  readonly #levels = new Map<string, PoolLevel>();
  /** Names of the mapped devices under each filesystem, looked up once. */
  readonly #under = new Map<number, readonly string[]>();
  /** What was answered last; a kernel that waits for a full pool keeps the answer, and nobody waits for it. */
  #pools: readonly ThinPool[] = [];
  #isAsking = false;
  #nextAt = -Infinity;

  constructor(ask: PoolQuestions = { pools: askForThinPools, devicesUnder }) {
    this.#ask = ask;
  }

  /** For the process after this one. */
  told(): KeptTold['pools'] {
    return [...this.#levels];
  }

  restore(pools: KeptTold['pools']): void {
    for (const [key, level] of pools ?? []) this.#levels.set(key, level);
  }

  /** What the last answer has changed; asks anew where it is time to. */
  changes(filesystems: readonly WatchedFilesystem[], now: number): PoolChange[] {
    const stacked = filesystems.filter((filesystem) => this.#devicesUnder(filesystem).length > 0);
    if (stacked.length === 0) return [];
    const changes = stacked.flatMap((filesystem) =>
      this.#pools.flatMap((pool) => this.#change(filesystem, pool) ?? []),
    );
    if (!this.#isAsking && now >= this.#nextAt) void this.#askAgain(stacked, now);
    return changes;
  }

  #change(filesystem: WatchedFilesystem, pool: ThinPool): PoolChange | undefined {
    if (!this.#devicesUnder(filesystem).includes(pool.name)) return undefined;
    const key = `${filesystem.device} ${pool.name}`;
    const before = this.#levels.get(key);
    const level = poolLevelOf(pool, before);
    this.#levels.set(key, level);
    if (level === (before ?? 'ok')) return undefined;
    return { filesystem, pool, level, atStart: before === undefined };
  }

  async #askAgain(stacked: readonly WatchedFilesystem[], now: number): Promise<void> {
    this.#isAsking = true;
    this.#pools = await this.#ask.pools();
    const isOnPool = stacked.some((filesystem) =>
      this.#pools.some(({ name }) => this.#devicesUnder(filesystem).includes(name)),
    );
    this.#nextAt = now + (isOnPool ? AGAIN_SECONDS : LATER_SECONDS);
    this.#isAsking = false;
  }

  #devicesUnder({ device, mount }: WatchedFilesystem): readonly string[] {
    let names = this.#under.get(device);
    if (!names) this.#under.set(device, (names = this.#ask.devicesUnder(mount)));
    return names;
  }
}

function devicesUnder(mount: Mount): readonly string[] {
  const number = mount.kind === 'disk' ? blockDevice(mount) : undefined;
  return number === undefined ? [] : mappedDevicesUnder(number).map(({ name }) => name);
}
