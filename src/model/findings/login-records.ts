/** Records of logins: btmp grows with every failed one. */
import type { ByteString } from '../byte-string.ts';

export interface LoginRecordsFacts {
  readonly rule: 'login-records';
  /** `failed`: btmp and its generations; `logins`: wtmp. */
  readonly kind: 'failed' | 'logins';
  readonly records: number;
  /** Of the latest records of the present file, the user and host named most. */
  readonly mostly:
    | { readonly user: ByteString; readonly host: ByteString; readonly count: number; readonly of: number }
    | undefined;
  /** Seconds since 1970 of the latest record's file. */
  readonly lastWrittenAt: number;
  /** logrotate's rule that names it; undefined where none does. */
  readonly configuration: ByteString | undefined;
}
