/** Containers: their logs, volumes, and the stores that only their engine may change. */
import type { ByteString } from '../byte-string.ts';
import type { KnownPlaceFact, PlaceAdvice } from './known-place.ts';

/** A container as people know it. */
export interface ContainerName {
  readonly id: ByteString;
  /** Undefined where its configuration cannot be read. */
  readonly name: ByteString | undefined;
  readonly image: ByteString | undefined;
}

/** A part of a store, by its directory's name. */
export interface StorePart {
  readonly name: ByteString;
  readonly diskBytes: number;
}

/** What a container keeps in its own top layer. */
export interface WrittenInContainer extends ContainerName {
  readonly isRunning: boolean;
  /** The layer on the host. */
  readonly directory: ByteString;
  readonly diskBytes: number;
  /** Where in the container nearly all of it lies: a path as the container sees it. */
  readonly place: ByteString;
  readonly placeBytes: number;
}

export type ContainerStorageFacts = { readonly rule: 'container-storage' } & (
  | {
      readonly kind: 'logs';
      readonly logs: readonly (ContainerName & { readonly diskBytes: number })[];
      /** Of these, containers for whose log no max-size is set. */
      readonly unlimited: number;
    }
  | {
      readonly kind: 'volumes';
      readonly volumes: readonly {
        readonly name: ByteString;
        readonly diskBytes: number;
        /** Names of containers, running or stopped. */
        readonly usedBy: readonly ByteString[];
      }[];
      readonly unused: number;
      readonly unusedBytes: number;
      /** False where a container could not be read: nobody can say what no container uses. */
      readonly areAllKnown: boolean;
    }
  | {
      readonly kind: 'written-inside';
      /** The largest first. */
      readonly containers: readonly WrittenInContainer[];
    }
  | {
      readonly kind: 'docker-layers';
      readonly directory: ByteString;
      readonly parts: readonly StorePart[];
      readonly containers: number;
      readonly running: number;
    }
  | {
      /** Podman, containerd and whatever else the catalogue knows. */
      readonly kind: 'engine';
      readonly places: readonly (KnownPlaceFact & { readonly parts: readonly StorePart[] })[];
      readonly advice: PlaceAdvice;
      readonly inspect: string | undefined;
    }
);
