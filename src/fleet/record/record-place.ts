/**
 * Where a record lies below the folder of a fleet, and what its name says: day=2026-11-28/host=web-1/
 * 20261128T021000Z-v1-MACHINE-SUM.parquet. The sum is of the file's bytes, so that a damaged file is known without being
 * understood, and who reads many hosts opens only what is asked for.
 */
import { createHash } from 'node:crypto';
import { SCHEMA_VERSION } from './record-schema.ts';
import type { RecordHead } from './record-schema.ts';

/** What may stand in a partition: names of hosts (RFC 1123), and nothing that an engine or a shell would read otherwise. */
export const HOST_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?$/u;

export type RecordFormat = 'parquet' | 'ndjson';

/** What the place of a record says. */
export interface RecordPlace {
  readonly day: string;
  readonly host: string;
  readonly machine: string;
  /** Seconds since 1970, UTC. */
  readonly recordedAt: number;
  readonly schema: number;
  readonly sum: string;
}

/** The folder and the file's name, below the folder of a fleet. */
export function placeOfRecord(
  { host, machine, recordedAt }: RecordHead,
  bytes: Buffer,
  format: RecordFormat,
): { readonly folder: string; readonly name: string } {
  const time = new Date(Math.floor(recordedAt) * 1000).toISOString().slice(0, 19);
  const stamp = `${time.replaceAll(/[-:]/gu, '')}Z`;
  return {
    folder: `day=${time.slice(0, 10)}/host=${host}`,
    name: `${stamp}-v${SCHEMA_VERSION}-${machine}-${sumOf(bytes)}.${format}`,
  };
}

/** 20 hexadecimal digits of SHA-256: against damage, not against forgery. */
export function sumOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 20);
}

const PLACE =
  /(?:^|\/)day=(?<day>\d{4}-\d\d-\d\d)\/host=(?<host>[^/]+)\/(?<stamp>\d{8}T\d{6})Z-v(?<schema>\d{1,4})-(?<machine>[0-9a-f]{16})-(?<sum>[0-9a-f]{20})\.parquet$/u;

/** Undefined for a path that no record has. */
export function readPlace(path: string): RecordPlace | undefined {
  const parts = PLACE.exec(path)?.groups;
  if (!parts || !HOST_NAME.test(parts['host'])) return undefined;
  const iso = parts['stamp'].replace(/^(....)(..)(..)T(..)(..)(..)$/u, '$1-$2-$3T$4:$5:$6Z');
  const recordedAt = Date.parse(iso) / 1000;
  if (!Number.isFinite(recordedAt)) return undefined;
  const { day, host, machine, sum } = parts as Record<'day' | 'host' | 'machine' | 'sum', string>;
  return { day, host, machine, recordedAt, schema: Number(parts['schema']), sum };
}
