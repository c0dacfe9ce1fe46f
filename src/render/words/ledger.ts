/** What is said beside the accounts of a ledger: what could not be seen, and what the parts are. */
import type { AccountName } from '../../model/ledger.ts';
import type { LedgerNote, LedgerPart } from '../../model/ledger-note.ts';
import { countOf, quoted } from './phrases.ts';

export const accountTitles: Readonly<Record<AccountName, string>> = {
  walked: 'walked',
  'deleted-open': 'deleted, still open',
  'hidden-under-mounts': 'hidden under mounts',
  'filesystem-metadata': "filesystem's own",
  unreadable: 'unreadable',
  interrupted: 'not walked',
  excluded: 'excluded',
  elsewhere: 'elsewhere on it',
  unseen: 'not looked at',
  unexplained: 'unexplained',
};

/** A sentence without its full stop. */
export function ledgerNoteText(note: LedgerNote): string {
  switch (note.code) {
    case 'interrupted':
      return 'the scan was ended before all was walked';
    case 'not-committed':
      return 'what was changed since the last commit, mostly less than half a minute ago, may count as it was before';
    case 'excluded':
      return `${countOf(note.entries, 'entry was', 'entries were')} left out by --exclude`;
    case 'no-proc':
      return 'there is no /proc to show what processes hold';
    case 'processes-not-shown':
      return "other users' processes are not visible to you; sudo shows them";
    case 'processes-hidden':
      return `${note.hidden} of ${note.of} processes are not visible to you${note.isRoot ? ', though you are root: the system withholds them' : '; sudo shows them'}`;
    case 'processes-outside-container':
      return 'processes outside this container are not visible from inside it';
    case 'mounts-not-looked-under':
      return `${countOf(note.mounts, 'mount')} may hide files written before ${note.mounts === 1 ? 'it was' : 'they were'} mounted; sudo shows them`;
    case 'partly-unreadable':
      return 'not all of it could be read';
    case 'unreadable-places':
      return `what lies in ${countOf(note.places, 'unreadable place')} is not known`;
    case 'device-unreadable':
      return `${note.type}'s own inodes are not known: its device cannot be read`;
    case 'filesystem-silent':
      return `${note.type === 'xfs' ? 'XFS' : note.type} did not tell what it keeps for itself`;
    case 'not-looked-at':
      return 'what is not known above is in it, beside what nobody explains';
    case 'more-files-than-used':
      return 'less is used than the files add up to: they share extents, are compressed, or changed during the scan';
  }
}

/** A few words. */
export function ledgerPartText(part: LedgerPart): string {
  switch (part.code) {
    case 'unreadable':
      return part.errno;
    case 'under-mount':
      return `${countOf(part.entries, 'entry', 'entries')} under the ${part.type} mounted there`;
    case 'held-by-kernel':
      return kernelHolderText(part);
    case 'nameless-inodes':
      return 'inodes without a name: quota, orphans, growth';
    case 'journal':
      return 'journal, which counts neither as used nor as size';
    case 'metadata-to-come':
      return 'set aside for metadata to come';
    case 'inode-chunks':
      return 'inode chunks';
    case 'group-headers':
      return 'headers of allocation groups';
    case 'metadata-trees':
      return 'trees, their copies and the reserve for more';
  }
}

function kernelHolderText(holder: Extract<LedgerPart, { readonly code: 'held-by-kernel' }>): string {
  switch (holder.by) {
    case 'loop':
      return `the image of ${quoted(holder.device)}`;
    case 'bind-mount':
      return `mounted on ${quoted(holder.mountPoint)}`;
    case 'nfs-server':
      return `open over NFS by ${quoted(holder.client)}`;
    case undefined:
      return 'held by the kernel, or by somebody who is out of sight';
  }
}
