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
  /** The hard limit, or the soft one where there is no hard one. */
  readonly limit: number;
}

/** So near to its limit that the next file may be refused. */
const NEAR = 0.97;

/** The limits that are set for an owner. @param name of the account with its id. */
export function limitsOf(quota: Quota, name: ByteString | undefined): QuotaLimit[] {
  const { kind, id, usedBytes, usedInodes } = quota;
  const bytes = quota.hardBytes || quota.softBytes;
  const inodes = quota.hardInodes || quota.softInodes;
  const limits = [
    { kind, id, name, of: 'bytes', used: usedBytes, limit: bytes },
    { kind, id, name, of: 'inodes', used: usedInodes, limit: inodes },
  ] as const;
  return limits.filter(({ limit }) => limit > 0);
}

export function isNearLimit({ used, limit }: QuotaLimit): boolean {
  return used >= limit * NEAR;
}
