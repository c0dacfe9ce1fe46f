/** Mailboxes, in the spool or by their content, that grow because nobody reads them: cron's output to root, daemons' complaints. */
import { isInside, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { MailboxFacts } from '../../model/findings/mailbox.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import { unwrittenBytes } from '../../system/files/extents.ts';
import { readFileStart } from '../../system/files/file-start.ts';
import { readTail } from '../../system/files/file-tail.ts';
import type { Facts } from '../facts.ts';
import { isPartOfStore } from '../stores/part-of-store.ts';
import { looking } from '../claims/looking.ts';
import type { Rule } from '../claims/rule.ts';

/** The Filesystem Hierarchy Standard 3.0, 5.11: one is a link to the other. */
const SPOOLS = ['/var/mail', '/var/spool/mail'];
const READ_BYTES = 256 * 1024;

export const mailbox: Rule = {
  name: 'mailbox',
  find: (facts, claims) => {
    const spools = ['', ...facts.otherRoots].flatMap((root) => SPOOLS.map((spool) => root + spool));
    const boxes = facts.scan.largestFiles.filter(
      (file) => (isSpooled(file, spools) || isKeptBox(file, facts)) && !claims.isFileClaimed(file),
    );
    const diskBytes = boxes.reduce((sum, file) => sum + file.diskBytes, 0);
    if (diskBytes < facts.worthBytes) return [];
    const [largest] = boxes;
    return [
      {
        rule: 'mailbox',
        boxes: boxes.map((file) => ({ path: file.path, diskBytes: file.diskBytes })),
        mostly: mostlyIn(largest.path),
        lastWrittenAt: Math.max(...boxes.map(({ modifiedAt }) => modifiedAt)),
        diskBytes,
        claimedBytes: boxes.reduce((sum, file) => sum + claims.file(file).claimedBytes, 0),
        // How much of it may go only whoever reads it knows.
        freeableBytes: 0,
        paths: boxes.map(({ path }) => path),
        actions: [looking('tail', '-n', '40', largest.path)],
        risk: 'never',
      },
    ];
  },
};

function isSpooled({ path }: RankedFile, spools: readonly string[]): boolean {
  return spools.some((spool) => isInside(parentPath(path), spool));
}

/** Only what is worth a finding by itself is read: a spool that was moved, or where a person keeps the mail that was read. */
function isKeptBox({ path, diskBytes }: RankedFile, facts: Facts): boolean {
  if (diskBytes < facts.worthBytes || isPartOfStore(path, facts)) return false;
  // What is read of a reserved part counts as written as long as its pages are kept, and other rules ask for that.
  return (unwrittenBytes(path) ?? 0) === 0 && MBOX.test(readFileStart(path, START_BYTES) ?? '');
}

/** The line before a message, with its time as asctime(3) writes it, and a header (RFC 4155). */
const MBOX =
  /^From \S+ +[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d(?::\d\d)? (?:\S+ )?\d{4}[^\n]*\r?\n[!-9;-~]+:/u;
const START_BYTES = 512;

/** From the headers of the latest messages (mbox: RFC 4155). */
function mostlyIn(path: ByteString): MailboxFacts['mostly'] {
  const messages = readTail(path, READ_BYTES)
    .split(/^From /mu)
    .slice(1);
  const kinds = new Map<string, { subject: ByteString; sender: ByteString; count: number }>();
  for (const message of messages) {
    const head = message.split('\n\n', 1)[0];
    const sender = head.split(' ', 1)[0].trim() as ByteString;
    const subject = (/^Subject: (.*)$/mu.exec(head)?.[1] ?? '').trim() as ByteString;
    const key = `${sender}\n${subject}`;
    const kind = kinds.get(key) ?? { subject, sender, count: 0 };
    kind.count++;
    kinds.set(key, kind);
  }
  const [most] = [...kinds.values()].toSorted((a, b) => b.count - a.count);
  return most && { ...most, of: messages.length };
}
