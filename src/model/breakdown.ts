/** Sizes by use, by type and by age: three ways to split the same total, each adding up to it. */
import type { ByteString } from './byte-string.ts';

export const USES = ['programs', 'data', 'caches', 'logs', 'temporary', 'backups', 'other'] as const;
/** What bytes are there for, judged by where they lie and how they are named. */
export type Use = (typeof USES)[number];

export const AGES = ['hour', 'day', 'week', 'month', 'year', 'older', 'future'] as const;
/** Written in the last hour; in the last day but not the last hour; and so on. `future`: the clock says later than now. */
type Age = (typeof AGES)[number];

/** The longest time since the last change, in seconds, for `hour` … `year`; a month is 30 days. */
export const AGE_SECONDS = [3600, 86_400, 7 * 86_400, 30 * 86_400, 365 * 86_400] as const;

/** Kinds of files by extension, and of inodes that need none. */
export type FileKind =
  | 'archives'
  | 'audio'
  | 'code and text'
  | 'data'
  | 'databases'
  | 'disk images'
  | 'documents'
  | 'images'
  | 'libraries and binaries'
  | 'logs'
  | 'packages'
  | 'temporary'
  | 'video'
  | 'directories'
  | 'symbolic links'
  | 'sockets, pipes, devices'
  | 'no extension'
  | 'other';

export interface Share {
  readonly diskBytes: number;
  /** Inodes, each once. */
  readonly entries: number;
}

interface UseShare extends Share {
  readonly use: Use;
}

export interface AgeShare extends Share {
  readonly age: Age;
}

export interface TypeShare extends Share {
  readonly type: FileKind;
  /** The extensions that make it up, largest first; empty for kinds that need none. */
  readonly extensions: readonly (Share & { readonly extension: ByteString })[];
}

/** The same bytes seen three ways. */
export interface Breakdown {
  readonly byUse: readonly UseShare[];
  readonly byType: readonly TypeShare[];
  readonly byAge: readonly AgeShare[];
}
