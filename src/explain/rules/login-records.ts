/** btmp and wtmp: binary records of (failed) logins that a guessing attacker makes large. */
import { parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Action } from '../../model/action.ts';
import type { Proposal } from '../../model/finding.ts';
import type { LoginRecordsFacts } from '../../model/findings/login-records.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import { readTail } from '../../system/files/file-tail.ts';
import { readRotationRules, rotationRuleOf } from '../../system/services/logrotate.ts';
import type { Claims } from '../claims/claims.ts';
import { looking } from '../claims/looking.ts';
import type { Rule } from '../claims/rule.ts';

const KINDS = [
  { kind: 'failed', name: /^btmp(?:[.-].*)?$/u, reader: 'lastb' },
  { kind: 'logins', name: /^wtmp(?:[.-].*)?$/u, reader: 'last' },
] as const;

/** struct utmp of glibc on every 64-bit Linux (utmp(5)): size, and where the user and the host stand. */
const RECORD_BYTES = 384;
const USER = [44, 32] as const;
const HOST = [76, 256] as const;
const LATEST = 1000;

export const loginRecords: Rule = {
  name: 'login-records',
  find: (facts, claims) =>
    KINDS.flatMap((one) => {
      const files = facts.scan.largestFiles.filter(
        (file) =>
          one.name.test(file.name) && parentPath(file.path).endsWith('/log') && !claims.isFileClaimed(file),
      );
      const bytes = files.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
      return bytes < facts.worthBytes ? [] : [proposalOf(one, files, claims)];
    }),
};

function proposalOf(
  { kind, reader }: (typeof KINDS)[number],
  files: readonly RankedFile[],
  claims: Claims,
): Proposal {
  const present = files.find(({ name }) => !/[.-]/u.test(name)) ?? files[0];
  const configuration = rotationRuleOf(readRotationRules(), present.path)?.configuration;
  return {
    rule: 'login-records',
    kind,
    records: files.reduce((sum, { apparentBytes }) => sum + Math.floor(apparentBytes / RECORD_BYTES), 0),
    mostly: mostlyIn(present.path),
    lastWrittenAt: Math.max(...files.map(({ modifiedAt }) => modifiedAt)),
    configuration,
    diskBytes: files.reduce((sum, { diskBytes }) => sum + diskBytes, 0),
    claimedBytes: files.reduce((sum, file) => sum + claims.file(file).claimedBytes, 0),
    // Turned over it is kept for another round.
    freeableBytes: 0,
    paths: files.map(({ path }) => path),
    actions: [...rotation(configuration), looking(reader, '-n', '20', '-f', present.path)],
    risk: 'review',
  };
}

function rotation(configuration: ByteString | undefined): Action[] {
  if (configuration === undefined) return [];
  return [
    {
      kind: 'rotate-log',
      configuration,
      frees: { bytes: 0, certainty: 'unknown' },
      loses: 'old-generations',
      risk: 'review',
      needs: { root: true },
    },
  ];
}

function mostlyIn(path: ByteString): LoginRecordsFacts['mostly'] {
  const tail = readTail(path, LATEST * RECORD_BYTES);
  const whole = Math.floor(tail.length / RECORD_BYTES);
  const kinds = new Map<string, { user: ByteString; host: ByteString; count: number }>();
  for (let at = tail.length - whole * RECORD_BYTES; at < tail.length; at += RECORD_BYTES) {
    const [user, host] = [USER, HOST].map(([offset, length]) => textAt(tail, at + offset, length));
    const key = `${user}\n${host}`;
    const one = kinds.get(key) ?? { user, host, count: 0 };
    one.count++;
    kinds.set(key, one);
  }
  const [most] = [...kinds.values()].toSorted((a, b) => b.count - a.count);
  return most && { ...most, of: whole };
}

function textAt(bytes: ByteString, from: number, length: number): ByteString {
  return bytes.slice(from, from + length).split('\0', 1)[0] as ByteString;
}
