/** A log that is large or grows fast, with what its lines say. */
import type { ByteString } from '../byte-string.ts';
import type { LogReport } from '../log-report.ts';
import type { ProcessIdentity } from '../process.ts';
import type { Unseen } from './unseen.ts';

export interface RunawayLogFacts {
  readonly rule: 'runaway-log';
  /** What was read of it, and the verdict. */
  readonly log: LogReport;
  /** Nobody has written it for long: a leftover. */
  readonly isOld: boolean;
  /** Nobody has written it for a day: whatever pace it had, it grows no more. */
  readonly hasStopped: boolean;
  /** Seconds since 1970. */
  readonly lastWrittenAt: number;
  /** At the pace of the lines that were read; undefined where they carry no times. */
  readonly bytesPerDay: number | undefined;
  readonly writers: readonly ProcessIdentity[];
  readonly unseen: Unseen;
  /** The container whose output it is; undefined where it is none's. */
  readonly container: ByteString | undefined;
  /** The program to stop: a unit, a process, or what the lines name. */
  readonly culprit: Culprit;
  /** logrotate's rule for it; undefined where none names it. */
  readonly rotation:
    | {
        readonly configuration: ByteString;
        readonly schedule: ByteString | undefined;
        readonly keeps: number;
      }
    | undefined;
  /** Below /var/log, where logrotate is expected. */
  readonly isSystemLog: boolean;
}

export type Culprit =
  | { readonly kind: 'unit'; readonly name: ByteString }
  | { readonly kind: 'process'; readonly process: ProcessIdentity }
  | { readonly kind: 'named-in-lines'; readonly name: ByteString }
  | { readonly kind: 'unknown' };
