/** The systemd journal: how much it keeps, and how much it may. */
import type { ByteString } from '../byte-string.ts';

export interface JournaldFacts {
  readonly rule: 'journald';
  readonly directory: ByteString;
  readonly files: number;
  readonly archived: number;
  readonly archivedBytes: number;
  /** Seconds since 1970 at which the oldest file was last written. */
  readonly oldestAt: number;
  /** In /run: memory, not a disk. */
  readonly isRuntime: boolean;
  /** journald runs, so that it can be asked to archive what it writes. */
  readonly isRunning: boolean;
  /** Most of it is of another machine, whose journals nobody clears. */
  readonly other:
    | { readonly name: ByteString; readonly path: ByteString; readonly diskBytes: number }
    | undefined;
  readonly limit: {
    readonly setting: 'SystemMaxUse' | 'RuntimeMaxUse';
    /** Undefined where it is not known what it may take. */
    readonly bytes: number | undefined;
    /** The file that sets it; undefined where it is the default. */
    readonly configuration: ByteString | undefined;
    /** What must stay free, where that is set. */
    readonly keepFreeBytes: number | undefined;
  };
  /** What the vacuum leaves. */
  readonly targetBytes: number;
}
