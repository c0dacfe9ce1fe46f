/** Quotas: what one owner uses and may use, however much room the disk has. */
import type { ByteString } from './byte-string.ts';

/** As the kernel counts it; a limit of 0 is none. */
export interface Quota {
  readonly kind: 'user' | 'group' | 'project';
  readonly id: number;
  readonly usedBytes: number;
  readonly softBytes: number;
  readonly hardBytes: number;
  readonly usedInodes: number;
  readonly softInodes: number;
  readonly hardInodes: number;
  /** Until when more than the soft limit is let pass, in seconds since 1970; 0 where no more is used. */
  readonly bytesGraceEndsAt: number;
  readonly inodesGraceEndsAt: number;
}

/** One limit of an owner, and how much of it is used. */
export interface QuotaLimit {
  readonly kind: Quota['kind'];
  readonly id: number;
  /** Undefined where no account has the id. */
  readonly name: ByteString | undefined;
  /** What runs out. */
  readonly of: 'bytes' | 'inodes';
  readonly used: number;
  /** The hard limit, or the soft one where there is no hard one or the time of grace is over. */
  readonly limit: number;
}

/** So near to its limit that the next file may be refused. */
const NEAR = 0.97;

/** The limits that hold for an owner at a time. @param name of the account with its id. */
export function limitsOf(quota: Quota, name: ByteString | undefined, nowSeconds: number): QuotaLimit[] {
  const { kind, id, usedBytes, usedInodes, bytesGraceEndsAt, inodesGraceEndsAt } = quota;
  const limit = (hard: number, soft: number, graceEndsAt: number): number =>
    hard === 0 || (soft > 0 && graceEndsAt > 0 && graceEndsAt <= nowSeconds) ? soft : hard;
  const bytes = limit(quota.hardBytes, quota.softBytes, bytesGraceEndsAt);
  const inodes = limit(quota.hardInodes, quota.softInodes, inodesGraceEndsAt);
  const limits = [
    { kind, id, name, of: 'bytes', used: usedBytes, limit: bytes },
    { kind, id, name, of: 'inodes', used: usedInodes, limit: inodes },
  ] as const;
  return limits.filter(({ limit: most }) => most > 0);
}

export function isNearLimit({ used, limit }: QuotaLimit): boolean {
  return used >= limit * NEAR;
}
