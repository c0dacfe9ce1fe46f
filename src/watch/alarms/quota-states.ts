/** Tells when an owner comes to the limit of a quota, and when there is room again: the disk itself may have plenty. */
import type { ByteString } from '../../model/byte-string.ts';
import type { KeptTold } from '../../model/kept-growth.ts';
import { isNearLimit, limitsOf } from '../../model/quota.ts';
import type { Quota, QuotaLimit } from '../../model/quota.ts';
import type { DiskState } from '../../model/watch-event.ts';
import { readQuotas } from '../../system/filesystems/quotas.ts';
import { ownerName } from '../../system/machine/owner-names.ts';
import type { WatchedFilesystem } from '../ground/ground.ts';

type Level = DiskState['level'];

export interface QuotaChange {
  readonly limit: QuotaLimit;
  readonly level: Level;
  /** It was so when the watch began. */
  readonly atStart: boolean;
}

/** Between two questions to a filesystem that has limits, and to one that had none. */
const AGAIN_SECONDS = 0.9;
const LATER_SECONDS = 30;
/** Full: a page or a file more is refused, or what is left is of no use to anybody. */
const FULL_SHARE = 0.999;
/** What was near its limit has room again below this share of it. */
const RELIEF_SHARE = 0.95;

export class QuotaStates {
  readonly #read: (device: ByteString) => readonly Quota[];
  readonly #levels = new Map<string, Level>();
  /** By device: when its quotas are to be read, since they were read for the first time. */
  readonly #nextAt = new Map<number, number>();

  /** @param read see readQuotas. */
  constructor(read: (device: ByteString) => readonly Quota[] = readQuotas) {
    this.#read = read;
  }

  /** For the process after this one: who was said to be at a limit. */
  told(): KeptTold['quotas'] {
    return [...this.#levels];
  }

  restore(quotas: KeptTold['quotas']): void {
    for (const [key, level] of quotas) this.#levels.set(key, level);
  }

  /** What has changed since the last call; at the first, who is at a limit already. */
  changes({ device, mount }: WatchedFilesystem, now: number): QuotaChange[] {
    const nextAt = this.#nextAt.get(device);
    if (!mount.source.startsWith('/dev/') || now < (nextAt ?? 0)) return [];
    const quotas = this.#read(mount.source);
    this.#nextAt.set(device, now + (quotas.length === 0 ? LATER_SECONDS : AGAIN_SECONDS));
    const limits = quotas.flatMap((quota) => limitsOf(quota, undefined, now));
    return limits.flatMap((limit) => {
      const key = [device, limit.kind, limit.id, limit.of].join(' ');
      const before = this.#levels.get(key) ?? 'ok';
      const level = levelOf(limit, before);
      this.#levels.set(key, level);
      return level === before
        ? []
        : [
            {
              limit: { ...limit, name: ownerName(limit.kind, limit.id) },
              level,
              atStart: nextAt === undefined,
            },
          ];
    });
  }
}

function levelOf(limit: QuotaLimit, before: Level): Level {
  if (limit.used >= limit.limit * FULL_SHARE) return 'full';
  if (isNearLimit(limit)) return before === 'full' ? 'full' : 'nearly-full';
  return limit.used >= limit.limit * RELIEF_SHARE ? before : 'ok';
}
