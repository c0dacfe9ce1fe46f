/** What a known program keeps, wherever it lies: its parts as its owner would name them. */
import type { ByteString } from '../byte-string.ts';
import type { ProcessIdentity } from '../process.ts';
import type { StoreName } from '../store-name.ts';
import type { PlaceAdvice } from './known-place.ts';
import type { Unseen } from './unseen.ts';

export type StoreFacts = { readonly rule: 'store' } & (
  | {
      readonly kind: 'program';
      readonly store: StoreName;
      /** The data directory; the named path may lie in it. */
      readonly directory: ByteString;
      readonly foundBy: 'mark' | 'process' | 'configuration' | 'place';
      /** As the program writes it into its store. */
      readonly version: ByteString | undefined;
      readonly parts: readonly StorePart[];
      /** Processes that have something in it open. */
      readonly holders: readonly ProcessIdentity[];
      readonly unseen: Unseen;
      readonly volume: StoreVolume | undefined;
    }
  | {
      /** Nothing but the catalogue's place tells it. */
      readonly kind: 'place';
      readonly id: string;
      /** What it is, in the catalogue's words. */
      readonly what: string;
      readonly directory: ByteString;
      readonly advice: PlaceAdvice;
      readonly parts: readonly StorePart[];
    }
);

export interface StorePart {
  readonly kind: PartKind;
  /** What its owner calls it; undefined where it has no name of its own. */
  readonly name: ByteString | undefined;
  readonly diskBytes: number;
  /** Things in it (files, builds, snapshots), where they were counted. */
  readonly count: number | undefined;
  /** Seconds since 1970, of what is in it. */
  readonly oldestAt: number | undefined;
  readonly newestAt: number | undefined;
  /** What its program would give back of it; undefined where only the program knows. */
  readonly givesBackBytes: number | undefined;
  /** Another part that needs it: the image built on this one, the process that has it open. */
  readonly neededBy: ByteString | undefined;
}

/** The container's volume that a store lies in. */
export interface StoreVolume {
  readonly name: ByteString;
  /** Names of containers, running or stopped. */
  readonly usedBy: readonly ByteString[];
  /** Whether all containers are known, so that `usedBy` is whole. */
  readonly isCertain: boolean;
}

/** What parts of stores are. */
export type PartKind =
  | 'archived-log'
  | 'attachment'
  | 'backup'
  | 'blob-store'
  | 'block'
  | 'bucket'
  | 'build'
  | 'cache'
  | 'chunk'
  | 'collection'
  | 'container'
  | 'content'
  | 'database'
  | 'datafile'
  | 'directory'
  | 'dump'
  | 'garbage'
  | 'image'
  | 'index'
  | 'instance'
  | 'journal'
  | 'keyspace'
  | 'layer'
  | 'log'
  | 'log-table'
  | 'mailbox'
  | 'message'
  | 'model'
  | 'object'
  | 'package'
  | 'pod-volume'
  | 'preview'
  | 'queue'
  | 'redo-log'
  | 'replica'
  | 'repository'
  | 'snapshot'
  | 'stream'
  | 'table'
  | 'temporary'
  | 'tenant'
  | 'topic'
  | 'trash'
  | 'undo'
  | 'upload'
  | 'user'
  | 'version'
  | 'volume'
  | 'wal'
  | 'workspace';
